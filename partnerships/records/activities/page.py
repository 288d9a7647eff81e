"""What the page of an activity is made of; higher apps add their part in `<app>/sources.py`.

    register_section(served_guidelines)

`source(activity, user, may_write)` makes at most one query: the page has a budget.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ministries.clock import today
from ministries.history.references import with_references
from ministries.models import Ministry, User
from partnerships.records.activities.actions import moves_of
from partnerships.records.activities.costs import BearerSum, bearer_words, cost_of, sums_by_bearer
from partnerships.records.activities.models import Activity
from partnerships.records.activities.part_forms import (
    CostForm,
    OrganisationForm,
    PartForm,
    PersonForm,
    ProgrammeForm,
)
from partnerships.records.activities.parts import (
    ActivityOrganisation,
    ActivityPerson,
    CostLine,
    ProgrammeItem,
)
from partnerships.records.activities.states import ActivityState, ActivityTransition
from partnerships.records.activities.twins import with_twins
from partnerships.records.organisations.models import Organisation
from partnerships.records.shared.kinds import kind_of
from ui.dates import german_date


@dataclass(frozen=True)
class Section:
    """A panel with lines, and for who may write a link to the page where they are chosen."""

    title: str
    lines: list[str]
    empty: str
    url: str = ""
    link_label: str = ""


Sections: TypeAlias = Callable[[Activity, User, bool], Section | None]

SECTIONS: list[Sections] = []


def register_section(source: Sections) -> None:
    SECTIONS.append(source)


@dataclass(frozen=True)
class PartKind:
    """`key` is its word in addresses; `noun` is one of them."""

    key: str
    title: str
    noun: str
    form: type[PartForm]
    empty: str


PARTS = {
    kind.key: kind
    for kind in (
        PartKind("personen", "Personen", "Person", PersonForm, "Noch keine Personen erfasst."),
        PartKind(
            "organisationen",
            "Organisationen",
            "Organisation",
            OrganisationForm,
            "Noch keine Organisationen erfasst.",
        ),
        PartKind(
            "programm", "Programm", "Programmpunkt", ProgrammeForm, "Noch kein Programm erfasst."
        ),
        PartKind(
            "kosten",
            "Kosten nach Träger",
            "Kostenzeile",
            CostForm,
            "Noch keine Kosten erfasst. Ein Betrag und wer ihn trägt genügen.",
        ),
    )
}


@dataclass(frozen=True)
class PartLine:
    """A part in words: what it is, and smaller what else is known of it."""

    pk: int
    words: str
    note: str
    planned: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True)
class PartList:
    kind: PartKind
    lines: list[PartLine]
    form: PartForm | None
    sums: Sequence[BearerSum] = ()


def find_activity(user: User, pk: int) -> Activity:
    """The activity with its links and their keys, or 404."""
    seen = Activity.objects.visible_to(user).with_links().annotate(**_link_keys())
    related = seen.select_related("ministry", "house_then", "offered_to")
    return get_object_or_404(with_references(related, user, "working_group"), pk=pk)


def link_keys(activity: Activity) -> dict[str, list[int]]:
    """Many-to-many field → keys, of what `find_activity` found."""
    return {name: list(getattr(activity, f"{name}_keys")) for name in _COLUMNS}


_COLUMNS = {
    "partnerships": "partnership_id",
    "participating": "ministry_id",
    "subject_areas": "subjectarea_id",
    "circle": "user_id",
}


def _link_keys() -> dict[str, ArraySubquery]:
    keys = {}
    for name, column in _COLUMNS.items():
        links: Any = getattr(Activity, name).through.objects
        own = links.filter(activity=OuterRef("pk")).order_by(column)
        keys[f"{name}_keys"] = ArraySubquery(own.values(column))
    return keys


def page_context(request: HttpRequest, activity: Activity) -> dict[str, Any]:
    user, day = request.user, today()
    may_write = not activity.archived_on and user.has_perm("partnerships.write_record", activity)
    moves = moves_of(activity) if may_write else []
    sections = [source(activity, user, may_write) for source in SECTIONS]
    return {
        "activity": activity,
        "record": activity,
        "kind": kind_of(activity),
        "title": activity.title,
        "may_write": may_write,
        "moves": [move for move in moves if move.target not in _WITH_FORM],
        "may_cancel": any(move.target == ActivityState.CANCELLED for move in moves),
        "may_report": may_write and _may_report(activity, moves, day),
        "is_report_due": activity.last_day < day,
        "parts": _parts(activity, user, may_write),
        "sections": [section for section in sections if section],
        "twins": _twins(activity, user),
    }


def _twins(activity: Activity, user: User) -> list[dict[str, Any]]:
    if not (activity.external_key and activity.awaits_confirmation):
        return []
    own = Activity.objects.filter(pk=activity.pk)
    return [
        twin for row in with_twins(own, Activity.objects.visible_to(user)) for twin in row.twins
    ]


_WITH_FORM = {ActivityState.CANCELLED, ActivityState.DONE}


def _may_report(activity: Activity, moves: list[ActivityTransition], day: date) -> bool:
    can_be_done = any(move.target == ActivityState.DONE for move in moves)
    return activity.starts_on <= day and (can_be_done or activity.state == ActivityState.DONE)


def form_options(activity: Activity, user: User) -> dict[str, Any]:
    """What the forms of parts offer; houses and organisations are read only where needed."""
    houses = Ministry.objects.visible_to(user).on(today()).in_protocol_order()
    known = Organisation.objects.visible_to(user)
    return {"activity": activity, "houses": houses, "known": known}


def _parts(activity: Activity, user: User, may_write: bool) -> list[PartList]:
    rows = {
        "personen": [_person(row) for row in activity.activitypersons.all()],
        "organisationen": [
            PartLine(row.pk, str(row.organisation), _organisation_note(row))
            for row in activity.activityorganisations.select_related("organisation")
        ],
        "programm": [_programme_item(row) for row in activity.programmeitems.all()],
    }
    costs = list(activity.costlines.select_related("ministry"))
    rows["kosten"] = [_cost_line(row) for row in costs]
    options = form_options(activity, user)
    return [
        PartList(
            kind,
            rows[key],
            kind.form(auto_id=f"{key}_%s", **options) if may_write else None,
            sums_by_bearer(map(cost_of, costs)) if key == "kosten" else (),
        )
        for key, kind in PARTS.items()
    ]


def _person(row: ActivityPerson) -> PartLine:
    notes = [row.get_side_display(), "Mitglied der Staatsregierung"]
    words = f"{row.function}, {row.name}" if row.name else row.function
    return PartLine(row.pk, words, " · ".join(notes if row.is_government_member else notes[:1]))


def _organisation_note(row: ActivityOrganisation) -> str:
    organisation = row.organisation
    notes = (row.role or organisation.role, organisation.get_kind_display())
    return " · ".join(note for note in notes if note)


def _programme_item(row: ProgrammeItem) -> PartLine:
    begins = f", {row.begins:%H:%M} Uhr" if row.begins else ""
    note = f"{german_date(row.taken_on)}{begins}"
    return PartLine(row.pk, row.title, f"{note} · {row.place}" if row.place else note)


def _cost_line(row: CostLine) -> PartLine:
    notes = [
        row.purpose,
        f"Haushaltsstelle {row.budget_line}" if row.budget_line else "",
        "Reise eines Mitglieds der Staatsregierung" if row.is_travel_of_member else "",
    ]
    note = " · ".join(note for note in notes if note)
    return PartLine(row.pk, bearer_words(row), note, row.planned, row.actual)
