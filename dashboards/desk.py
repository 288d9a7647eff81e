"""Zu erledigen: what one person owes, in the order of its urgency."""

import time
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import HttpRequest

from ministries.accounts.roles import Capacity
from ministries.kept import WORDINGS, Wording, counts, stand_in, wording_of
from ministries.models import User
from ministries.working_days import working_days_between
from ui.navigation import LARGEST_COUNT
from ui.offers import DESK_SOURCES, DeskItem, DeskSource, Urgency

COUNTED, COUNTED_FOR = "desk_count", 60  # in the session: number and moment; seconds


@dataclass(frozen=True)
class DeskRow:
    item: DeskItem
    # Working days until it is due, negative when past.
    distance: int | None
    # For the badge of the deadline.
    state: str


@dataclass(frozen=True)
class DeskGroup:
    urgency: Urgency
    rows: list[DeskRow]

    @property
    def title(self) -> str:
        return self.urgency[0].upper() + self.urgency[1:]


def desk_groups(user: User, today: date) -> list[DeskGroup]:
    """zur Freigabe, überfällig, diese Woche, später: only those that hold something."""
    items = [item for source in _owing(user, today) for item in source.items(user, today)]
    items.sort(key=lambda item: (item.due_on is None, item.due_on or today))
    groups = [
        DeskGroup(urgency, [_row(i, today) for i in items if i.urgency(today) is urgency])
        for urgency in Urgency
    ]
    return [group for group in groups if group.rows]


def desk_count(user: User, today: date) -> int:
    """The number in the navigation: one query, whatever the number of sources; exact as far as that shows it."""
    owed = _owed(user.pk, user.capacities, today, tuple(DESK_SOURCES))
    return sum(counts(*(wording for _, wording in owed), most=LARGEST_COUNT + 1))


def known_count(request: HttpRequest, today: date) -> int:
    """What the session has counted within the last minute, and not before its own last write."""
    number, moment = request.session.get(COUNTED, (0, 0))
    if time.time() - moment < COUNTED_FOR:
        return int(number)
    return keep_count(request, desk_count(request.user, today))


def keep_count(request: HttpRequest, number: int) -> int:
    request.session[COUNTED] = (number, int(time.time()))
    return number


def forget_count(request: HttpRequest) -> None:
    request.session.pop(COUNTED, None)


def _owing(user: User, today: date) -> list[DeskSource]:
    """Those that hold something: to compose the queries of all the others took most of the page."""
    owed = _owed(user.pk, user.capacities, today, tuple(DESK_SOURCES))
    numbers = counts(*(wording for _, wording in owed), most=1)
    holding = {source for (source, _), number in zip(owed, numbers, strict=True) if number}
    return [source for source in DESK_SOURCES if source in holding]


@lru_cache(maxsize=WORDINGS)
def _owed(
    pk: int, capacities: tuple[Capacity, ...], today: date, sources: tuple[DeskSource, ...]
) -> tuple[tuple[DeskSource, Wording], ...]:
    """Every page asks this, and composing it took a third of a page."""
    user = stand_in(pk, capacities)
    rows = [(source, queryset) for source in sources for queryset in source.rows(user, today)]
    return tuple((source, wording_of(q.order_by().values("pk"))) for source, q in rows)


def _row(item: DeskItem, today: date) -> DeskRow:
    distance = working_days_between(today, item.due_on) if item.due_on else None
    is_overdue = item.due_on is not None and item.due_on < today
    return DeskRow(item, distance, "overdue" if is_overdue else "")
