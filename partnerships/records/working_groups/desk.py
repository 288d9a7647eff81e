"""The house that keeps a working group convenes it, from a month before a session is due."""

from datetime import date, timedelta

from django.db.models import QuerySet

from ministries.models import User
from partnerships.permissions import WRITERS
from partnerships.records.working_groups.models import WorkingGroup
from partnerships.register.partners.resting import rests
from ui.offers import DeskItem

LOOK_AHEAD = timedelta(days=30)


def desk_rows(user: User, today: date) -> list[QuerySet[WorkingGroup]]:
    """Nobody meets a partner that rests."""
    houses = user.ministry_ids(*WRITERS)
    if not houses:
        return []
    seen = WorkingGroup.objects.visible_to(user).filter(ministry__in=houses)
    due = seen.to_convene(today + LOOK_AHEAD, today)
    return [due.filter(~rests(user, today, "partnership"))]


def desk_items(user: User, today: date) -> list[DeskItem]:
    return [
        DeskItem(
            verb="Sitzung ansetzen",
            object_label=row.name,
            partnership_name=row.partnership.name,
            due_on=row.next_on,
            asked_by="",
            url=row.get_absolute_url(),
        )
        for rows in desk_rows(user, today)
        for row in rows.select_related("partnership")
    ]
