"""Plain functions that make one record of a ministry each; every argument by name."""

from datetime import UTC, date, datetime
from typing import Any

from ministries.models import Ministry, SubjectArea, User
from partnerships.models import (
    Activity,
    ColumnMapping,
    Commitment,
    Contact,
    Document,
    FollowUp,
    Gift,
    Import,
    Meeting,
    Note,
    Organisation,
    Partnership,
    SubjectRecord,
    WorkingGroup,
)
from tests.factories import next_number

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def make_subject_record(
    *,
    partnership: Partnership,
    area: SubjectArea,
    ministry: Ministry,
    released_by: User | None = None,
    **fields: Any,
) -> SubjectRecord:
    """With `released_by`, the working text is released as it stands."""
    defaults: dict[str, Any] = {
        "situation": "Es läuft.",
        "aims": "Austausch",
        "next_steps": "Reise",
    }
    defaults |= fields
    if released_by is not None:
        texts = ("situation", "aims", "next_steps", "source")
        defaults |= {f"released_{name}": defaults.get(name, "") for name in texts}
        defaults |= {"released_on": date(2026, 5, 1), "released_by": released_by}
    return SubjectRecord.objects.create(
        partnership=partnership, subject_area=area, ministry=ministry, **defaults
    )


def make_activity(
    *, ministry: Ministry, partnerships: list[Partnership] | None = None, **fields: Any
) -> Activity:
    defaults = {
        "title": f"Gastspiel {next_number()}",
        "kind": Activity.Kind.EVENT,
        "starts_on": date(2026, 5, 12),
    }
    activity = Activity.objects.create(ministry=ministry, **(defaults | fields))
    activity.partnerships.set(partnerships or [])
    return activity


def make_organisation(**fields: Any) -> Organisation:
    defaults = {"name": f"Kammerchor {next_number()}", "kind": Organisation.Kind.CHOIR}
    return Organisation.objects.create(**(defaults | fields))


def make_working_group(
    *, ministry: Ministry, partnership: Partnership, **fields: Any
) -> WorkingGroup:
    defaults = {"name": f"Arbeitsgruppe {next_number()}", "cadence_months": 12}
    return WorkingGroup.objects.create(
        ministry=ministry, partnership=partnership, **(defaults | fields)
    )


def make_meeting(*, working_group: WorkingGroup, **fields: Any) -> Meeting:
    defaults = {"held_on": date(2026, 4, 2), "place": "Dresden"}
    return Meeting.objects.create(working_group=working_group, **(defaults | fields))


def make_commitment(*, ministry: Ministry, partnership: Partnership, **fields: Any) -> Commitment:
    defaults = {"title": f"Gegenbesuch {next_number()}", "due_on": date(2027, 6, 30)}
    return Commitment.objects.create(
        ministry=ministry, partnership=partnership, **(defaults | fields)
    )


def make_contact(*, ministry: Ministry, **fields: Any) -> Contact:
    defaults = {"function": f"Leitung Referat {next_number()}"}
    return Contact.objects.create(ministry=ministry, **(defaults | fields))


def make_note(
    *,
    ministry: Ministry,
    partnership: Partnership,
    released_by: User | None = None,
    **fields: Any,
) -> Note:
    defaults: dict[str, Any] = {
        "title": f"Gespräch {next_number()}",
        "noted_on": date(2026, 5, 12),
        "text": "Man sprach miteinander.",
    }
    if released_by is not None:
        defaults |= {"released_at": NOW, "released_by": released_by}
    return Note.objects.create(ministry=ministry, partnership=partnership, **(defaults | fields))


def make_gift(*, ministry: Ministry, partnership: Partnership, **fields: Any) -> Gift:
    defaults = {"direction": "given", "given_on": date(2026, 5, 12), "title": "Schale"}
    return Gift.objects.create(ministry=ministry, partnership=partnership, **(defaults | fields))


def make_document(
    *, ministry: Ministry, partnership: Partnership, uploaded_by: User, **fields: Any
) -> Document:
    """The row alone; a test that reads the file stores one itself."""
    number = next_number()
    defaults = {
        "title": f"Programm {number}",
        "file_name": f"programm-{number}.pdf",
        "storage_name": f"{number:064d}",
        "media_type": "application/pdf",
        "size": 1000,
        "checksum": "0" * 64,
        "uploaded_at": NOW,
        "uploaded_by": uploaded_by,
    }
    return Document.objects.create(
        ministry=ministry, partnership=partnership, **(defaults | fields)
    )


def make_follow_up(*, ministry: Ministry, partnership: Partnership, **fields: Any) -> FollowUp:
    defaults = {"text": f"Nachfragen {next_number()}", "due_on": date(2026, 12, 1)}
    return FollowUp.objects.create(
        ministry=ministry, partnership=partnership, **(defaults | fields)
    )


def make_import(*, ministry: Ministry, uploaded_by: User, **fields: Any) -> Import:
    """Contacts, checked and without an error."""
    change = {"label": "Funktion", "old": "", "new": "Leitung"}
    item = {"row": 2, "title": "Leitung", "outcome": "new", "rows": [change]}
    defaults: dict[str, Any] = {
        "kind": "kontakte",
        "state": Import.State.CHECKED,
        "file_name": "liste.xlsx",
        "sheet": "Tabelle1",
        "headings": ["Funktion"],
        "rows": [[2, ["Leitung"]]],
        "mapping": {"0": "function"},
        "items": [item],
        "row_count": 1,
        "new_count": 1,
        "uploaded_at": NOW,
    }
    return Import.objects.create(ministry=ministry, uploaded_by=uploaded_by, **(defaults | fields))


def make_column_mapping(*, ministry: Ministry, **fields: Any) -> ColumnMapping:
    defaults = {"kind": "kontakte", "fingerprint": f"{next_number():064d}", "mapping": {}}
    return ColumnMapping.objects.create(ministry=ministry, **(defaults | fields))
