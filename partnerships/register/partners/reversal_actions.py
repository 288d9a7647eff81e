"""The coordination takes back a status or a Federführung that it entered by mistake.

The mistaken period goes, the former one lasts as long as before. What was entered, by whom and why
it went stays in the history, which the app's login can only add to.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Protocol, TypeAlias

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from ministries.history.tracking import Event, events_of
from ministries.models import User
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod
from ui.errors import Refusal

Period: TypeAlias = StatusPeriod | Lead


class PeriodEvent(Event, Protocol):
    valid_until: date | None


@dataclass(frozen=True)
class Reversal:
    """What taking back the latest change means: `removed` goes, `reopened` ends at `until` again.

    A Federführung left open by hand removed nothing and began nothing: it is only reopened.
    """

    removed: Period | None
    reopened: Period | None
    until: date | None


def latest_change(periods: Any) -> Reversal | None:
    """Of the periods of one partnership; None if the latest was loaded or decided. Two queries."""
    rows: list[Period] = list(periods.order_by(F("valid_from").desc(nulls_last=True))[:2])
    if not rows:
        return None
    latest, *former = rows
    histories = _histories(rows)
    shortened = _shortening(histories[latest.pk])
    if shortened and _is_by_hand(shortened[1]):
        return Reversal(None, latest, shortened[0].valid_until)
    begun = histories[latest.pk][0]
    if not _is_by_hand(begun) or getattr(latest, "is_decided", False):
        return None
    for period in former:  # ended in the same transaction: the database gives both the same time
        ended = _shortening(histories[period.pk])
        if ended and ended[1].pgh_created_at == begun.pgh_created_at:
            return Reversal(latest, period, ended[0].valid_until)
    return Reversal(latest, None, None)


@transaction.atomic
def take_back_status(
    *, partnership: Partnership, reason: str, expected_version: int, by: User
) -> Reversal:
    _prepare(partnership, expected_version, by)
    return _take_back(partnership.status_periods, reason)


@transaction.atomic
def take_back_lead(
    *, partnership: Partnership, reason: str, expected_version: int, by: User
) -> Reversal:
    _prepare(partnership, expected_version, by)
    return _take_back(partnership.leads, reason)


def _prepare(partnership: Partnership, expected_version: int, by: User) -> None:
    if not by.has_perm("partnerships.maintain_register", partnership):
        raise PermissionDenied
    partnership.save_versioned(expected=expected_version, fields=[])


def _take_back(periods: Any, reason: str) -> Reversal:
    reversal = latest_change(periods.select_for_update())
    if reversal is None:
        raise Refusal("Es gibt keine von Hand eingetragene Änderung, die sich zurücknehmen lässt.")
    with pghistory.context(reason=reason):
        if reversal.removed:
            # First, because the two may not share a day.
            type(reversal.removed)._base_manager.filter(pk=reversal.removed.pk).delete()
        if reversal.reopened:
            reversal.reopened.valid_until = reversal.until
            reversal.reopened.save(update_fields=["valid_until"])
    return reversal


def _histories(periods: list[Period]) -> dict[int, list[PeriodEvent]]:
    """The events of each period, oldest first."""
    events = events_of(type(periods[0])).order_by("pgh_id")
    histories: dict[int, list[PeriodEvent]] = {period.pk: [] for period in periods}
    for event in events.filter(pgh_obj_id__in=list(histories)):
        histories[event.pgh_obj_id].append(event)
    return histories


def _shortening(history: list[PeriodEvent]) -> tuple[PeriodEvent, PeriodEvent] | None:
    """Before and after the change that gave the period the end it has now, if an earlier one."""
    changed = [pair for pair in pairwise(history) if pair[0].valid_until != pair[1].valid_until]
    if not changed:
        return None
    before, after = changed[-1]
    is_shorter = after.valid_until and (
        before.valid_until is None or before.valid_until > after.valid_until
    )
    return (before, after) if is_shorter else None


def _is_by_hand(event: Event) -> bool:
    """A signed-in person did it, not the loading of the register."""
    return "user" in (event.pgh_context or {})
