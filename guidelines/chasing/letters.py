"""The reminder: one mail to one house with all that it still owes in a round."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from guidelines.rounds.models import CheckRound
from guidelines.rounds.request_text import GREETING, name_of, number_of, signature
from guidelines.statements.models import Statement
from ministries.mail import outbox
from ministries.models import Notification
from ui.dates import german_date


def link_of(check_round: CheckRound) -> str:
    return f"{reverse('guidelines:statements')}?round={check_round.slug}"


def reminder(statements: Sequence[Statement], text: str, day: date) -> outbox.Letter:
    """`statements` of one house in one round; a confidential partnership is not named."""
    check_round, house = statements[0].guideline_check.round, statements[0].ministry
    rows = "\n".join(f"- {name_of(row)}, {_until(row, day)}" for row in statements)
    verb = "fehlt" if len(statements) == 1 else "fehlen"
    parts = [
        GREETING,
        f"im {check_round} {verb} vom {house.abbreviation} noch {number_of(statements)}:\n{rows}",
        text.strip(),
        "Hat Ihr Haus nichts beizutragen, genügt eine Fehlanzeige. Mehr Zeit erbitten Sie in Brücke.",
        signature(),
    ]
    return outbox.Letter(
        to=house.mailbox,
        kind=Notification.Kind.REMINDER,
        subject=f"Erinnerung: {check_round}, {number_of(statements)}",
        body="\n\n".join(part for part in parts if part),
        link=link_of(check_round),
    )


def _until(statement: Statement, day: date) -> str:
    deadline = german_date(statement.deadline)
    return f"überfällig seit {deadline}" if statement.deadline < day else f"bis {deadline}"
