"""Import of Sachstände: one for each partnership and subject area; the import writes the draft."""

from collections.abc import Mapping
from typing import Any

from ministries.models import Responsibility, SubjectArea
from partnerships.imports.cells import Read, words_of
from partnerships.imports.kinds import (
    HOUSE,
    PARTNERSHIP,
    SOURCE,
    CellError,
    Column,
    Draft,
    ImportKind,
    form_data,
    form_errors,
)
from partnerships.imports.row_forms import RowForm
from partnerships.records.shared.actions import change_record, create_record
from partnerships.records.subject_records.forms import SubjectRecordForm
from partnerships.records.subject_records.models import SubjectRecord
from ui.text import clean_text

TEXTS = ("situation", "aims", "next_steps")
RELEASED = (*TEXTS, "source")


class ImportedSubjectRecordForm(RowForm, SubjectRecordForm):
    """House and subject area are settled by the import."""

    def _offer_areas(self) -> None:
        self.fields.pop("subject_area", None)


class SubjectRecordImport(ImportKind):
    key = "sachstaende"
    title = "Sachstände"
    noun = ("Sachstand", "Sachstände")
    list_route = "partnerships:subject-record-list"
    identity = ("partnership", "subject_area")
    model = SubjectRecord
    columns = (
        PARTNERSHIP,
        Column("subject_area", ("Themenfeld", "Thema", "Bereich"), is_required=True),
        Column("situation", ("Stand", "Lage", "aktueller Stand"), example="Der Austausch läuft."),
        Column("aims", ("Ziel",)),
        Column("next_steps", ("Weiteres Vorgehen", "Ausblick")),
        Column(
            "internal_notes", ("Intern", "Notizen"), "liest nur Ihr Haus", label="interne Notizen"
        ),
        HOUSE,
        SOURCE,
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        own = SubjectRecord.objects.visible_to(self.user).filter(ministry=self.ministry).in_use()
        related = own.select_related("partnership", "subject_area", "ministry")
        self.written = set(SubjectRecord.objects.values_list("partnership_id", "subject_area_id"))
        charges = Responsibility.objects.on(self.day).filter(ministry=self.ministry)
        self.charges = set(charges.values_list("subject_area_id", flat=True))
        self.known = {(row.partnership_id, row.subject_area_id): row for row in related}

    def readers(self) -> dict[str, Read]:
        areas = SubjectArea.objects.visible_to(self.user)
        pairs = [(name, row) for row in areas for name in (row.name, row.slug)]
        return super().readers() | {
            "partnership": self.partnerships(),
            "subject_area": words_of("ein Fachgebiet, wie es in Brücke heißt", pairs),
        }

    def draft(self, values: Mapping[str, Any]) -> Draft[SubjectRecord]:
        partnership, area = values["partnership"], values["subject_area"]
        found = self.known.get((partnership.pk, area.pk))
        if found is None and (
            area.pk not in self.charges or (partnership.pk, area.pk) in self.written
        ):
            raise CellError(
                "subject_area", f"ein Fachgebiet, für das {self.ministry} Sachstände schreibt"
            )
        record = found or SubjectRecord(
            ministry=self.ministry, partnership=partnership, subject_area=area
        )
        before = self.told(record) if found else {}
        texts = self._texts(found, values)
        data = form_data(ImportedSubjectRecordForm, record) | texts
        form = ImportedSubjectRecordForm(
            data, instance=record, user=self.user, partnership=partnership
        )
        if not form.is_valid():
            raise form_errors(form, self.columns)
        names = [*texts, *(() if found else ("partnership", "subject_area"))]
        return self.compared(Draft(record, found is None), before, names)

    def _texts(self, found: SubjectRecord | None, values: Mapping[str, Any]) -> dict[str, str]:
        """A list hands out the released text: handed back unchanged, it leaves the draft alone."""
        texts = {
            name: values[name] for name in (*TEXTS, "internal_notes", "source") if name in values
        }
        if found is None:
            return texts
        return {
            name: text
            for name, text in texts.items()
            if name not in RELEASED or text != clean_text(getattr(found, f"released_{name}"))
        }

    def told(self, record: SubjectRecord) -> dict[str, str]:
        area = record.subject_area.name if record.subject_area_id else ""
        names = {"partnership": record.partnership.name, "subject_area": area}
        return super().told(record) | names

    def write(self, draft: Draft[SubjectRecord], *, source: str) -> Any:
        """A draft of the house until it is released there, which also confirms it."""
        record = draft.record
        if "source" not in draft.fields:
            record.source = source
        record.as_of = self.day
        if draft.is_new:
            return create_record(record=record, by=self.user)
        return change_record(
            record=record,
            fields=[*dict.fromkeys([*draft.fields, "source", "as_of"])],
            expected_version=record.version,
            by=self.user,
        )
