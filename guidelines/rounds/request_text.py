"""What a house is asked, said once: for the mail, the page and the files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from guidelines.request_letters.models import RequestLetter
from guidelines.rounds.models import CheckRound
from guidelines.statements.models import Statement
from ministries.models import Ministry
from ui.dates import german_date

GREETING = "Guten Tag,"
# What a letter keeps of the day it was sent.
HEAD = ("sent_to", "sent_from", "sent_contact")


@dataclass(frozen=True)
class RequestText:
    file_name: str
    recipient: Sequence[str]
    subject: str
    request: str
    # Partnership and why the house is asked.
    rows: Sequence[tuple[str, str]]
    closing: Sequence[str]
    link: str
    dated: date
    sender: Sequence[str]

    @property
    def address(self) -> str:
        return settings.PUBLIC_URL + self.link

    @property
    def body(self) -> str:
        """As mail text; its address stands below it."""
        rows = "\n".join(f"- {name}: {because}" for name, because in self.rows)
        listed = f"Ihr Haus ist beteiligt bei:\n{rows}"
        return "\n\n".join([GREETING, self.request, listed, *self.closing, self.signature])

    @property
    def signature(self) -> str:
        return f"Koordinierung, {self.sender[0]}"


def request_text(
    letter: RequestLetter, statements: Sequence[Statement], chancellery: Ministry | None
) -> RequestText:
    house, check_round = letter.ministry, letter.round
    until, asked = german_date(letter.due_on), number_of(statements)
    head = head_of(letter, chancellery)
    return RequestText(
        file_name=f"anschreiben-{check_round.slug}-{house.slug}-{letter.pk}",
        recipient=head["sent_to"].splitlines(),
        subject=f"{check_round}: {asked} bis {until}",
        request=f"die Staatskanzlei bittet das {house.abbreviation} im {check_round} um {asked} "
        f"bis zum {until}.",
        rows=[(name_of(row), row.asked_because) for row in statements],
        closing=[
            f"Grundlage: {check_round.edition}.",
            "Die Fragen und die erfassten Angaben zu jeder Partnerschaft finden Sie in Brücke. Hat "
            "Ihr Haus zu einer Partnerschaft nichts beizutragen, genügt eine Fehlanzeige.",
            *filter(None, [head["sent_contact"]]),
        ],
        link=statements_url(check_round),
        sender=head["sent_from"].splitlines(),
        dated=timezone.localdate(letter.asked_at),
    )


def statements_url(check_round: CheckRound, **more: str) -> str:
    """Those of the reader's house in this round."""
    return f"{reverse('guidelines:statements')}?{urlencode({'round': check_round.slug, **more})}"


def head_of(letter: RequestLetter, chancellery: Ministry | None) -> dict[str, str]:
    """To whom, from whom and whom to ask: as it was sent, else as it is today."""
    if letter.sent_to:
        return {name: getattr(letter, name) for name in HEAD}
    house = letter.ministry
    return {
        "sent_to": "\n".join(filter(None, [house.name, house.mailbox])),
        "sent_from": "\n".join([settings.HOUSE_NAME, *_lines(settings.HOUSE_ADDRESS)]),
        "sent_contact": _contact(chancellery),
    }


def _contact(chancellery: Ministry | None) -> str:
    """Whom to write to and whom to call, as far as it is known."""
    mailbox = chancellery.mailbox if chancellery else ""
    known = dict.fromkeys([*_lines(mailbox), *_lines(settings.HOUSE_CONTACT)])
    if not known:
        return ""
    return f"Für Rückfragen erreichen Sie die Koordinierung unter {', '.join(known)}."


def _lines(configured: str) -> list[str]:
    return [line.strip() for line in configured.split("|") if line.strip()]


def signature() -> str:
    return f"Koordinierung, {settings.HOUSE_NAME}"


def name_of(statement: Statement) -> str:
    """A mailbox has many readers: what is confidential is not named in what goes there."""
    partnership = statement.guideline_check.partnership
    return "eine vertrauliche Partnerschaft" if partnership.is_confidential else partnership.name


def number_of(statements: Sequence[Statement]) -> str:
    return "eine Stellungnahme" if len(statements) == 1 else f"{len(statements)} Stellungnahmen"
