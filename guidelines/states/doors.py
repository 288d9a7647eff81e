"""The doors of the round's pages: what is not to be seen is 404, what is not to be written 403."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from guidelines.rounds.models import CheckRound, GuidelineCheck
from ministries.clock import today
from ui.lists import url_with


def seen_round(request: HttpRequest, round_slug: str) -> CheckRound:
    rounds = CheckRound.objects.visible_to(request.user).select_related("edition")
    return get_object_or_404(rounds, slug=round_slug)


def coordinated_round(request: HttpRequest, round_slug: str) -> CheckRound:
    check_round = seen_round(request, round_slug)
    require_coordination(request)
    return check_round


def seen_check(
    request: HttpRequest, round_slug: str, slug: str, day: date | None = None
) -> GuidelineCheck:
    checks = GuidelineCheck.objects.readable_by(request.user, day or today())
    return get_object_or_404(
        checks.select_related("round__edition", "partnership", "decision"),
        round__slug=round_slug,
        partnership__slug=slug,
    )


def coordinated_check(request: HttpRequest, round_slug: str, slug: str) -> GuidelineCheck:
    check = seen_check(request, round_slug, slug)
    require_coordination(request)
    return check


def leading_on(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A round that is broken off left its name: its former addresses lead to it, while no other has them."""

    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except Http404:
            rounds = CheckRound.objects.visible_to(request.user)
            moved = rounds.formerly(kwargs.get("round_slug", "")).first()
            if moved is None or request.method not in ("GET", "HEAD"):
                raise
            assert request.resolver_match
            named = request.resolver_match.view_name
            address = reverse(named, kwargs=kwargs | {"round_slug": moved.slug})
            return redirect(url_with(address, request.GET))

    return wrapper


def require_coordination(request: HttpRequest) -> None:
    if not request.user.has_perm("guidelines.coordinate"):
        raise PermissionDenied
