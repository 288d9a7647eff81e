"""Who wrote an edition, as the history of its rows tells, whichever door a change came through."""

from typing import Any

from guidelines.catalogue.models import Criterion, Edition, Guideline
from ministries.history.tracking import events_of


def writers_of(edition: Edition) -> set[int]:
    """Who began it, and who was the last to change anything of it."""
    own = events_of(Edition).filter(pgh_obj=edition.pk)
    guidelines = events_of(Guideline).filter(edition=edition.pk)
    criteria = events_of(Criterion).filter(guideline__in=guidelines.values("pgh_obj"))
    latest = [
        found
        for events in (own, guidelines, criteria)
        if (found := events.order_by("pgh_id").last())
    ]
    last_change = max((event.pgh_created_at for event in latest), default=None)
    told: list[Any] = [event for event in latest if event.pgh_created_at == last_change]
    told += own.order_by("pgh_id")[:1]
    return {event.pgh_context["user"] for event in told if "user" in (event.pgh_context or {})}
