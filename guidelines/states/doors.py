"""The doors of the round's pages: what is not to be seen is 404, what is not to be written 403."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from guidelines.rounds.models import CheckRound, GuidelineCheck
from ministries.clock import today


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


def require_coordination(request: HttpRequest) -> None:
    if not request.user.has_perm("guidelines.coordinate"):
        raise PermissionDenied
