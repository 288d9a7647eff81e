"""A house is cut anew: what hangs on it, and where each part is to go."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Value

from ministries.models import Appointment, Ministry, Responsibility, Role, User
from partnerships.records.activities.models import Activity
from partnerships.records.activities.states import ActivityState
from partnerships.records.follow_ups.models import FollowUp
from partnerships.records.shared.kinds import KINDS
from partnerships.records.shared.models import Owned
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.register.partners.periods import Lead


@dataclass(frozen=True)
class Affected:
    """A line of the preview: how many of what, and what becomes of them."""

    number: int
    noun: str
    fate: str


@dataclass(frozen=True)
class NewHouse:
    abbreviation: str
    name: str
    mailbox: str = ""


@dataclass(frozen=True)
class Plan:
    """Which dated rows of today go to which house, one that exists or a new one."""

    house: Ministry
    valid_from: date
    reason: str
    # For all that is not named one by one; without it the rest stays.
    successor: Ministry | NewHouse | None
    areas: dict[Responsibility, Ministry | NewHouse] = field(default_factory=dict)
    leads: dict[Lead, Ministry | NewHouse] = field(default_factory=dict)
    staying: list[Responsibility] = field(default_factory=list)
    ends: bool = False

    @property
    def targets(self) -> list[Ministry | NewHouse]:
        named = [self.successor, *self.areas.values(), *self.leads.values()]
        return list(dict.fromkeys(one for one in named if one is not None))


FurtherAffected = Callable[[Ministry], list[Affected]]
FURTHER: list[FurtherAffected] = []


def register_affected(source: FurtherAffected) -> None:
    """For higher floors: what else hangs on a house; at most one query."""
    FURTHER.append(source)


def areas_of(house: Ministry, day: date) -> list[Responsibility]:
    rows = Responsibility.objects.on(day).filter(ministry=house).select_related("subject_area")
    return list(rows.order_by("subject_area__sort_order", "pk"))


def leads_of(house: Ministry, day: date) -> list[Lead]:
    rows = Lead.objects.on(day).filter(ministry=house).select_related("partnership")
    return list(rows.order_by("partnership__sort_key", "pk"))


def unfinished_with(house: Ministry) -> QuerySet[Activity]:
    """Activities the house takes part in and that are still to come."""
    finished = (ActivityState.DONE, ActivityState.CANCELLED)
    return Activity.objects.filter(participating=house).exclude(state__in=finished)


def affected_by(plan: Plan, user: User) -> list[Affected]:
    """Everything besides subject areas and leads, which the plan names one by one."""
    house = plan.house
    to = f"gehen an {plan.successor.abbreviation}" if plan.successor else f"bleiben bei {house}"
    lines = [_of_kind(model, number, to) for model, number in _records(house)]
    open_ones = FollowUp.objects.filter(ministry=house).open().count()
    lines.append(Affected(open_ones, "offene Wiedervorlagen", to))
    taken_part = unfinished_with(house).count()
    noun = "laufende Aktivitäten mit Beteiligung"
    joins = f"{plan.successor.abbreviation} wird zusätzlich beteiligt" if plan.successor else to
    lines.append(Affected(taken_part, noun, joins))
    roles = Appointment.objects.on(plan.valid_from).filter(ministry=house).order_by()
    for row in roles.values("role").annotate(number=Count("pk")).order_by("role"):
        noun = f"Funktionen „{Role(row['role']).label}“"
        lines.append(Affected(row["number"], noun, "trägt die Technik um; sie bekommt die Liste"))
    lines += [line for source in FURTHER for line in source(house)]
    return [line for line in lines if line.number]


def _of_kind(model: type[Owned], number: int, to: str) -> Affected:
    noun = str(model._meta.verbose_name_plural)
    fate = "gehen mit ihrem Fachgebiet" if model is SubjectRecord else to
    return Affected(number, noun, fate)


def _records(house: Ministry) -> Iterable[tuple[type[Owned], int]]:
    """One query for all kinds; what is offered to the house counts too."""
    parts: list[Any] = [
        kind.model._base_manager.filter(Q(ministry=house) | Q(offered_to=house))
        .order_by()
        .values_list(Value(slug, CharField()))
        .annotate(number=Count("pk"))
        for slug, kind in KINDS.items()
    ]
    return [(KINDS[slug].model, number) for slug, number in parts[0].union(*parts[1:], all=True)]
