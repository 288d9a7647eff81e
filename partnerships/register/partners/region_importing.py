"""Import of the register by the coordination: agreements, and the regions we work with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django_countries import countries

from partnerships.imports.cells import (
    Read,
    choice_words,
    folded,
    read_day,
    read_number,
    read_period,
    read_yes_no,
    text_up_to,
    words_of,
)
from partnerships.imports.kinds import (
    PARTNERSHIP,
    SOURCE,
    CellError,
    Column,
    Draft,
    ImportKind,
    of_one,
)
from partnerships.imports.marks import mark_source
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.regions import Region
from partnerships.register.partners.row_actions import change_register_row, create_register_row
from ui.dates import german_date, partial_date
from ui.text import clean_line

SLUG = Column("slug", "Kurzname", (), "nur wenn er schon bekannt ist")


def by_name(rows: Iterable[Any]) -> dict[str, list[Any]]:
    named: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        named[folded(row.name)].append(row)
    return named


class RegisterImport(ImportKind):
    """Written by the admin's rules: the model checks, the coordination may."""

    permission = "partnerships.maintain_register"
    is_register = True
    model: Any

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = list(self.model.objects.visible_to(self.user))
        self.by_slug = {row.slug: row for row in self.rows}
        self.slugs = set(self.model._base_manager.values_list("slug", flat=True))

    def draft(self, values: Mapping[str, Any]) -> Draft:
        found = self.found(values)
        record = found or self.model()
        before = self.told(record) if found else {}
        self.fill(record, values)
        if found is None:
            record.slug = self._new_slug(values)
        try:
            record.clean_fields(exclude=[f.name for f in record._meta.fields if f.is_relation])
            self.check(record)
        except ValidationError as error:
            raise self._as_cell_error(error) from error
        names = [name for name in values if name != "slug"]
        return self.compared(Draft(record, found is None), before, names)

    def found(self, values: Mapping[str, Any]) -> Any:
        raise NotImplementedError

    def fill(self, record: Any, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            if name != "slug":
                setattr(record, name, value)

    def check(self, record: Any) -> None:
        """What the database holds for several columns together."""

    def by_short_name(self, values: Mapping[str, Any]) -> Any:
        """None without one; an unknown one is refused, lest a slip makes a second record."""
        slug = values.get("slug")
        if slug and slug not in self.by_slug:
            raise CellError("slug", "ein bekannter Kurzname, oder leer für einen neuen Eintrag")
        return self.by_slug.get(slug or "")

    def _new_slug(self, values: Mapping[str, Any]) -> str:
        stem = slugify(self.words_of_slug(values))[:40].strip("-") or "eintrag"
        slug, number = stem, 2
        while slug in self.slugs:
            slug, number = f"{stem}-{number}", number + 1
        self.slugs.add(slug)
        return slug

    def words_of_slug(self, values: Mapping[str, Any]) -> str:
        raise NotImplementedError

    def _as_cell_error(self, error: ValidationError) -> CellError:
        known = {column.name for column in self.columns}
        for name, texts in error.message_dict.items():
            return CellError(name if name in known else "", texts[0].rstrip("."))
        return CellError("", "gültige Angaben")

    def write(self, draft: Draft, *, source: str) -> Any:
        mark_source(draft, source, self.day)
        if draft.is_new:
            return create_register_row(record=draft.record, by=self.user)
        fields = [part for name in draft.fields for part in self.parts(name)]
        return change_register_row(
            record=draft.record,
            fields=fields,
            expected_version=draft.record.version,
            by=self.user,
        )

    def parts(self, name: str) -> tuple[str, ...]:
        """The fields of the model that a column fills."""
        return (name,)


class AgreementImport(RegisterImport):
    key = "vereinbarungen"
    title = "Vereinbarungen"
    noun = ("Vereinbarung", "Vereinbarungen")
    list_route = "partnerships:agreements_list"
    identity = ("title", "partnership", "signed_on")
    model = Agreement
    columns = (
        Column("title", "Vereinbarung", ("Titel", "Bezeichnung"), is_required=True),
        PARTNERSHIP,
        Column("kind", "Art", ("Typ", "Art der Vereinbarung"), is_required=True),
        Column("signed_on", "Unterzeichnet", ("unterzeichnet am", "Datum", "vom"), example="April 2010"),
        Column("place", "Ort", ("Unterzeichnungsort",)),
        Column("saxon_signatory", "Unterzeichner (Sachsen)", ("Unterzeichner Sachsen",)),
        Column("partner_signatory", "Unterzeichner (Partner)", ("Unterzeichner Partner",)),
        Column("languages", "Sprachen", ("Sprache",)),
        Column("term", "Art der Laufzeit", ("Befristung",)),
        Column("valid_until", "Laufzeit bis", ("gültig bis", "Ende", "befristet bis")),
        Column("notice_months", "Kündigungsfrist in Monaten", ("Kündigungsfrist",)),
        Column("review_on", "zu prüfen am", ("Prüftermin",)),
        Column("file_reference", "Aktenzeichen", ("Az.", "Az")),
        SOURCE,
        SLUG,
    )  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_title: dict[Any, list[Agreement]] = defaultdict(list)
        for row in self.rows:
            self.by_title[row.partnership_id, folded(row.title)].append(row)

    def readers(self) -> dict[str, Read]:
        lines = ("title", "place", "saxon_signatory", "partner_signatory", "languages")
        return {
            **dict.fromkeys((*lines, "file_reference", "source", "slug"), clean_line),
            "partnership": self.partnerships(),
            "kind": choice_words(Agreement.Kind.choices),
            "term": choice_words(Agreement.Term.choices),
            "signed_on": read_period,
            "valid_until": read_day,
            "review_on": read_day,
            "notice_months": read_number,
        }

    def allowed(self, name: str) -> list[str]:
        choices: dict[str, Any] = {"kind": Agreement.Kind.choices, "term": Agreement.Term.choices}
        return [str(label) for _, label in choices.get(name, [])]

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

    def parts(self, name: str) -> tuple[str, ...]:
        more = {
            "signed_on": ("signed_on", "signed_on_precision"),
            "valid_until": ("valid_until", "term"),
        }
        return more.get(name, (name,))

    def words_of_slug(self, values: Mapping[str, Any]) -> str:
        return f"{values['partnership'].slug} {values['title']}"

    def told(self, record: Agreement) -> dict[str, str]:
        lines = ("title", "place", "saxon_signatory", "partner_signatory", "languages")
        return {
            **{name: getattr(record, name) for name in (*lines, "file_reference", "source")},
            "partnership": record.partnership.name,
            "kind": record.get_kind_display(),
            "term": record.get_term_display(),
            "signed_on": partial_date(record.signed_on, record.signed_on_precision),
            "valid_until": german_date(record.valid_until),
            "review_on": german_date(record.review_on),
            "notice_months": str(record.notice_months or ""),
        }


class RegionImport(RegisterImport):
    key = "regionen"
    title = "Partnerregionen"
    noun = ("Partnerregion", "Partnerregionen")
    list_route = "partnerships:regions"
    identity = ("name",)
    model = Region
    columns = (
        Column("name", "Name", ("Partnerregion", "Region"), is_required=True),
        Column("official_name", "Amtlicher Name", ("Name in Landessprache",)),
        Column("aliases", "Andere Namen", ("Weitere Namen",), "mit Komma dazwischen"),
        Column("country", "Staat", ("Land",), is_required=True, example="Polen"),
        Column("iso_3166_2", "ISO 3166-2", ("ISO",)),
        Column("nuts", "NUTS"),
        Column("seat", "Sitz", ("Hauptstadt", "Hauptort")),
        Column("population", "Einwohner", ("Einwohnerzahl", "Bevölkerung")),
        Column("population_year", "Einwohner im Jahr", ("Stand Einwohner",)),
        Column("is_border_region", "Verflechtungsraum", (), "ja oder nein"),
        SOURCE,
        SLUG,
    )  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_name = by_name(self.rows)

    def readers(self) -> dict[str, Read]:
        lines = ("official_name", "iso_3166_2", "nuts", "seat", "source", "slug")
        states = [(name, code) for code, label in countries for name in (str(label), str(code))]
        return {
            **dict.fromkeys(lines, clean_line),
            "name": text_up_to(120),
            "aliases": lambda text: "\n".join(
                part.strip() for part in text.replace("\n", ",").split(",") if part.strip()
            ),
            "country": words_of("ein Staat, zum Beispiel Polen", states),
            "population": read_number,
            "population_year": read_number,
            "is_border_region": read_yes_no,
        }

    def found(self, values: Mapping[str, Any]) -> Any:
        if known := self.by_short_name(values):
            return known
        same = self.by_name.get(folded(values["name"]), [])
        return of_one(same, "name", "diese Partnerregion")

    def words_of_slug(self, values: Mapping[str, Any]) -> str:
        return str(values["name"])

    def told(self, record: Region) -> dict[str, str]:
        lines = ("name", "official_name", "iso_3166_2", "nuts", "seat", "source")
        country: Any = record.country
        return {
            **{name: getattr(record, name) for name in lines},
            "aliases": ", ".join(record.alias_list),
            "country": str(country.name),
            "population": str(record.population or ""),
            "population_year": str(record.population_year or ""),
            "is_border_region": "ja" if record.is_border_region else "nein",
        }
