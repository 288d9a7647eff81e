"""What an earlier version cited, read from the history the database keeps."""

from collections.abc import Container

from django.db.models import F

from guidelines.evidence.forms import PREFIX
from guidelines.evidence.models import Evidence
from guidelines.evidence.pages import columns_of_key, key_in
from guidelines.statements.models import Statement
from ministries.history.tracking import events_of


def evidence_in_version(
    statement: Statement, version: int | None, offered: Container[str]
) -> dict[str, str]:
    """Of the records that are offered, as a conflict compares them; {} if it is not known."""
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
        if row["pgh_label"] != "delete" and (key := key_in(row)) in offered:
            found[f"{PREFIX}{row['criterion']}"].add(key)
    return {name: "\n".join(sorted(keys)) for name, keys in found.items()}
