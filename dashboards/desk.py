"""Zu erledigen: what one person owes, in the order of its urgency."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Value

from ministries.models import User
from ministries.registry import DESK_SOURCES, DeskItem, Urgency
from ministries.working_days import working_days_between


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
    """überfällig, diese Woche, später: only those that hold something."""
    items = [item for source in DESK_SOURCES for item in source.items(user, today)]
    items.sort(key=lambda item: (item.due_on is None, item.due_on or today))
    groups = [
        DeskGroup(urgency, [_row(i, today) for i in items if i.urgency(today) is urgency])
        for urgency in Urgency
    ]
    return [group for group in groups if group.rows]


def desk_count(user: User, today: date) -> int:
    """The number in the navigation: one query, whatever the number of sources."""
    rows = [_bare(queryset) for source in DESK_SOURCES for queryset in source.rows(user, today)]
    if not rows:
        return 0
    first, *others = rows
    return first.union(*others, all=True).count() if others else first.count()


def _bare(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().annotate(one=Value(1)).values("one")


def _row(item: DeskItem, today: date) -> DeskRow:
    distance = working_days_between(today, item.due_on) if item.due_on else None
    is_overdue = item.urgency(today) is Urgency.OVERDUE
    return DeskRow(item, distance, "overdue" if is_overdue else "")
