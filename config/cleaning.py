"""Texts stored before their fields cleaned them: which they are, and cleaned in batches.

Only where a history keeps what stood there before; logs stay as they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import DataError, IntegrityError, ProgrammingError, transaction
from django.db.models import Field, Model, Q
from psycopg.errors import ExclusionViolation, UniqueViolation

from guidelines.models import Evidence, ReviewNote, Statement
from guidelines.states.tables import StatementState
from ministries.administration.guards import broken_rule
from ministries.history.tracking import tracked_models
from partnerships.models import Organisation, Partnership, Region
from ui.text import folded
from ui.text_fields import Cleaned

BATCH = 500
COMMAND = "clean_texts"
REASON = "Zeichen bereinigt"
# Beside what the database lets nobody change: what somebody has released.
RELEASED = {
    Statement: Q(state=StatementState.RELEASED),
    ReviewNote: Q(statement__state=StatementState.RELEASED),
    Evidence: Q(review_note__statement__state=StatementState.RELEASED),
}
NAMED_ONCE: tuple[type[Model], ...] = (Region, Partnership, Organisation)


@dataclass(frozen=True)
class Found:
    """A record with unclean texts; `clash` and `kept` say why it stays as it is."""

    model: type[Model]
    pk: int
    texts: dict[Field, tuple[str, str]]
    clash: str = ""
    kept: str = ""


def texts_of(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.local_concrete_fields if isinstance(field, Cleaned)]


def clean_all(*, keep: bool) -> Iterator[Found]:
    """Every record with unclean texts; without `keep` what is written is taken back at once."""
    for model in sorted(tracked_models(), key=lambda model: model._meta.label):
        for pk in _unclean(model):
            with transaction.atomic(), pghistory.context(command=COMMAND, reason=REASON):
                found = _clean(model, pk)
                transaction.set_rollback(not keep)
            if found.texts:
                yield found


def _unclean(model: type[Model]) -> Iterator[int]:
    """Read in batches; each record is written by itself, so that nobody waits for it."""
    fields, after = texts_of(model), 0
    while fields:
        rows = model._base_manager.filter(pk__gt=after).order_by("pk")
        read = list(rows.values_list("pk", *(field.name for field in fields))[:BATCH])
        yield from (pk for pk, *texts in read if _changes(fields, texts))
        if len(read) < BATCH:
            return
        after = read[-1][0]


def _changes(fields: list[Field], texts: Sequence[str]) -> dict[Field, tuple[str, str]]:
    told = ((field, text, field.to_python(text)) for field, text in zip(fields, texts, strict=True))
    return {field: (text, clean) for field, text, clean in told if text != clean}


def _clean(model: type[Model], pk: int) -> Found:
    """No version is raised: who has the record open may still save it."""
    fields = texts_of(model)
    row: Any = model._base_manager.filter(pk=pk)
    read = row.select_for_update().values_list(*(field.name for field in fields)).first()
    texts = _changes(fields, read) if read else {}
    if not texts:
        return Found(model, pk, texts)
    if model in RELEASED and row.filter(RELEASED[model]).exists():
        return Found(model, pk, texts, kept="ist freigegeben")
    if twin := _twin(model, pk, texts):
        return Found(model, pk, texts, clash=f"heißt dann wie Nr. {twin}")
    try:
        with transaction.atomic():
            row.update(**{field.name: clean for field, (_, clean) in texts.items()})
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation | ExclusionViolation):
            return Found(model, pk, texts, clash=broken_rule(error))
    except (ProgrammingError, DataError):
        pass
    else:
        return Found(model, pk, texts)
    return Found(model, pk, texts, kept="wird in der Datenbank nicht mehr geändert")


def _twin(model: type[Model], pk: int, texts: dict[Field, tuple[str, str]]) -> int | None:
    """Another record that bears the clean name."""
    named = next((clean for field, (_, clean) in texts.items() if field.name == "name"), None)
    if model not in NAMED_ONCE or named is None:
        return None
    wanted = folded(named)
    others = model._base_manager.exclude(pk=pk).order_by("pk").values_list("pk", "name")
    return next((other for other, name in others.iterator() if folded(name) == wanted), None)
