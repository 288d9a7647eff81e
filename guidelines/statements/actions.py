"""What a house does with its statement: write, submit, return, release, withdraw.

State, permission and completeness are held by `guidelines.transitions.perform`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guidelines.evidence.models import Evidence
from guidelines.evidence.pages import with_evidence
from guidelines.evidence.ticks import Ticks, fix_wordings, tick, ticks_of
from guidelines.statements.begun import begun_before
from guidelines.statements.conditions import (
    acts_as_deputy,
    facts_of_today,
    require_past,
    require_running,
    require_withdrawable,
    require_writable,
)
from guidelines.statements.draft_actions import discard_draft
from guidelines.statements.drafts import carry_drafts
from guidelines.statements.models import ReviewNote, Statement
from guidelines.statements.notices import (
    of_correction,
    tell_author,
    tell_heads,
    tell_released,
)
from guidelines.states.outcomes import NEEDS_UNTIL, VOTE_CHOICES
from guidelines.states.transitions import REOPENED, perform, require_fit
from ministries.mail.outbox import Letter
from ministries.models import User
from partnerships.permissions import WRITERS
from ui.dates import german_date
from ui.errors import Refusal


@transaction.atomic
def save_statement(
    *,
    statement: Statement,
    answers: Mapping[int, str],
    reasons: Mapping[int, str],
    vote: str,
    key_message: str,
    vote_until_on: date | None = None,
    confirmed: Collection[int] = (),
    evidence: Mapping[int, Collection[str]] = MappingProxyType({}),
    citable: Collection[str] | None = None,
    expected_version: int,
    by: User,
    now: datetime,
) -> Statement:
    """Keep what has been written so far, complete or not.

    `answers`, `reasons` and `evidence` are keyed by criterion id; criteria left out stay as they
    are. A date stays with the votes that need one. `confirmed` names what was taken over and holds
    still; `citable` the keys of records the same request has found to be so.
    """
    require_writable(statement, by, now)
    until_on = vote_until_on if not vote or vote in NEEDS_UNTIL else None
    values = {"vote": vote, "vote_until_on": until_on, "key_message": key_message}
    ticking = partial(ticks_of, chosen=evidence, by=by, now=now, offered=citable)
    notes = _notes(statement, by)
    if _write(statement, notes, answers, reasons, values, confirmed, expected_version, ticking):
        statement.authors.add(by)
    discard_draft(statement=statement, by=by)
    return statement


@transaction.atomic
def release_corrected(
    *,
    statement: Statement,
    values: Mapping[str, Any],
    answers: Mapping[int, str] = MappingProxyType({}),
    reasons: Mapping[int, str] = MappingProxyType({}),
    evidence: Mapping[int, Collection[str]] = MappingProxyType({}),
    citable: Collection[str] | None = None,
    expected_version: int,
    by: User,
    now: datetime,
) -> bool:
    """Correct what somebody else has written and submitted, and release it; whether it differs.

    `values` is vote, its date and key message, or the reason of a Fehlanzeige.
    """
    require_running(statement, now)
    if not by.has_perm("guidelines.correct_statement", statement):
        raise PermissionDenied
    require_fit(statement, "release")
    if statement.is_nil_return and statement.nil_reason and not values.get("nil_reason"):
        raise Refusal("Nennen Sie den Grund der Fehlanzeige.")
    ticking = partial(ticks_of, chosen=evidence, by=by, now=now, offered=citable)
    notes = _notes(statement, by)
    is_corrected = _write(statement, notes, answers, reasons, values, (), expected_version, ticking)
    version = statement.version if is_corrected else expected_version
    further = of_correction(statement, by=by) if is_corrected else []
    _release(statement, by, now, version, notes, further)
    if is_corrected:
        statement.authors.add(by)
    if not statement.is_nil_return:
        discard_draft(statement=statement, by=by)
    return is_corrected


def _notes(statement: Statement, by: User) -> list[ReviewNote]:
    return list(with_evidence(statement.review_notes.select_related("criterion"), by))


def _write(
    statement: Statement,
    notes: Sequence[ReviewNote],
    answers: Mapping[int, str],
    reasons: Mapping[int, str],
    values: Mapping[str, Any],
    confirmed: Collection[int],
    expected_version: int,
    ticking: Callable[[Statement, Sequence[ReviewNote]], Ticks],
) -> bool:
    """One versioned write of the text, if anything differs."""
    if values.get("vote") and values["vote"] not in dict(VOTE_CHOICES):
        raise Refusal("Wählen Sie eines der angebotenen Voten.")
    changed = [note for note in notes if _rewrite(note, answers, reasons, confirmed)]
    ticks = ticking(statement, notes)
    is_same = all(getattr(statement, name) == value for name, value in values.items())
    if is_same and not changed and not ticks:
        return False
    for name, value in values.items():
        setattr(statement, name, value)
    statement.save_versioned(expected=expected_version, fields=values)
    ReviewNote.objects.bulk_update(changed, ["answer", "reason", "is_unconfirmed"])
    ticks.keep()
    return True


@transaction.atomic
def cite(*, note: ReviewNote, key: str, by: User, now: datetime) -> None:
    """A record at one answer, beside whatever a colleague has saved meanwhile."""
    statement = note.statement
    require_running(statement, now)
    statement.refresh_from_db(fields=["state", "version"])
    require_writable(statement, by, now)
    tick(note, key, by=by, now=now)
    statement.save_versioned(expected=statement.version, fields=[])
    statement.authors.add(by)


@transaction.atomic
def submit(
    *, statement: Statement, by: User, now: datetime, expected_version: int | None = None
) -> None:
    require_running(statement, now)
    _act(statement, "submit", by=by, now=now, expected_version=expected_version, return_note="")
    tell_heads(statement, now=now)


@transaction.atomic
def take_back(*, statement: Statement, by: User, now: datetime) -> None:
    require_running(statement, now)
    begun = begun_before(statement)
    _act(statement, "take_back", by=by, now=now, **begun.fields)
    begun.bring_back()


@transaction.atomic
def return_for_revision(
    *,
    statement: Statement,
    note: str,
    by: User,
    now: datetime,
    expected_version: int | None = None,
) -> None:
    require_running(statement, now)
    begun = begun_before(statement)
    _act(
        statement,
        "return_for_revision",
        by=by,
        now=now,
        expected_version=expected_version,
        return_note=note.strip(),
        **begun.fields,
    )
    begun.bring_back()
    tell_author(statement, by=by)


@transaction.atomic
def release(
    *, statement: Statement, by: User, now: datetime, expected_version: int | None = None
) -> None:
    """Hand the statement over to the Staatskanzlei, together with the facts as they are today."""
    require_running(statement, now)
    _release(statement, by, now, expected_version)


def _release(
    statement: Statement,
    by: User,
    now: datetime,
    expected_version: int | None,
    notes: Sequence[ReviewNote] = (),
    further: Sequence[Letter] = (),
) -> None:
    """`notes` are those of the statement, where they are read already; `further` goes along."""
    _act(
        statement,
        "release",
        by=by,
        now=now,
        expected_version=expected_version,
        known={"notes": notes},
        is_released_by_deputy=acts_as_deputy(by, statement.ministry_id),
        fact_sheet=facts_of_today(statement, by=by, now=now),
    )
    fix_wordings(statement)
    tell_released(statement, further)


@transaction.atomic
def record_release(
    *,
    statement: Statement,
    function: str,
    released_on: date,
    reference: str,
    by: User,
    now: datetime,
    expected_version: int | None = None,
) -> None:
    """Released on paper or in the E-Akte; a second person of the house, no author, says so.

    `function` is that of the person who released, e.g. "Abteilungsleitung 4".
    """
    require_running(statement, now)
    opened_at = statement.guideline_check.round.opened_at
    if opened_at and released_on < timezone.localdate(opened_at):
        raise Refusal(
            "Die Freigabe liegt vor der Eröffnung des Leitlinien-Checks "
            f"({german_date(opened_at)}). Berichtigen Sie das Datum."
        )
    require_past(released_on, now)
    _act(
        statement,
        "record_release",
        by=by,
        now=now,
        expected_version=expected_version,
        is_released_by_deputy=acts_as_deputy(by, statement.ministry_id, WRITERS),
        released_outside_function=function.strip(),
        released_outside_on=released_on,
        released_outside_reference=reference.strip(),
        fact_sheet=facts_of_today(statement, by=by, now=now),
    )
    fix_wordings(statement)
    tell_released(statement)


@transaction.atomic
def withdraw(
    *, statement: Statement, by: User, now: datetime, expected_version: int | None = None
) -> None:
    """Take a released statement back into the house; possible until the deadline."""
    require_running(statement, now)
    require_withdrawable(statement, now)
    begun = begun_before(statement)
    fields = {**REOPENED, **begun.fields}
    _act(statement, "withdraw", by=by, now=now, expected_version=expected_version, **fields)
    begun.bring_back()
    statement.authors.clear()


@transaction.atomic
def file_nil_return(
    *,
    statements: Iterable[Statement],
    by: User,
    now: datetime,
    reasons: Mapping[int, str] = MappingProxyType({}),
    versions: Mapping[int, int] = MappingProxyType({}),
) -> None:
    """Fehlanzeige for one or many: nothing to say, submitted for release like any statement.

    Answers begun are cleared, so that nobody reads half a statement behind a Fehlanzeige; they come
    back with `begun_before`.
    `reasons`, by statement id, say why where the register holds something of the house; `versions`
    are those that were read.
    """
    for statement in sorted(statements, key=attrgetter("guideline_check.partnership.sort_key")):
        require_writable(statement, by, now)
        begun = statement.review_notes.exclude(answer="", reason="")
        begun.update(answer="", reason="", is_unconfirmed=False)
        Evidence.objects.of_statement(statement.pk).delete()
        _act(
            statement,
            "submit",
            by=by,
            now=now,
            expected_version=versions.get(statement.pk),
            is_nil_return=True,
            nil_reason=reasons.get(statement.pk, ""),
            vote="",
            vote_until_on=None,
            key_message="",
            return_note="",
        )
        statement.authors.add(by)
        tell_heads(statement, now=now)


def _act(statement: Statement, name: str, **given: Any) -> None:
    """What is typed and not saved outlives every act on what is saved."""
    perform(statement, name, **given)
    carry_drafts(statement=statement, version=statement.version)


def _rewrite(
    note: ReviewNote,
    answers: Mapping[int, str],
    reasons: Mapping[int, str],
    confirmed: Collection[int],
) -> bool:
    """Put the new answer and reason on the note; True if anything differs."""
    answer = answers.get(note.criterion_id, note.answer)
    reason = reasons.get(note.criterion_id, note.reason)
    if answer not in note.possible_answers | {""}:
        raise Refusal(f"Wählen Sie bei Frage {note.criterion.code} eine der Antworten aus.")
    is_new = (answer, reason) != (note.answer, note.reason)
    is_confirmed = note.is_unconfirmed and note.criterion_id in confirmed
    if is_new or is_confirmed:
        note.answer, note.reason, note.is_unconfirmed = answer, reason, False
    return is_new or is_confirmed
