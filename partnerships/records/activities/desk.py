"""What activities ask of their house: the results of what is over."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from ministries.models import User
from partnerships.permissions import WRITERS
from partnerships.records.activities.models import Activity, ActivityQuerySet
from partnerships.records.activities.states import COMING, ActivityState
from ui.offers import DeskItem

TIME_TO_REPORT = timedelta(days=14)
LOOK_BACK = timedelta(days=365)


def desk_items(user: User, today: date) -> list[DeskItem]:
    if not user.ministry_ids(*WRITERS):
        return []
    rows = unreported(user, today).with_links().defer("search_text", "aims")
    return [_report(row) for row in rows]


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    return [unreported(user, today)] if user.ministry_ids(*WRITERS) else []


def unreported(user: User, today: date) -> ActivityQuerySet:
    """Over within the last year, not called off, and nobody said what came of it.

    What the public register tells is confirmed first.
    """
    is_open = Q(state=ActivityState.DONE, results="") | Q(state__in=COMING)
    is_known = Q(external_key=None) | Q(confirmed_on__isnull=False)
    own = Activity.objects.visible_to(user).in_use().filter(is_open, is_known)
    recent = own.filter(ministry__in=user.ministry_ids(*WRITERS)).between(today - LOOK_BACK, None)
    return recent.over(today)


def _report(row: Activity) -> DeskItem:
    return DeskItem(
        verb="Ergebnis nachtragen",
        object_label=f"{row.title}, {row.period_words}",
        partnership_name=", ".join(link["name"] for link in row.partnership_links),
        due_on=row.last_day + TIME_TO_REPORT,
        asked_by="",
        url=row.get_report_url(),
    )
