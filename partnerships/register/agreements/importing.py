"""Import of agreements by the coordination."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from partnerships.imports.cells import Read, read_past_partial
from partnerships.imports.kinds import PARTNERSHIP, SOURCE, Column, of_one
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.region_importing import SLUG, RegisterImport
from ui.dates import partial_date
from ui.text import folded


class AgreementImport(RegisterImport):
    key = "vereinbarungen"
    title = "Vereinbarungen"
    noun = ("Vereinbarung", "Vereinbarungen")
    list_route = "partnerships:agreements_list"
    identity = ("title", "partnership", "signed_on")
    model = Agreement
    columns = (
        Column("title", ("Titel", "Bezeichnung"), label="Vereinbarung", is_required=True),
        PARTNERSHIP,
        Column("kind", ("Typ", "Art der Vereinbarung"), is_required=True),
        Column("signed_on", ("unterzeichnet am", "Datum", "vom"), example="April 2010",
               label="Unterzeichnet", fills=("signed_on", "signed_on_precision")),
        Column("place", ("Unterzeichnungsort",)),
        Column("saxon_signatory", ("Unterzeichner Sachsen",)),
        Column("partner_signatory", ("Unterzeichner Partner",)),
        Column("languages", ("Sprache",)),
        Column("term", ("Befristung",), label="Art der Laufzeit"),
        Column("valid_until", ("gültig bis", "Ende", "befristet bis"), fills=("valid_until", "term")),
        Column("notice_months", ("Kündigungsfrist",)),
        Column("review_on", ("Prüftermin",), label="zu prüfen am"),
        Column("file_reference", ("Az.", "Az")),
        SOURCE,
        SLUG,
    )  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_title: dict[Any, list[Agreement]] = defaultdict(list)
        for row in self.rows:
            self.by_title[row.partnership_id, folded(row.title)].append(row)

    def readers(self) -> dict[str, Read]:
        return super().readers() | {
            "partnership": self.partnerships(),
            "signed_on": read_past_partial,
        }

    def found(self, values: Mapping[str, Any]) -> Any:
        if known := self.by_short_name(values):
            return known
        same = self.by_title.get((values["partnership"].pk, folded(values["title"])), [])
        signed = values.get("signed_on")
        if len(same) > 1 and signed:
            same = [row for row in same if row.signed_on == signed.first]
        return of_one(same, "title", "diese Vereinbarung")

    def fill(self, record: Agreement, values: Mapping[str, Any]) -> None:
        signed = values.get("signed_on")
        rest = {name: value for name, value in values.items() if name != "signed_on"}
        super().fill(record, rest)
        if signed:
            record.signed_on, record.signed_on_precision = signed.first, signed.precision
        if (
            "valid_until" in values
            and "term" not in values
            and record.term == Agreement.Term.UNKNOWN
        ):
            record.term = Agreement.Term.FIXED

    def check(self, record: Agreement) -> None:
        if record.term == Agreement.Term.FIXED and record.valid_until is None:
            raise ValidationError({"valid_until": "das Ende einer befristeten Vereinbarung"})
        if record.valid_until and record.signed_on and record.valid_until < record.signed_on:
            raise ValidationError({"valid_until": "ein Tag nach der Unterzeichnung"})

    def words_of_slug(self, values: Mapping[str, Any]) -> str:
        return f"{values['partnership'].slug} {values['title']}"

    def told(self, record: Agreement) -> dict[str, str]:
        return super().told(record) | {
            "partnership": record.partnership.name,
            "signed_on": partial_date(record.signed_on, record.signed_on_precision),
        }
