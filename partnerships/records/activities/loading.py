"""Loads activities from the register's files; all of them unconfirmed, with the house of that day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from ministries.clock import today
from ministries.houses.models import current_chancellery
from ministries.loading.csv_reading import CsvRow
from ministries.loading.register_loading import RegisterLoad, touched_by_hand
from ministries.models import Ministry, Responsibility, SubjectArea
from partnerships.records.activities.levels import ContactLevel
from partnerships.records.activities.models import Activity
from partnerships.records.activities.parts import ActivityOrganisation
from partnerships.records.activities.twins import with_twins
from partnerships.records.organisations.models import Organisation
from partnerships.register.partners.partnerships import Partnership

COLUMNS = (
    "slug partnerships kind title starts_on ends_on place country ministry participating level "
    "leader_function subject_areas aims results state source source_date organisations"
)
KINDS = {kind.value: kind for kind in Activity.Kind} | {
    "trip": Activity.Kind.OUTGOING_TRIP,
    "visit": Activity.Kind.INCOMING_VISIT,
    "meeting": Activity.Kind.TALK,
}
LEVELS = {level.value: level.value for level in ContactLevel} | {"unknown": ""}
NAMES = {"leader": "leader_function", "as_of": "source_date", "house_then": "ministry"}
HOME = "DE"
MINISTRY = "einem Ressort aus ministries.csv"


def load_activities(load: RegisterLoad) -> None:
    charge, states = Charge(today()), _states_of_partners()
    lines: dict[int, CsvRow] = {}
    for row in load.rows("activities.csv", COLUMNS):
        values, links = _values(row, load), _links(row, load)
        if not row.is_sound:
            continue
        areas, organisations = links["subject_areas"], links.pop("organisations")
        owner = charge.of(values["house_then"], areas)
        links["participating"] = charge.of_all(links["participating"], areas, but=owner)
        known = {HOME}.union(*(states[one.pk] for one in links["partnerships"]))
        further = {row.text("country")} - {"", *known}
        values |= {"ministry": owner, "countries": [*further]}
        activity = load.write_named(row, Activity, values, NAMES)
        if activity is None:
            continue
        for field, wanted in links.items():
            load.write_links(row, activity, field, wanted)
        _write_organisations(load, row, activity, organisations)
        lines[activity.pk] = row
    _point_out_twins(load, lines)


class Charge:
    """Which house answers today for what a house of an earlier day did."""

    def __init__(self, day: date) -> None:
        self.areas = Responsibility.objects.by_area(day)
        self.heirs = cache(lambda house: house.heirs(day))
        self.chancellery = cache(lambda: current_chancellery(day))

    def of(self, house: Ministry | None, areas: Iterable[SubjectArea]) -> Ministry:
        """With several successors that of the subject area; where none is told, the Staatskanzlei."""
        heirs = {heir.pk: heir for heir in self.heirs(house)} if house else {}
        if len(heirs) == 1:
            return next(iter(heirs.values()))
        in_charge = (heirs.get(self.areas.get(area.pk, 0)) for area in areas)
        return next(filter(None, in_charge), None) or self.chancellery()

    def of_all(self, houses: Iterable[Any], areas: Any, *, but: Ministry) -> list[Ministry]:
        found = dict.fromkeys(self.of(house, areas) for house in houses)
        return [house for house in found if house != but]


def _values(row: CsvRow, load: RegisterLoad) -> dict[str, Any]:
    as_of, _ = row.partial_date("source_date")
    known = load.known(Ministry)
    return row.values(Activity, but=("kind", "level")) | {
        "kind": KINDS.get(row.choice("kind", KINDS)),
        "level": LEVELS.get(row.choice("level", LEVELS)),
        "leader": row.text("leader_function"),
        "as_of": as_of,
        "house_then": row.reference("ministry", known, MINISTRY, required=False),
    }


def _links(row: CsvRow, load: RegisterLoad) -> dict[str, list[Any]]:
    named: dict[str, tuple[type[Any], str]] = {
        "partnerships": (Partnership, "einer Partnerschaft aus partnerships.csv"),
        "subject_areas": (SubjectArea, "einem Fachgebiet aus subject_areas.csv"),
        "participating": (Ministry, MINISTRY),
        "organisations": (Organisation, "einer Organisation aus organisations.csv"),
    }
    return {
        column: row.references(column, load.known(model), what)
        for column, (model, what) in named.items()
    }


def _states_of_partners() -> dict[int, set[str]]:
    """Of a partnership its states; only further ones are kept on the activity."""
    states: dict[int, set[str]] = defaultdict(set)
    rows = Partnership.regions.through.objects.values_list("partnership", "region__country")
    for partnership, country in rows:
        states[partnership].add(country)
    return states


def _write_organisations(
    load: RegisterLoad, row: CsvRow, activity: Activity, organisations: Iterable[Any]
) -> None:
    """What the file names no more goes, but for what people have added or changed."""
    held = {part.organisation_id: part for part in activity.activityorganisations.all()}
    missing = [one for one in organisations if one.pk not in held]
    if missing and touched_by_hand(activity):
        load.keep(row, "von Hand gepflegt, bleibt (organisations anders als die Datei)")
        return
    for organisation in missing:
        load.write(
            row, ActivityOrganisation, {"activity": activity, "organisation": organisation}, {}
        )
    named = {one.pk for one in organisations}
    for key, part in held.items():
        if key not in named and not touched_by_hand(part):
            part.delete()


def _point_out_twins(load: RegisterLoad, lines: dict[int, CsvRow]) -> None:
    for activity in with_twins(Activity.objects.filter(pk__in=lines), Activity.objects.all()):
        row = lines[activity.pk]
        for twin in activity.twins:
            load.notice(row, f"{twin['house']} hat vielleicht dasselbe erfasst, Nr. {twin['pk']}")
