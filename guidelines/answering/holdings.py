"""What the register holds of a house about a partnership; shown before a Fehlanzeige."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from guidelines.statements.models import Statement
from guidelines.third_parties.models import ThirdPartyView
from ministries.models import Responsibility, User
from partnerships.models import Agreement, Lead, Participation
from partnerships.records.shared.kinds import KINDS, Kind

NAMED = 5


@dataclass
class Holding:
    """`register` is why the house is asked at all; `records` is what it keeps itself."""

    register: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return [*self.register, *self.records]


def holdings(statements: Iterable[Statement], user: User, day: date) -> dict[int, Holding]:
    """By statement id; six queries, however many there are."""
    rows = list(statements)
    partnerships = {row.guideline_check.partnership_id for row in rows}
    registered = _registered(rows, partnerships, day)
    kept = _kept(rows, partnerships, user)
    told = _told(rows, user)
    return {
        row.pk: Holding(registered[row.pk], [*kept.get(_key(row), []), *told.get(row.pk, [])])
        for row in rows
    }


def _key(row: Statement) -> tuple[int, int]:
    return row.guideline_check.partnership_id, row.ministry_id


def _registered(
    rows: Sequence[Statement], partnerships: set[int], day: date
) -> Mapping[int, list[str]]:
    leads = set(
        Lead.objects.on(day)
        .filter(partnership__in=partnerships)
        .values_list("partnership_id", "ministry_id")
    )
    agreements = dict(
        Agreement.objects.filter(partnership__in=partnerships)
        .values_list("partnership_id")
        .annotate(Count("pk"))
        .order_by()
    )
    in_charge = Responsibility.objects.by_area(day)
    areas: dict[tuple[int, int], list[str]] = {}
    participations = Participation.objects.filter(partnership__in=partnerships)
    for partnership_id, area_id, name in participations.values_list(
        "partnership_id", "subject_area_id", "subject_area__name"
    ):
        areas.setdefault((partnership_id, in_charge.get(area_id, 0)), []).append(name)
    found: dict[int, list[str]] = {}
    for row in rows:
        lines = found.setdefault(row.pk, [])
        if _key(row) in leads:
            lines.append("Ihr Haus ist federführend.")
        names = areas.get(_key(row), [])
        if any(name not in row.asked_because for name in names):
            lines.append(f"Fachgebiete Ihres Hauses: {', '.join(names)}.")
        if number := agreements.get(row.guideline_check.partnership_id):
            lines.append(f"Vereinbarungen mit der Partnerregion: {number}.")
    return found


def _kept(
    rows: Sequence[Statement], partnerships: set[int], user: User
) -> dict[tuple[int, int], list[str]]:
    """The house's own records of every kind, "Aktivitäten (2): Gastspiel, Lesung"."""
    houses = {row.ministry_id for row in rows}
    first, *others = (_named(kind, houses, partnerships, user) for kind in KINDS.values())
    named: dict[tuple[int, int], dict[str, list[str]]] = {}
    for heading, about, house, _, name in first.union(*others, all=True).order_by("pk"):
        named.setdefault((about, house), {}).setdefault(heading, []).append(name.strip())
    order = [kind.tab.label for kind in KINDS.values()]
    return {
        key: [_line(heading, of_kind[heading]) for heading in order if heading in of_kind]
        for key, of_kind in named.items()
    }


def _named(kind: Kind, houses: set[int], partnerships: set[int], user: User) -> QuerySet[Any]:
    seen: Any = kind.model.every().visible_to(user).in_use()
    own = seen.filter(**{"ministry__in": houses, f"{kind.about}__in": partnerships}).order_by()
    return own.values_list(
        Value(kind.tab.label, CharField()),
        F(kind.about),
        F("ministry"),
        "pk",
        Cast(kind.model.named_by, TextField()),
    )


def _told(rows: Sequence[Statement], user: User) -> dict[int, list[str]]:
    """What third parties told the house: the same line, by statement."""
    named: dict[int, list[str]] = {}
    views = ThirdPartyView.objects.visible_to(user).filter(statement__in=rows)
    for statement_id, sender in views.values_list("statement", "sender"):
        named.setdefault(statement_id, []).append(sender)
    return {pk: [_line("Sichten Dritter", names)] for pk, names in named.items()}


def _line(heading: str, names: Sequence[str]) -> str:
    more = f" und {len(names) - NAMED} weitere" if len(names) > NAMED else ""
    return f"{heading} ({len(names)}): {', '.join(names[:NAMED])}{more}."
