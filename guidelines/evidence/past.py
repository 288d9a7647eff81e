"""What an earlier version cited, read from the history the database keeps."""

from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import F, Q

from guidelines.evidence.forms import PREFIX
from guidelines.evidence.models import Evidence, seen_by
from guidelines.evidence.pages import columns_of_key, key_in
from guidelines.statements.models import ReviewNote, Statement
from ministries.history.tracking import events_of
from ministries.models import User


def evidence_in_version(
    statement: Statement, version: int | None, offered: Container[str] | None = None
) -> dict[str, str]:
    """As a conflict compares it, of all or of what is offered; {} if it is not known."""
    versions = events_of(Statement).filter(pgh_obj=statement.pk, version=version)
    event = versions.order_by("-pgh_id").first()
    if event is None:
        return {}
    rows = (
        events_of(Evidence)
        .filter(review_note__statement=statement.pk, pgh_created_at__lte=event.pgh_created_at)
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
        .values("pgh_label", criterion=F("review_note__criterion"), **columns_of_key())
    )
    found: dict[str, set[str]] = {}
    for note in statement.review_notes.all():
        found[f"{PREFIX}{note.criterion_id}"] = set()
    for row in rows:
        key = key_in(row)
        if row["pgh_label"] != "delete" and (offered is None or key in offered):
            found[f"{PREFIX}{row['criterion']}"].add(key)
    return {name: "\n".join(sorted(keys)) for name, keys in found.items()}


def cited_in_version(statement: Statement, version: int, user: User) -> dict[str, str]:
    """In the words of that version, of a released one; as far as this person may see it."""
    versions = events_of(Statement).filter(pgh_obj=statement.pk, version=version)
    written = versions.order_by("-pgh_id").values_list("pgh_obj", "pgh_created_at")[:1]
    return cited_before(dict(written), user).get(statement.pk, {})


def cited_before(released: Mapping[int, datetime], user: User) -> dict[int, dict[str, str]]:
    """In the words of that release, as far as this person may see it; by statement id."""
    if not released:
        return {}
    until = (Q(review_note__statement=pk, pgh_created_at__lte=at) for pk, at in released.items())
    rows = (
        seen_by(events_of(Evidence), user)
        .filter(reduce(or_, until))
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
        .values_list("review_note__statement", "review_note__criterion", "wording", "pgh_label")
    )
    found: dict[int, dict[str, list[str]]] = {pk: {} for pk in released}
    for pk, criterion, wording, label in rows:
        if label != "delete":
            found[pk].setdefault(f"{PREFIX}{criterion}", []).append(wording)
    return {
        pk: {name: in_words(words) for name, words in cited.items()} for pk, cited in found.items()
    }


def cited_now(notes: Sequence[ReviewNote]) -> dict[str, str]:
    """The same of today, of notes that show what is cited."""
    return {
        f"{PREFIX}{note.criterion_id}": in_words([one.words for one in note.cited])
        for note in notes
    }


def in_words(cited: Sequence[str]) -> str:
    return "; ".join(sorted(cited))
