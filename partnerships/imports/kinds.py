"""What can be imported: the columns of each kind, how a row finds its record, how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.forms import BaseForm
from django.utils.text import capfirst

from ministries.models import Ministry, User
from partnerships.imports.cells import Read, Words, reader_of, told_by, words_of
from partnerships.register.partners.partnerships import Partnership
from ui.text import folded

Record = TypeVar("Record", bound=models.Model)
NUMBER = "die Nummer eines Eintrags Ihres Hauses, oder leer für einen neuen"


@dataclass(frozen=True)
class Column:
    """A field of the record gives label and reading; `variants` are other headings houses use for it.

    A name that is no field has a label of its own, and the kind reads it.
    """

    name: str
    variants: tuple[str, ...] = ()
    help: str = ""
    example: str = ""
    label: str = ""
    is_required: bool = False
    # Fields of the record, where it fills others than the one of its name.
    fills: tuple[str, ...] = ()
    field: models.Field | None = None

    def of(self, model: type[models.Model]) -> "Column":
        try:
            field: Any = model._meta.get_field(self.name)
        except FieldDoesNotExist:
            return self
        return replace(self, field=field, label=self.label or capfirst(field.verbose_name))

    @property
    def headings(self) -> set[str]:
        return {folded(word) for word in (self.label, *self.variants)}


HOUSE = Column("ministry", ("Haus", "Ministerium", "zuständig"), "Ihr eigenes Haus")
NUMBER_COLUMN = Column(
    "pk", ("Nummer", "ID"), "nur in Ausgaben aus Brücke; sonst leer", label="Nr."
)
SOURCE = Column("source", ("Woher stammt die Angabe?", "Fundstelle"))
PARTNERSHIP = Column(
    "partnership",
    ("Partner", "Partnerregion", "Region", "Partnerland"),
    "Name wie in Brücke",
    is_required=True,
)


class CellError(Exception):
    """`name` is the column whose cell is wrong, empty if it is the row as a whole."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(expected)
        self.name, self.expected = name, expected


@dataclass
class Draft(Generic[Record]):
    """A record as the row would have it; `fields` are those that differ from what is stored."""

    record: Record
    is_new: bool
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    links: dict[str, list[int]] = field(default_factory=dict)
    # What a new record gets besides its own fields.
    acts: dict[str, Any] = field(default_factory=dict)
    # What a new record may be once more; whoever imports says whether it is.
    alike: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        return "new" if self.is_new else "changed" if self.fields or self.links else "same"


class ImportKind:
    """Made once for an import; knows the names of everything the person may name."""

    do_not_call_in_templates = True  # Django calls classes it meets there
    key: ClassVar[str]
    title: ClassVar[str]
    noun: ClassVar[tuple[str, str]]
    model: ClassVar[type[models.Model]]
    columns: ClassVar[tuple[Column, ...]]
    # Where the list of these records is.
    list_route: ClassVar[str]
    # What whoever imports these must hold.
    permission: ClassVar[str] = "partnerships.add_record"
    is_register: ClassVar[bool] = False
    # Columns in which two rows of one file must differ; empty: in any.
    identity: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        if "columns" in vars(cls):
            cls.columns = tuple(column.of(cls.model) for column in cls.columns)

    def __init__(self, *, user: User, ministry: Ministry, day: date) -> None:
        self.user, self.ministry, self.day = user, ministry, day
        own = self.readers()
        fields = [column.field for column in self.columns if column.field]
        self.read = own | {one.name: reader_of(one) for one in fields if one.name not in own}
        self.taken: dict[Any, int] = {}

    def readers(self) -> dict[str, Read]:
        """What turns the text of a cell into a value, for columns whose field does not say it."""
        return {"ministry": self.houses(), "pk": str}

    def allowed(self, name: str) -> tuple[str, ...]:
        """The words a column may hold, for the template; empty if it is free."""
        return getattr(self.read[name], "offered", ())

    def draft(self, values: Mapping[str, Any]) -> Draft[Any]:
        """The record a row means, checked as its form checks it; raises CellError."""
        raise NotImplementedError

    def write(self, draft: Draft[Any], *, source: str) -> Any:
        raise NotImplementedError

    def told(self, record: Any) -> dict[str, str]:
        """The columns of a record in words; what leads to other records is told by the kind."""
        fields = [column.field for column in self.columns if column.field]
        return {one.name: told_by(one, record) for one in fields if not one.is_relation}

    def fields_of(self, draft: Draft[Any]) -> list[str]:
        """What of the record differs, by the names of its fields."""
        fills = {column.name: column.fills for column in self.columns if column.fills}
        parts = (part for name in draft.fields for part in fills.get(name, (name,)))
        return [*dict.fromkeys(parts)]

    def title_of(self, draft: Draft[Any]) -> str:
        return str(draft.record)

    # What the kinds share

    def houses(self) -> Words:
        own = (self.ministry.abbreviation, self.ministry.name)
        expected = (
            f"{self.ministry.abbreviation}. Sie importieren für dieses Haus; filtern Sie die "
            "Liste vor der Ausgabe nach „Mein Ressort“"
        )
        return words_of(expected, [(name, self.ministry) for name in own])

    def partnerships(self) -> Words:
        rows = list(Partnership.objects.visible_to(self.user).prefetch_related("regions"))
        pairs = [(name, row) for row in rows for name in (row.name, row.slug)]
        regions = [
            (name, row) for row in rows for region in row.regions.all() for name in region.names
        ]
        return words_of("eine Partnerschaft, wie sie in Brücke heißt", pairs, regions)

    def refuse_twice(self, key: Any, row: int) -> None:
        """Two rows for one record would overwrite each other."""
        if key in self.taken:
            raise CellError(
                "", f"jeder Eintrag einmal; dieser steht schon in Zeile {self.taken[key]}"
            )
        self.taken[key] = row

    def compared(
        self, draft: Draft[Record], before: Mapping[str, str], names: list[str]
    ) -> Draft[Record]:
        """Fills in what differs, only of the columns the row fills."""
        after = self.told(draft.record)
        labels = {column.name: column.label for column in self.columns}
        for name in names:
            old, new = before.get(name, ""), after.get(name, "")
            if name in after and (draft.is_new or old != new) and new:
                draft.changes.append((labels[name], "" if draft.is_new else old, new))
                draft.fields.append(name)
        return draft


def of_one(rows: list[Record], name: str, what: str) -> Record | None:
    """The one record that fits, None without one; several cannot be told apart."""
    if len(rows) > 1:
        raise CellError(name, f"ein Eintrag, der eindeutig ist; {what} gibt es mehrmals")
    return rows[0] if rows else None


def form_errors(form: BaseForm, columns: tuple[Column, ...]) -> CellError:
    """The first error of a form, at the column it belongs to."""
    known = {column.name for column in columns}
    for name, errors in form.errors.items():
        text = str(errors[0])
        return CellError(name if name in known else "", text[:1].lower() + text[1:].rstrip("."))
    raise AssertionError("only called for a form with errors")


def form_data(form_class: Any, record: Any) -> dict[str, Any]:
    """What its form would send if nothing was changed."""
    data: dict[str, Any] = {}
    for name in form_class._meta.fields:
        model_field = record._meta.get_field(name)
        if model_field.many_to_many:
            continue
        value = model_field.value_from_object(record)
        if value is not None and value is not False:
            data[name] = value.isoformat() if isinstance(value, date) else str(value)
    return data
