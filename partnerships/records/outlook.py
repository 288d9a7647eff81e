""" "Als Nächstes" from the records of the houses: what is promised, looked at again, planned."""

from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse

from ministries.kept import kept
from ministries.models import User
from partnerships.records.activities.models import Activity
from partnerships.records.activities.states import COMING
from partnerships.records.commitments.models import Commitment
from partnerships.records.follow_ups.models import FollowUp
from partnerships.records.working_groups.models import Meeting, WorkingGroup
from partnerships.register.partners.page import NextStep
from ui.dates import german_date

SHOWN = 5
LOOK_AHEAD = timedelta(days=60)
COLUMNS = ("kind", "words", "due", "house", "record", "about")


def coming_steps(partnership: Any, user: User, day: date) -> list[NextStep]:
    """The nearest of all kinds, the overdue ones first; one query."""
    found = _ahead(user, day).where(
        "kept.step_about = %s ORDER BY kept.step_due LIMIT %s", partnership.pk, SHOWN
    )
    return [_step(partnership, day, *row) for row in found.rows()]


@kept
def _ahead(user: User, day: date) -> QuerySet[Any]:
    until = day + LOOK_AHEAD
    promised = Commitment.objects.visible_to(user).open().filter(due_on__lte=until)
    again = FollowUp.objects.visible_to(user).open().filter(due_on__lte=until)
    planned = Activity.objects.visible_to(user).in_use().filter(state__in=COMING)
    groups = WorkingGroup.objects.visible_to(user).in_use()
    sessions = Meeting.objects.filter(working_group__in=groups, held_on__range=(day, until))
    parts = [
        _shaped(promised, "zusage", F("title"), F("due_on"), F("pk"), F("partnership")),
        _shaped(again, "wiedervorlage", F("text"), F("due_on"), F("pk"), F("partnership")),
        _shaped(
            planned.filter(starts_on__range=(day, until)),
            *("aktivitaet", F("title"), F("starts_on"), F("pk"), F("partnerships")),
        ),
        _shaped(
            sessions,
            *("sitzung", F("working_group__name"), F("held_on"), F("working_group")),
            F("working_group__partnership"),
            house="working_group__ministry__abbreviation",
        ),
    ]
    return parts[0].union(*parts[1:], all=True)


def _shaped(
    rows: QuerySet[Any],
    kind: str,
    words: F,
    due: F,
    record: F,
    about: F,
    house: str = "ministry__abbreviation",
) -> QuerySet[Any]:
    told = dict(
        zip(COLUMNS, (Value(kind, CharField()), words, due, F(house), record, about), strict=True)
    )
    # Under names of their own: some are columns of some of the tables.
    named = {f"step_{name}": expression for name, expression in told.items()}
    return rows.order_by().annotate(**named).values_list(*named)


def _step(
    partnership: Any,
    day: date,
    kind: str,
    words: str,
    due: date,
    house: str,
    record: int,
    about: int,
) -> NextStep:
    is_late = due < day
    sentences = {
        "zusage": f"Zusage „{words}“: {'war ' if is_late else ''}fällig am {german_date(due)}.",
        "wiedervorlage": f"Wiedervorlage am {german_date(due)}: {words}.",
        "aktivitaet": f"{german_date(due)}: {words}.",
        "sitzung": f"{german_date(due)}: Sitzung {words}.",
    }
    urls = {
        "zusage": lambda: reverse("partnerships:commitment", args=[record]),
        "wiedervorlage": lambda: reverse("partnerships:follow-ups", args=[partnership.slug]),
        "aktivitaet": lambda: reverse("partnerships:activity", args=[record]),
        "sitzung": lambda: reverse("partnerships:working-group", args=[record]),
    }
    return NextStep(
        sentences[kind], house, due, urls[kind](), tone="warning" if is_late else "info"
    )
