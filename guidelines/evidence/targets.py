"""The records a house can cite in a statement, and how each reads: one query for all kinds."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple, Self

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse

from guidelines.evidence.models import CITED, LONGEST_WORDING, Evidence, seen_by
from guidelines.statements.models import Statement
from ministries.models import Capacity, Role, User
from partnerships.models import Activity, Agreement
from ui.dates import german_date
from ui.periods import period_words


class Target(NamedTuple):
    """A record of any kind, in the columns all of them share for one query."""

    kind: str
    pk: int
    is_own: bool
    word: str
    title: str
    first: date | None
    precision: str
    last: date | None
    reference: str
    # Whether the coordination, and whoever else will read the statement, may see it.
    is_coordinated: bool
    is_open: bool

    @classmethod
    def of(cls, key: str, row: Mapping[str, Any]) -> Self:
        """From the JSON of `as_cited`."""
        kind, _, pk = key.partition("-")
        days = {name: row[name] and date.fromisoformat(row[name]) for name in ("first", "last")}
        told = {name: row[name] for name in cls._fields[3:]} | days
        return cls(kind=kind, pk=int(pk), is_own=False, **told)

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"

    @property
    def words(self) -> str:
        """ "Delegationsreise: Gastspiel in Gent, 12.05.2025 bis 14.05.2025, Az. 4-0123"."""
        named = f"{self._kind_words}: {self.title}"
        reference = self.reference and f"Az. {self.reference}"
        return ", ".join(filter(None, (named, self._day_words, reference)))[:LONGEST_WORDING]

    @property
    def warning(self) -> str:
        """What the author is told: those read nothing of it."""
        if not self.is_coordinated:
            return "Staatskanzlei und andere Ressorts sehen das nicht"
        return "" if self.is_open else "andere Ressorts sehen das nicht"

    @property
    def withheld_from(self) -> str:
        """From whom a release hides it."""
        if not self.is_coordinated:
            return Evidence.Withheld.EVERYBODY
        return "" if self.is_open else Evidence.Withheld.HOUSES

    @property
    def _kind_words(self) -> str:
        match self.kind:
            case "activity":
                return str(Activity.Kind(self.word).label)
            case "agreement":
                return str(Agreement.Kind(self.word).label)
        return str(CITED[self.kind]._meta.verbose_name)

    @property
    def _day_words(self) -> str:
        if self.first is None:
            return ""
        if self.kind == "commitment":
            return f"fällig am {german_date(self.first)}"
        return period_words(self.first, self.precision, self.last)


def url_of(key: str) -> str:
    kind, _, pk = key.partition("-")
    return reverse(f"partnerships:{kind}", args=[pk])


def citable(statement: Statement, user: User, also: Collection[str] = ()) -> list[Target]:
    """What this person may see of the partnership, the statement's own house first.

    What is archived or about another partnership by now stays where it is cited, and `also`.
    """
    parts = {
        name: model._default_manager.visible_to(user).filter(
            _is_offered(name, statement) | Q(pk__in=pks_in(also, name))
        )
        for name, model in CITED.items()
    }
    # Outside its circle nobody reads the statement about a confidential partnership either.
    is_known = not statement.guideline_check.partnership.is_confidential
    return _read(parts, statement.ministry_id, is_known=is_known)


def targets_named(keys: Collection[str], user: User) -> dict[str, Target]:
    """Those of them this person may see, whatever they are about."""
    parts = {
        name: model._default_manager.visible_to(user).filter(pk__in=pks_in(keys, name))
        for name, model in CITED.items()
    }
    return {target.key: target for target in _read(parts, 0)}


def pks_in(keys: Collection[str], name: str) -> list[int]:
    parts = [key.partition("-") for key in keys]
    return [int(pk) for kind, _, pk in parts if kind == name]


def _is_offered(name: str, statement: Statement) -> Q:
    about = statement.guideline_check.partnership_id
    cited = Q(pk__in=Evidence.objects.of_statement(statement.pk).values(name))
    match name:
        case "activity":
            links = Activity.partnerships.through.objects.filter(partnership=about)
            return cited | Q(pk__in=links.values("activity"), archived_on=None)
        case "agreement":
            return cited | Q(partnership=about)
    return cited | Q(partnership=about, archived_on=None)


NO_DAY = Cast(Value(None), DateField())
NOTHING, DAY = Value("", CharField()), Value("day", CharField())
# Of each kind: sort, title, first day and how precise it is, last day, Aktenzeichen.
COLUMNS: Mapping[str, tuple[Any, ...]] = {
    "activity": (
        *("kind", "title", "starts_on", "starts_on_precision", "ends_on", "file_reference"),
    ),
    "agreement": (
        *("kind", "title", "signed_on", "signed_on_precision", NO_DAY, "file_reference"),
    ),
    "commitment": (NOTHING, "title", "due_on", DAY, NO_DAY, NOTHING),
    "document": (NOTHING, "title", "uploaded_at", DAY, NO_DAY, "file_reference"),
}
TYPES = (TextField, TextField, DateField, TextField, DateField, TextField)


def _columns(name: str, path: str = "") -> list[Cast]:
    found = [_path(path + one) if isinstance(one, str) else one for one in COLUMNS[name]]
    return [Cast(column, of_type()) for column, of_type in zip(found, TYPES, strict=True)]


def _path(path: str) -> Combinable:
    return TruncDate(path) if path.endswith("uploaded_at") else F(path)


def as_cited() -> dict[str, Any]:
    """For a queryset of evidence: how the record of each row reads today, and who sees it."""
    columns = {name: _columns(name, f"{name}__") for name in CITED}
    read = {
        field: Case(
            *(When(**{f"{name}__isnull": False}, then=of[place]) for name, of in columns.items())
        )
        for place, field in enumerate(Target._fields[3:9])
    }
    coordinated, seen = (
        Exists(seen_by(Evidence.objects.filter(pk=OuterRef("pk")), _reader(role)))
        for role in (Role.COORDINATOR, Role.OFFICER)
    )
    about = "review_note__statement__guideline_check__partnership__is_confidential"
    is_open = Case(When(**{about: True}, then=coordinated), default=seen)
    return read | dict(zip(Target._fields[9:], (coordinated, is_open), strict=True))


def _read(parts: Mapping[str, QuerySet[Any]], house: int, *, is_known: bool = True) -> list[Target]:
    roles = (Role.COORDINATOR, Role.OFFICER if is_known else Role.COORDINATOR)
    first, *others = (
        rows.order_by().values_list(
            Value(name, CharField()),
            F("pk"),
            _is_of(name, house),
            *_columns(name),
            *(_sees(name, _reader(role)) for role in roles),
        )
        for name, rows in parts.items()
    )
    return sorted((Target(*row) for row in first.union(*others, all=True)), key=_place)


def _is_of(name: str, house: int) -> Combinable:
    """The register is nobody's."""
    if name == "agreement":
        return Value(False, BooleanField())
    return Case(When(ministry=house, then=True), default=False)


def _reader(role: Role) -> User:
    """Nobody in particular: whoever holds this function, in a house that has nothing to do with it."""
    user = User(pk=0)
    user.capacities = (Capacity(role, 0, ""),)
    return user


def _sees(name: str, reader: User) -> Exists:
    return Exists(CITED[name]._default_manager.visible_to(reader).filter(pk=OuterRef("pk")))


def _place(target: Target) -> tuple[bool, int, int, str, int]:
    day = target.first.toordinal() if target.first else 0
    kinds = list(CITED)
    return not target.is_own, kinds.index(target.kind), -day, target.title, target.pk
