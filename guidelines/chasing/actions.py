"""Reminding houses of what they owe: by the coordination, and by the clock."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guidelines.chasing.letters import reminder
from guidelines.chasing.owed import owed_in, reminded_on
from guidelines.rounds.models import CheckRound
from guidelines.states.tables import RoundState
from ministries.mail import outbox
from ministries.models import Ministry, User
from ministries.working_days import add_working_days
from ui.errors import Refusal

BEFORE, AFTER = -5, 1  # working days from the deadline on which the clock reminds


@transaction.atomic
def remind(
    *, check_round: CheckRound, houses: Collection[Ministry], text: str, by: User, now: datetime
) -> list[Ministry]:
    """One mail to each, never a second one on a day. Gives back who is written to."""
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    row = CheckRound.objects.select_for_update().get(pk=check_round.pk)
    if row.state != RoundState.OPEN:
        raise Refusal(f"Der {row} läuft nicht. Erinnern lässt sich nur in einem laufenden.")
    day = timezone.localdate(now)
    owed = {house: rows for house, rows in owed_in(row).items() if house in houses}
    if len(owed) < len(houses):
        raise Refusal("Ein Ressort hat inzwischen alles abgegeben. Laden Sie die Seite neu.")
    if without := _names(house for house in owed if not house.mailbox):
        raise Refusal(f"Ohne Funktionspostfach: {without}. Erinnern Sie auf anderem Weg.")
    reminded = reminded_on(row, day)
    if again := _names(house for house in owed if house.mailbox in reminded):
        raise Refusal(f"Heute schon erinnert: {again}.")
    outbox.post_all(reminder(rows, text, day) for rows in owed.values())
    return list(owed)


@transaction.atomic
def remind_of_deadlines(now: datetime) -> int:
    """Five working days before a deadline and one after it; as often asked, once a day each."""
    day = timezone.localdate(now)
    letters = []
    running = CheckRound.objects.filter(state=RoundState.OPEN)
    for check_round in running.select_for_update().order_by("pk"):
        reminded = reminded_on(check_round, day)
        for house, rows in owed_in(check_round).items():
            is_due = any(_is_day_of(row.deadline, day) for row in rows)
            if is_due and house.mailbox and house.mailbox not in reminded:
                letters.append(reminder(rows, "", day))
    return len(outbox.post_all(letters))


def _is_day_of(deadline: date, day: date) -> bool:
    return day in (add_working_days(deadline, BEFORE), add_working_days(deadline, AFTER))


def _names(houses: Iterable[Ministry]) -> str:
    return ", ".join(house.abbreviation for house in houses)
