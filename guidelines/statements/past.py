"""A statement as it was, read from the history the database keeps."""

from guidelines.statements.models import ReviewNote, Statement
from ministries.history.tracking import events_of
from ui.dates import german_date


def stored_in_version(statement: Statement, version: int | None) -> dict[str, str]:
    """The texts of an earlier version, under the names of the form; {} if it is not known.

    All rows written in one transaction bear the same time.
    """
    events = events_of(Statement).filter(pgh_obj=statement.pk, version=version)
    event = events.order_by("-pgh_id").first()
    if event is None:
        return {}
    rows = (
        events_of(ReviewNote)
        .filter(statement=statement.pk, pgh_created_at__lte=event.pgh_created_at)
        .order_by("criterion", "-pgh_id")
        .distinct("criterion")
        .values_list("criterion", "answer", "reason")
    )
    values = {
        "vote": event.vote,
        "vote_until_on": german_date(event.vote_until_on),
        "key_message": event.key_message,
    }
    for criterion, answer, reason in rows:
        values |= {f"answer_{criterion}": answer, f"reason_{criterion}": reason}
    return values
