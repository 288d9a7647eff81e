"""Cells as other systems write them: no sign nobody sees makes a second region or an unknown partner."""

from typing import Any

import pytest

from partnerships.models import Activity, ColumnMapping, Import, Region
from tests.factories import make_partnership, make_region
from tests.partnerships.conftest import People
from tests.partnerships.imports.sheets import take_over, upload, xlsx

pytestmark = pytest.mark.long
ALIKE = [
    ("Québec", "Que\u0301bec"),
    ("Oberösterreich", "Ober\u00adösterreich"),
    ("Niederschlesien", "Nieder\u00a0schlesien"),
    ("Niederschlesien", "Nieder\u200bschlesien "),
    ("Provence-Alpes-Côte d’Azur", "Provence\u2011Alpes\u2011Co\u0302te d'Azur"),
]


def regions(people: People, *rows: tuple[Any, ...]) -> Import:
    return upload(
        xlsx(("Name", "Staat"), *rows),
        kind="regionen",
        house=people.coordinator.appointments.get().ministry,
        by=people.coordinator,
    )


@pytest.mark.parametrize(("known", "typed"), ALIKE)
def test_region_that_looks_the_same_is_the_same(people: People, known: str, typed: str) -> None:
    make_region(name=known, country="PL")

    row = regions(people, (typed, "Polen"))

    assert (row.same_count, row.new_count, row.changed_count, row.errors) == (1, 0, 0, [])


def test_new_region_named_twice_in_one_file_is_one(people: People) -> None:
    row = regions(people, ("Que\u0301bec", "Kanada"), ("Qué\u00adbec", "Kanada"))
    assert [error["row"] for error in row.errors] == [3]

    take_over(regions(people, ("Que\u0301bec", "Kana\u00adda")), people.coordinator)
    assert Region.objects.get().name == "Québec"


@pytest.mark.parametrize(("known", "typed"), ALIKE)
def test_partnership_that_looks_the_same_is_known(people: People, known: str, typed: str) -> None:
    partnership = make_partnership(name=known, lead=people.house)
    head = ("Titel", "Partner\u00adschaft", "Zeit\u00a0raum", "Ergebnisse")

    row = upload(
        xlsx(head, ("Chor\x92s Reise", typed, "3.4.2026", "gut_x000D_\nsehr gut")),
        kind="aktivitaeten",
        house=people.house,
        by=people.officer,
    )
    assert (row.new_count, row.errors) == (1, [])
    take_over(row, people.officer)

    activity = Activity.objects.get()
    assert [*activity.partnerships.all()] == [partnership]
    assert (activity.title, activity.results) == ("Chor’s Reise", "gut\nsehr gut")
    assert not ColumnMapping.objects.exists(), "the headings were known"
