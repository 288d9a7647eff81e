"""What the Revision is not told: what a decision that is not visible yet wrote, and what is another
house's inside."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from guidelines.models import CheckRound, Decision
from guidelines.states.tables import CheckState, RoundState
from ministries.accounts.roles import functions_in
from ministries.history.tracking import events_of
from partnerships.models import StatusPeriod


def disclosed(
    model: type[Model], day: date, houses: Mapping[int, str] | None = None
) -> QuerySet[Any]:
    """The events of this model that may be listed on that day, for the Revision of these houses
    (number → abbreviation)."""
    events = events_of(model)
    if house := INSIDE.get(model._meta.label):
        own = Q((f"{house}__in", houses or ()))
        events = events.filter(own | _done_by(houses.values() if houses else ()))
    rule = RULES.get(model._meta.label)
    return events.exclude(rule(day)) if rule else events


def _done_by(houses: Iterable[str]) -> Q:
    """Acts in the name of these houses alone: the coordination extends, asks, reopens."""
    functions = [function for house in houses for function in functions_in(house)]
    within = Q(pgh_context__role__contained_by=functions)
    return within & Q(pgh_context__role__0__isnull=False)


def _of_check(day: date) -> Q:
    hidden = Decision.objects.filter(visible_from__gt=day)
    return Q(state=CheckState.DECIDED, pgh_obj_id__in=hidden.values("guideline_check"))


def _of_round(day: date) -> Q:
    hidden = CheckRound.objects.filter(checks__decision__visible_from__gt=day)
    return Q(state=RoundState.CLOSED, pgh_obj_id__in=hidden.values("pk"))


def _of_status(day: date) -> Q:
    """The status itself, and the end it gave to the one before, written at the same moment."""
    hidden = events_of(StatusPeriod).filter(
        visible_from__gt=day,
        partnership=OuterRef("partnership"),
        pgh_created_at=OuterRef("pgh_created_at"),
    )
    return Q(Exists(hidden))


# How a house comes to its statement: to the Revision of another one not even that it happened.
INSIDE = {
    "guidelines.Statement": "ministry",
    "guidelines.ReviewNote": "statement__ministry",
    "guidelines.Evidence": "review_note__statement__ministry",
    "guidelines.ThirdPartyView": "statement__ministry",
    "guidelines.Delegation": "statement__ministry",
    "guidelines.Query": "statement__ministry",
    "guidelines.ExtensionRequest": "statement__ministry",
}
RULES: dict[str, Callable[[date], Q]] = {
    "guidelines.Decision": lambda day: Q(visible_from__gt=day),
    "guidelines.GuidelineCheck": _of_check,
    "guidelines.CheckRound": _of_round,
    "partnerships.StatusPeriod": _of_status,
    "partnerships.Partnership": lambda day: Q(
        scrutiny_end_visible_from__isnull=False, scrutiny_end_visible_from__gt=day
    ),
}
