"""What is cited at an answer, as far as whoever reads the answer may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from guidelines.evidence.models import CITED, Evidence
from guidelines.evidence.targets import Target, as_cited, url_of
from guidelines.statements.models import ReviewNote
from ministries.models import User

Notes = TypeVar("Notes", bound=QuerySet[ReviewNote])


@dataclass(frozen=True)
class Cited:
    key: str
    words: str
    warning: str = ""

    @property
    def url(self) -> str:
        return url_of(self.key)


def with_evidence(notes: Notes, user: User, *, is_released: bool = True) -> Notes:
    """Adds `told_evidence`, in the same query: what this person may know is cited.

    Of a statement that is not released yet as it reads today.
    """
    seen = Evidence.objects.of_seen(user).filter(review_note=OuterRef("pk")).order_by("pk")
    columns = columns_of_key() | {"pk": F("pk"), "wording": F("wording")}
    today = {} if is_released else as_cited()
    told = ArraySubquery(seen.values(value=JSONObject(**columns, **today)))
    return notes.annotate(told_evidence=told)


def cited_keys(note: ReviewNote) -> list[str]:
    return [key_in(row) for row in _told(note)]


def cited_rows(note: ReviewNote) -> list[tuple[str, int]]:
    """Each with the key of its row."""
    return [(key_in(row), row["pk"]) for row in _told(note)]


def show_evidence(notes: Iterable[ReviewNote]) -> None:
    """Puts `cited` on each note."""
    for note in notes:
        note.cited = [_cited(key_in(row), row) for row in _told(note)]


def keep_evidence(notes: Iterable[ReviewNote], released: Iterable[ReviewNote]) -> None:
    """A new version that is not released yet rests on what the released one does."""
    before = {note.pk: note.cited for note in released}
    for note in notes:
        note.cited = before[note.pk]


def _cited(key: str, row: Mapping[str, Any]) -> Cited:
    if "title" not in row:
        return Cited(key, row["wording"])
    target = Target.of(key, row)
    return Cited(key, target.words, target.warning)


def _told(note: ReviewNote) -> list[dict[str, Any]]:
    return getattr(note, "told_evidence", [])


def columns_of_key() -> dict[str, F]:
    return {f"cited_{name}": F(f"{name}_id") for name in CITED}


def key_in(row: Mapping[str, Any]) -> str:
    found = ((name, row[f"cited_{name}"]) for name in CITED)
    return next(f"{name}-{pk}" for name, pk in found if pk is not None)
