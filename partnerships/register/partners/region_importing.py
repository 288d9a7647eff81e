"""Import of the register by the coordination, and of the regions we work with."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from partnerships.imports.cells import Read, text_up_to
from partnerships.imports.kinds import SOURCE, CellError, Column, Draft, ImportKind, of_one
from partnerships.imports.marks import mark_source
from partnerships.register.partners.countries import country_code
from partnerships.register.partners.regions import Region
from partnerships.register.partners.row_actions import change_register_row, create_register_row
from ui.text import folded

SLUG = Column("slug", (), "nur wenn er schon bekannt ist")


class RegisterImport(ImportKind):
    """Written by the admin's rules: the model checks, the coordination may."""

    permission = "partnerships.maintain_register"
    is_register = True
    model: ClassVar[Any]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = list(self.model.objects.visible_to(self.user))
        self.by_slug = {row.slug: row for row in self.rows}
        self.slugs = set(self.model._base_manager.values_list("slug", flat=True))

    def draft(self, values: Mapping[str, Any]) -> Draft:
        found = self.found(values)
        if found and not values.get("slug"):
            # What is found by its name keeps the spelling of it.
            values = {name: value for name, value in values.items() if name != self.model.named_by}
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
        return change_register_row(
            record=draft.record,
            fields=self.fields_of(draft),
            expected_version=draft.record.version,
            by=self.user,
        )


class NamedImport(RegisterImport):
    """Known by its name or by another it has; a row with one of those leaves the name as it is."""

    identity = ("name",)
    this: ClassVar[str]

    def index(self) -> None:
        self.by_slug = {row.slug: row for row in self.rows}
        self.by_name: dict[str, list[Any]] = defaultdict(list)
        self.by_other: dict[str, list[Any]] = defaultdict(list)
        for row in self.rows:
            self.by_name[folded(row.name)].append(row)
            for key in {folded(name) for name in self.other_names(row)}:
                self.by_other[key].append(row)

    def other_names(self, row: Any) -> list[str]:
        raise NotImplementedError

    def found(self, values: Mapping[str, Any]) -> Any:
        if known := self.by_short_name(values):
            return known
        name = folded(values["name"])
        return of_one(self.by_name.get(name) or self.by_other.get(name) or [], "name", self.this)

    def words_of_slug(self, values: Mapping[str, Any]) -> str:
        return str(values["name"])


class RegionImport(NamedImport):
    key = "regionen"
    title = "Partnerregionen"
    noun = ("Partnerregion", "Partnerregionen")
    list_route = "partnerships:regions"
    this = "diese Partnerregion"
    model = Region
    columns = (
        Column("name", ("Partnerregion", "Region"), is_required=True),
        Column("official_name", ("Name in Landessprache",)),
        Column("aliases", ("Weitere Namen",), "mit Komma dazwischen"),
        Column("country", ("Land",), is_required=True, example="Polen"),
        Column("iso_3166_2", ("ISO",)),
        Column("nuts"),
        Column("seat", ("Hauptstadt", "Hauptort")),
        Column("population", ("Einwohnerzahl", "Bevölkerung")),
        Column("population_year", ("Stand Einwohner",)),
        Column("is_border_region", (), "ja oder nein"),
        SOURCE,
        SLUG,
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.index()

    def readers(self) -> dict[str, Read]:
        return super().readers() | {
            "name": text_up_to(120),
            "aliases": lambda text: "\n".join(
                part.strip() for part in text.replace("\n", ",").split(",") if part.strip()
            ),
            "country": country_code,
        }

    def other_names(self, row: Region) -> list[str]:
        return row.names

    def told(self, record: Region) -> dict[str, str]:
        return super().told(record) | {"aliases": ", ".join(record.alias_list)}
