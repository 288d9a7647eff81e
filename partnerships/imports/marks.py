"""What an imported row carries besides its cells."""

from datetime import date

from partnerships.imports.kinds import Draft


def mark_source(draft: Draft, source: str, day: date) -> None:
    """From a file, and confirmed by nobody yet."""
    record = draft.record
    if "source" not in draft.fields:
        record.source = source
    record.as_of, record.confirmed_on, record.confirmed_by = day, None, None
    marks = ["source", "as_of", "confirmed_on", "confirmed_by"]
    draft.fields = [*dict.fromkeys([*draft.fields, *marks])]
