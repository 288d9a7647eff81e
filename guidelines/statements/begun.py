"""What was written before a Fehlanzeige: it stands there again once the Fehlanzeige is taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

from guidelines.evidence.models import CITED, Evidence
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.transitions import NOT_NIL
from ministries.history.tracking import events_of

TEXTS = ("vote", "vote_until_on", "key_message")


@dataclass(frozen=True)
class Begun:
    """`fields` belong into the statement itself; until when the rest was as it is wanted."""

    statement: Statement
    fields: Mapping[str, Any] = field(default_factory=lambda: NOT_NIL)
    until: datetime | None = None

    def bring_back(self) -> None:
        """Answers and evidence, after the statement has changed: whoever comes second finds that."""
        if self.until:
            _bring_answers_back(self.statement, self.until)
            _bring_evidence_back(self.statement, self.until)


def begun_before(statement: Statement) -> Begun:
    """Read from the history: the Fehlanzeige has cleared it in one transaction, so at one time."""
    if not statement.is_nil_return:
        return Begun(statement)
    events = events_of(Statement).filter(pgh_obj=statement.pk).order_by("-pgh_id")
    begun = events.filter(is_nil_return=False).first()
    if begun is None:
        return Begun(statement)
    filed = events.filter(is_nil_return=True, pgh_id__gt=begun.pgh_id).last()
    if filed is None or begun.pgh_created_at == filed.pgh_created_at:
        return Begun(statement)
    texts = {name: getattr(begun, name) for name in TEXTS}
    return Begun(statement, {**NOT_NIL, **texts}, filed.pgh_created_at)


def _bring_answers_back(statement: Statement, until: datetime) -> None:
    events = _last(events_of(ReviewNote).filter(statement=statement.pk), until)
    former = {event.pgh_obj_id: event for event in events}
    notes = [note for note in statement.review_notes.all() if note.pk in former]
    fields = ("answer", "reason", "is_unconfirmed")
    for note in notes:
        for name in fields:
            setattr(note, name, getattr(former[note.pk], name))
    ReviewNote.objects.bulk_update(notes, fields)


def _bring_evidence_back(statement: Statement, until: datetime) -> None:
    """Of records that are still there."""
    events = events_of(Evidence).filter(review_note__statement=statement.pk)
    cited = [event for event in _last(events, until) if event.pgh_label != "delete"]
    columns = ("review_note_id", *(f"{name}_id" for name in CITED), "added_at", "added_by_id")
    there = {name: _there(model, name, cited) for name, model in CITED.items()}
    kept = [
        Evidence(**{name: getattr(event, name) for name in columns})
        for event in cited
        if all(_key(event, name) in {None, *there[name]} for name in CITED)
    ]
    Evidence.objects.bulk_create(kept)


def _there(model: type[models.Model], name: str, cited: Iterable[Any]) -> set[int]:
    keys = {_key(event, name) for event in cited} - {None}
    return set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))


def _key(event: Any, name: str) -> int | None:
    key: int | None = getattr(event, f"{name}_id")
    return key


def _last(events: QuerySet[Any], until: datetime) -> QuerySet[Any]:
    earlier = events.filter(pgh_created_at__lt=until)
    return earlier.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
