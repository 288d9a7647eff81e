"""What Brücke holds about a house and nobody has confirmed, of all kinds in one shape."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any, TypedDict

from django.db.models import (
    CharField,
    DateField,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.urls import reverse

from ministries.history.references import visible
from ministries.models import Ministry, Responsibility, User
from partnerships.house_facts.models import CorrectionRequest
from partnerships.permissions import KEEPERS, WRITERS
from partnerships.records.activities.models import Activity
from partnerships.records.activities.twins import with_twins
from partnerships.records.commitments.models import Commitment
from partnerships.records.contacts.models import Contact
from partnerships.records.shared.models import Owned
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Participation, Partnership
from partnerships.register.partners.periods import Lead

Kind = CorrectionRequest.Kind
# What the house writes itself; the rest of the register is the coordination's.
ACTIVITY = "aktivitaet"
OWN: dict[str, tuple[type[Owned], Combinable]] = {
    "sachstand": (SubjectRecord, F("subject_area__name")),
    ACTIVITY: (Activity, F("title")),
    "zusage": (Commitment, F("title")),
    "ansprechperson": (Contact, Coalesce(NullIf(F("name"), Value("")), F("function"))),
}
REGISTER: dict[str, tuple[type[Model], Combinable]] = {
    Kind.MINISTRY: (
        Ministry,
        Concat("abbreviation", Value(" – "), "name", output_field=TextField()),
    ),
    Kind.RESPONSIBILITY: (Responsibility, F("subject_area__name")),
    Kind.LEAD: (Lead, F("ministry__abbreviation")),
    Kind.PARTICIPATION: (Participation, F("subject_area__name")),
    Kind.AGREEMENT: (Agreement, F("title")),
}
KINDS: dict[str, tuple[type[Model], Combinable]] = {**REGISTER, **OWN}
NAMES = ("name", "slug")
WITHOUT_PARTNERSHIP = (Ministry, Responsibility)


class FactRow(TypedDict):
    """Under names of their own: `kind`, `slug` and `place` are columns of some of the tables."""

    pk: int
    told_place: int
    told_kind: str
    told_words: str
    told_partnership_name: str
    told_slug: str
    told_source: str
    told_as_of: date | None


def house_facts(user: User, day: date) -> QuerySet[Any]:
    """All of them, of the houses this person may answer for."""
    parts = [_shaped(kind, rows) for kind, rows in _found(user, day)]
    return parts[0].union(*parts[1:], all=True)


def fact(user: User, day: date, kind: str, pk: int) -> FactRow | None:
    """One of them, or nothing where this person has no such row."""
    rows = dict(_found(user, day)).get(kind)
    return None if rows is None else _shaped(kind, rows.filter(pk=pk)).first()


def house_of(user: User, day: date, kind: str, pk: int) -> Ministry:
    """For which of the houses this person answers for a fact of the register that it has found."""
    houses = list(Ministry.objects.filter(pk__in=user.ministry_ids(*KEEPERS)).in_protocol_order())
    about = (
        house
        for house in houses
        if dict(_of_register(user, day, [house.pk]))[kind].filter(pk=pk).exists()
    )
    return next(about, houses[0])


def unconfirmed(user: User, day: date) -> list[QuerySet[Any]]:
    return [rows for _, rows in _found(user, day)]


def twins_of(activities: Collection[int], user: User) -> dict[int, list[dict[str, Any]]]:
    """Of these activities, those with others that a house has perhaps entered for the same."""
    seen = Activity.objects.visible_to(user)
    if not activities:
        return {}
    return {row.pk: row.twins for row in with_twins(seen.filter(pk__in=activities), seen)}


def edit_url(kind: str, pk: int, slug: str) -> str:
    """Where the house corrects what is its own; empty where there is no such page."""
    pages: dict[str, Callable[[], str]] = {
        "sachstand": lambda: f"{reverse('partnerships:subject-records', args=[slug])}#{kind}-{pk}",
        ACTIVITY: lambda: reverse("partnerships:activity", args=[pk]),
        "ansprechperson": lambda: reverse("partnerships:contact-edit", args=[pk]),
    }
    return pages[kind]() if kind in pages else ""


def label_of(kind: str) -> str:
    return str(KINDS[kind][0]._meta.verbose_name)


def _found(user: User, day: date) -> list[tuple[str, QuerySet[Any]]]:
    found = _of_register(user, day, user.ministry_ids(*KEEPERS))
    own = user.ministry_ids(*WRITERS)
    for kind, (model, _) in OWN.items():
        rows = model.every().visible_to(user).in_use().filter(ministry__in=own)
        found.append((kind, rows.filter(confirmed_on=None).exclude(source="")))
    return found


def _of_register(user: User, day: date, houses: Collection[int]) -> list[tuple[str, QuerySet[Any]]]:
    areas = Responsibility.objects.on(day).filter(ministry__in=houses).values("subject_area")
    led = Lead.objects.visible_to(user).on(day).filter(ministry__in=houses).values("partnership")
    of_houses: dict[str, dict[str, Any]] = {
        Kind.MINISTRY: {"pk__in": houses},
        Kind.RESPONSIBILITY: {"ministry__in": houses},
        Kind.LEAD: {"ministry__in": houses},
        Kind.PARTICIPATION: {"subject_area__in": areas},
        Kind.AGREEMENT: {"partnership__in": led},
    }
    found = []
    for kind, whose in of_houses.items():
        rows = visible(REGISTER[kind][0], user).filter(confirmed_on=None, **whose)
        # What the coordination has been asked to mend is its turn.
        asked = CorrectionRequest.objects.open().filter(kind=kind, fact_id=OuterRef("pk"))
        found.append((kind, rows.filter(~Exists(asked))))
    return found


def _of_partnership(model: type[Model], column: str) -> Combinable:
    if model in WITHOUT_PARTNERSHIP:
        return Value("")
    if model is Activity:  # the first of perhaps several
        about = Partnership.objects.filter(activities=OuterRef("pk")).order_by("sort_key", "pk")
        return Subquery(about.values(column)[:1])
    return F(f"partnership__{column}")


def _shaped(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    model, words = KINDS[kind]
    name, slug = (_of_partnership(model, one) for one in NAMES)
    told = {
        "place": Value(list(KINDS).index(kind), IntegerField()),
        "kind": Value(str(kind), CharField()),
        "words": Cast(words, TextField()),
        "partnership_name": Coalesce(Cast(name, TextField()), Value("", TextField())),
        "slug": Coalesce(Cast(slug, TextField()), Value("", TextField())),
    }
    named = {f"told_{name}": expression for name, expression in told.items()}
    origin = {"told_source": F("source"), "told_as_of": Cast("as_of", DateField())}
    return rows.order_by().annotate(**named, **origin).values(*FactRow.__annotations__)
