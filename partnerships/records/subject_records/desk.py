"""Once a year a house looks at its Sachstände again."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from ministries.models import User
from partnerships.permissions import WRITERS
from partnerships.records.subject_records.models import SubjectRecord
from ui.offers import DeskItem

A_YEAR = timedelta(days=365)


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    return [to_confirm(user, today)]


def to_confirm(user: User, today: date) -> QuerySet[SubjectRecord]:
    own = SubjectRecord.objects.visible_to(user).filter(ministry__in=user.ministry_ids(*WRITERS))
    return own.unconfirmed_since(today - A_YEAR)


def desk_items(user: User, today: date) -> list[DeskItem]:
    rows = to_confirm(user, today).select_related("partnership", "subject_area")
    return [
        DeskItem(
            verb="Sachstand bestätigen",
            object_label=row.subject_area.name,
            partnership_name=row.partnership.name,
            due_on=row.confirmed_on + A_YEAR if row.confirmed_on else None,
            asked_by="",
            url=row.get_absolute_url(),
        )
        for row in rows
    ]
