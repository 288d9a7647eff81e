"""What Saxony has promised is on the desk of the house that keeps it, from a month before it is due."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from ministries.models import User
from ministries.registry import DeskItem
from partnerships.models import Commitment
from partnerships.permissions import WRITERS

LOOK_AHEAD = timedelta(days=30)


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    houses = user.ministry_ids(*WRITERS)
    if not houses:
        return []
    seen = Commitment.objects.visible_to(user).open()
    return [
        seen.filter(
            ministry__in=houses,
            owed_by_side=Commitment.Side.OURS,
            due_on__lte=today + LOOK_AHEAD,
        )
    ]


def desk_items(user: User, today: date) -> list[DeskItem]:
    return [
        DeskItem(
            verb="Zusage erfüllen",
            object_label=row.title,
            partnership_name=row.partnership.name,
            due_on=row.due_on,
            asked_by="",
            url=row.get_absolute_url(),
        )
        for rows in desk_rows(user, today)
        for row in rows.select_related("partnership")
    ]
