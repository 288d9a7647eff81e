"""The doors of the round's pages: what is not to be seen is 404, what is not to be written 403."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from guidelines.rounds.models import CheckRound, GuidelineCheck
from ministries.clock import today


def seen_round(request: HttpRequest, year: int) -> CheckRound:
    rounds = CheckRound.objects.visible_to(request.user).select_related("edition")
    return get_object_or_404(rounds, year=year)


def coordinated_round(request: HttpRequest, year: int) -> CheckRound:
    check_round = seen_round(request, year)
    require_coordination(request)
    return check_round


def seen_check(
    request: HttpRequest, year: int, slug: str, day: date | None = None
) -> GuidelineCheck:
    checks = GuidelineCheck.objects.readable_by(request.user, day or today())
    return get_object_or_404(
        checks.select_related("round__edition", "partnership", "decision"),
        round__year=year,
        partnership__slug=slug,
    )


def coordinated_check(request: HttpRequest, year: int, slug: str) -> GuidelineCheck:
    check = seen_check(request, year, slug)
    require_coordination(request)
    return check


def require_coordination(request: HttpRequest) -> None:
    if not request.user.has_perm("guidelines.coordinate"):
        raise PermissionDenied
