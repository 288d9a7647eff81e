"""A statement as it was, read from the history the database keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from guidelines.evidence.past import evidence_in_version, in_words
from guidelines.evidence.targets import citable
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.tables import StatementState
from ministries.history.tracking import events_of
from ministries.models import User
from ui.dates import german_date


@dataclass(frozen=True)
class Former:
    """What was released before: when, and the texts under the names of the form."""

    released_at: datetime
    values: dict[str, str]
    # When the database wrote it.
    written_at: datetime


def stored_in_version(statement: Statement, version: int | None) -> dict[str, str]:
    """The texts of an earlier version, under the names of the form; {} if it is not known."""
    events = events_of(Statement).filter(pgh_obj=statement.pk, version=version)
    return _texts_of(events.order_by("-pgh_id")[:1]).get(statement.pk, {})


def released_before(statements: Iterable[Statement]) -> dict[int, Former]:
    """By statement id, of those that were released once; two queries, however many there are."""
    events = (
        events_of(Statement)
        .filter(pgh_obj__in=[row.pk for row in statements], state=StatementState.RELEASED)
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
    )
    texts = _texts_of(events)
    return {
        event.pgh_obj_id: Former(
            event.released_at, texts[event.pgh_obj_id] | kind_of(event), event.pgh_created_at
        )
        for event in events
    }


def corrected_at_release(
    statement: Statement, user: User
) -> tuple[dict[str, str], dict[str, str]] | None:
    """What was submitted, and how whoever released it changed it in the same act.

    Records are told as they read today, as far as this person may see them.
    """
    events = events_of(Statement).filter(pgh_obj=statement.pk)
    released = events.filter(released_at=statement.released_at).order_by("pgh_id").first()
    if released is None:
        return None
    versions = (released.version - 2, released.version - 1)
    found = events.filter(version__in=versions, state=StatementState.SUBMITTED)
    texts = [
        stored_in_version(statement, event.version) | kind_of(event)
        for event in found.order_by("version")
    ]
    if len(texts) < 2:
        return None
    words = {target.key: target.words for target in citable(statement, user)}
    before, after = (
        text
        | {
            name: in_words([words[key] for key in keys.split()])
            for name, keys in evidence_in_version(statement, version, words).items()
        }
        for text, version in zip(texts, versions, strict=True)
    )
    return before, after


def kind_of(written: Any) -> dict[str, str]:
    """What the form does not ask, of a statement or of its row in the history."""
    kind = "Fehlanzeige" if written.is_nil_return else "Stellungnahme"
    return {"kind": kind, "nil_reason": written.nil_reason}


def _texts_of(events: QuerySet[Any]) -> dict[int, dict[str, str]]:
    """By statement id. All rows written in one transaction bear the same time."""
    found = {
        event.pgh_obj_id: {
            "vote": event.vote,
            "vote_until_on": german_date(event.vote_until_on),
            "key_message": event.key_message,
        }
        for event in events
    }
    if not found:
        return {}
    until = (Q(statement=e.pgh_obj_id, pgh_created_at__lte=e.pgh_created_at) for e in events)
    notes = (
        events_of(ReviewNote)
        .filter(reduce(or_, until))
        .order_by("statement_id", "criterion_id", "-pgh_id")
        .distinct("statement_id", "criterion_id")
    )
    for pk, criterion, answer, reason in notes.values_list(
        "statement_id", "criterion_id", "answer", "reason"
    ):
        found[pk] |= {f"answer_{criterion}": answer, f"reason_{criterion}": reason}
    return found
