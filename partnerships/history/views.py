"""The changes of a partnership or of one record: act by act, and two of its states side by side."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ministries.clock import today
from ministries.history.changes import EMPTY, Change, change_of, people_of
from ministries.models import User
from partnerships.history.change_pages import page_of_partnership, page_of_record
from partnerships.history.event_rows import EventRow
from partnerships.history.partnership_changes import (
    acts_of,
    describe,
    names_in,
    told_fields,
    words_of,
)
from partnerships.history.record_changes import own_rows
from partnerships.records.shared.acts import place_of
from partnerships.records.shared.models import Owned
from partnerships.records.shared.views import find_record
from partnerships.register.partners.page import find_partnership, page_context
from ui.conflicts import Part, marked

# Further back the page of changes tells what happened; these are on offer to be compared.
STATES = 100


@dataclass(frozen=True)
class State:
    """The record after one change."""

    key: str
    change: Change
    event: EventRow


@dataclass(frozen=True)
class Line:
    label: str
    older: tuple[Part, ...]
    newer: tuple[Part, ...]
    differs: bool


@require_safe
def changes(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    user = request.user
    record = find_record(user, kind, pk)
    page = page_of_record(record, user, request.GET.get("page", "1"))
    states = _states(record, user)
    older, newer = request.GET.get("von", ""), request.GET.get("bis", "")
    context = {
        "title": f"Änderungen: {record}",
        "record": record,
        "place_url": place_of(record),
        "page": page,
        "acts": acts_of(describe(page.object_list, user)),
        "states": states,
        "older": older,
        "newer": newer,
        **_chosen(type(record), states, (older, newer), user),
    }
    return render(request, "partnerships/record_changes.html", context)


def _states(record: Owned, user: User) -> list[State]:
    """The newest first; no query more for a hundred of them than for one."""
    model = type(record)
    rows = own_rows(record, user).order_by("-pgh_id")[:STATES]
    events = [EventRow(**row) for row in rows]
    people = people_of(events)
    return [
        State(str(event.pgh_id), change_of(model, event, (), people, user), event)
        for event in events
        if event.pgh_label != "delete"
    ]


def _chosen(
    model: type[Owned], states: list[State], keys: tuple[str, str], user: User
) -> dict[str, Any]:
    by_key = {state.key: state for state in states}
    chosen = [by_key.get(key) for key in keys]
    older, newer = sorted(chosen, key=lambda state: int(state.key) if state else 0)
    if older is None or newer is None:
        return {"lines": [], "is_unknown": any(keys)}
    lines = _compared(model, older, newer, user)
    return {"lines": lines, "is_unknown": False, "left": older, "right": newer}


def _compared(model: type[Owned], older: State, newer: State, user: User) -> list[Line]:
    """What differs comes first; what neither of them has is left out."""
    names = names_in([older.event, newer.event], user)
    lines = []
    for field in told_fields(model, older.event.record | newer.event.record):
        before, after = (words_of(field, s.event.record, names) for s in (older, newer))
        if {before, after} != {EMPTY}:
            parts = marked(before, after)
            lines.append(Line(str(field.verbose_name), *parts, before != after))
    return sorted(lines, key=lambda line: not line.differs)


@require_safe
def of_partnership(request: HttpRequest, slug: str) -> HttpResponse:
    day = today()
    partnership = find_partnership(request.user, slug, day)
    page = page_of_partnership(partnership, request.user, day, request.GET.get("page", "1"))
    context = page_context(partnership, request.user, day, active="changes")
    context |= {"page": page, "acts": acts_of(describe(page.object_list, request.user))}
    return render(request, "partnerships/partnership_changes.html", context)
