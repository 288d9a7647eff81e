"""That a letter went out: told by the mail that Brücke sent, or written down for another way."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guidelines.request_letters.models import RequestLetter
from guidelines.rounds.request_text import HEAD, head_of
from guidelines.states.tables import ENDED
from ministries.houses.models import current_chancellery
from ministries.models import Ministry, Notification, User
from ui.errors import Refusal

RECORDED = ("sent_on", "sent_way", "sent_through", "recorded_at", "recorded_by", *HEAD)


def note_delivery(notification: Notification) -> None:
    """Whatever became of the round meanwhile: the house has it."""
    letters = RequestLetter.objects.filter(message_id=notification.message_id, mailed_at=None)
    for letter in letters.select_related("ministry"):
        letter.ministry.mailbox = notification.to_address
        _keep_head(letter)
        letter.mailed_at = notification.sent_at
        letter.save(update_fields=["mailed_at", *HEAD])


@transaction.atomic
def record_sending(
    *,
    letter: RequestLetter,
    sent_on: date,
    sent_way: str,
    sent_through: str,
    expected_version: int,
    by: User,
    now: datetime,
) -> None:
    """On its way outside Brücke; said again, it corrects what was said before."""
    _require_coordination(letter, by)
    _require_past(sent_on, now)
    letter.sent_on, letter.sent_way, letter.sent_through = sent_on, sent_way, sent_through
    letter.recorded_at, letter.recorded_by = now, by
    _keep_head(letter)
    letter.save_versioned(expected=expected_version, fields=RECORDED)


@transaction.atomic
def record_sendings(
    *,
    letters: Collection[RequestLetter],
    sent_on: date,
    sent_way: str,
    sent_through: str,
    by: User,
    now: datetime,
) -> None:
    """Several at once on the same way; what is written down meanwhile is not overwritten."""
    found = RequestLetter.objects.filter(pk__in=[letter.pk for letter in letters]).order_by("pk")
    rows = list(found.select_for_update(of=["self"]).select_related("round", "ministry"))
    chancellery = current_chancellery(timezone.localdate(now))
    for row in rows:
        _require_coordination(row, by)
        if row.sent_on:
            raise Refusal(
                f"Für {row.ministry} ist inzwischen ein Versand eingetragen. Nehmen Sie das "
                "Ressort heraus und senden Sie noch einmal ab."
            )
        row.sent_on, row.sent_way, row.sent_through = sent_on, sent_way, sent_through
        row.recorded_at, row.recorded_by = now, by
        row.version += 1
        _keep_head(row, chancellery)
    _require_past(sent_on, now)
    RequestLetter.objects.bulk_update(rows, [*RECORDED, "version"])


@transaction.atomic
def strike_sending(
    *, letter: RequestLetter, expected_version: int, by: User, now: datetime
) -> None:
    """It was not sent that way after all; the history keeps what was written."""
    _require_coordination(letter, by)
    if letter.sent_on is None:
        raise Refusal("Hier ist kein Versand eingetragen. Laden Sie die Seite neu.")
    letter.sent_on, letter.sent_way, letter.sent_through = None, "", ""
    if letter.mailed_at is None:
        letter.sent_to = letter.sent_from = letter.sent_contact = ""
    letter.recorded_at, letter.recorded_by = now, by
    letter.save_versioned(expected=expected_version, fields=RECORDED)


def _keep_head(letter: RequestLetter, chancellery: Ministry | None = None) -> None:
    """Whatever house and mailbox are called later, the letter says what it said."""
    chancellery = chancellery or current_chancellery(timezone.localdate())
    for name, text in head_of(letter, chancellery).items():
        setattr(letter, name, text)


def _require_coordination(letter: RequestLetter, by: User) -> None:
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    if letter.round.state in ENDED:
        raise Refusal(f"Der {letter.round} ist beendet und wird nicht mehr geändert.")


def _require_past(sent_on: date, now: datetime) -> None:
    if sent_on > timezone.localdate(now):
        raise Refusal("Der Tag des Versands liegt in der Zukunft. Tragen Sie ihn danach ein.")
