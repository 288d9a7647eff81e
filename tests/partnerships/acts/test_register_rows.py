"""Rows of the register that the coordination writes outside the admin, as an import does."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from partnerships.actions.register_rows import (
    change_register_row,
    create_partnership,
    create_register_row,
)
from partnerships.models import Lead, Partnership, Region, StatusPeriod
from tests.factories import TODAY, make_region, make_subject_area
from tests.partnerships.acts import strangers
from tests.partnerships.conftest import People
from ui.errors import Conflict
from ui.periods import Period

SINCE = Period(date(1999, 1, 1), "year")
LATER = Period(date(2005, 4, 1), "month")


# One row


def new_region() -> Region:
    return Region(slug="wallonien", name="Wallonien", country="BE")


def test_row_is_created(people: People) -> None:
    row = create_register_row(record=new_region(), by=people.coordinator)

    assert Region.objects.get() == row
    assert row.name == "Wallonien"


def test_row_is_created_by_the_coordination_alone(db: None) -> None:
    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            create_register_row(record=new_region(), by=stranger)

    assert not Region.objects.exists()


def changed(people: People, region: Region, **changes: Any) -> dict[str, Any]:
    region.seat, region.name = "Namur", "Falsch"
    values = {"fields": ["seat"], "expected_version": 1, "by": people.coordinator}
    return {"record": region, **values, **changes}


def test_named_fields_of_a_row_are_written_and_no_others(people: People) -> None:
    row = change_register_row(**changed(people, make_region(name="Wallonien")))

    stored = Region.objects.get()
    assert stored == row
    assert (stored.seat, stored.name, stored.version) == ("Namur", "Wallonien", 2)


def test_row_changed_meanwhile_is_a_conflict(people: People) -> None:
    region = make_region()

    with pytest.raises(Conflict):
        change_register_row(**changed(people, region, expected_version=7))

    assert Region.objects.get().seat == ""


def test_row_is_changed_by_the_coordination_alone(people: People) -> None:
    region = make_region()

    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            change_register_row(**changed(people, region, by=stranger))

    assert Region.objects.get().seat == ""


# A partnership with all that belongs to it


def told(people: People, **changes: Any) -> dict[str, Any]:
    record = Partnership(
        slug="wallonien",
        name="Wallonien",
        kind=Partnership.Kind.PARTNERSHIP,
        source="liste.xlsx, Zeile 2",
        as_of=TODAY,
    )
    return {"record": record, "links": {}, "standing": {}, "by": people.coordinator} | changes


def origin_of(row: Any) -> tuple[Any, ...]:
    return row.source, row.as_of, row.confirmed_on, row.confirmed_by


ORIGIN = ("liste.xlsx, Zeile 2", TODAY, None, None)


def test_partnership_without_standing_has_neither_status_nor_lead(people: People) -> None:
    row = create_partnership(**told(people))

    assert Partnership.objects.get() == row
    assert origin_of(row) == ORIGIN
    assert (StatusPeriod.objects.count(), Lead.objects.count()) == (0, 0)


def test_partnership_comes_with_regions_and_areas(people: People) -> None:
    region, area = make_region(), make_subject_area()
    make_region()

    row = create_partnership(**told(people, links={"regions": [region.pk], "areas": [area.pk]}))

    participation = row.participations.get()
    assert list(row.regions.all()) == [region]
    assert participation.subject_area == area
    assert origin_of(participation) == ORIGIN


def test_status_comes_as_the_file_tells_it(people: People) -> None:
    standing = {"status": "ended", "since": SINCE, "reason": "Ziel erreicht"}

    row = create_partnership(**told(people, standing=standing))

    period = row.status_periods.get()
    assert (period.status, period.reason) == ("ended", "Ziel erreicht")
    assert (period.valid_from, period.valid_from_precision) == (date(1999, 1, 1), "year")
    assert period.valid_until is None
    assert origin_of(period) == ORIGIN


def test_status_needs_no_reason(people: People) -> None:
    row = create_partnership(**told(people, standing={"status": "active", "since": SINCE}))

    assert row.status_periods.get().reason == ""
