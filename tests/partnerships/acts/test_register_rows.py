"""Rows of the register that the coordination writes outside the admin, as an import does."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ministries.models import SubjectArea
from partnerships.models import Lead, Partnership, Region, StatusPeriod
from partnerships.register.partners.row_actions import (
    change_register_row,
    create_partnership,
    create_register_row,
    extend_partnership,
)
from tests.factories import TODAY, make_partnership, make_region, make_subject_area
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


@pytest.mark.parametrize(
    ("days", "begun"),
    [
        ({"since": SINCE}, SINCE),
        ({"since": SINCE, "lead_since": LATER}, LATER),
        ({"lead_since": LATER}, LATER),
    ],
)
def test_lead_begins_with_the_status_if_nothing_else_is_told(
    people: People, days: dict[str, Period], begun: Period
) -> None:
    row = create_partnership(**told(people, standing={"lead": people.house, **days}))

    lead = row.leads.get()
    assert (lead.ministry, lead.valid_from) == (people.house, begun.first)
    assert origin_of(lead) == ORIGIN
    assert not row.status_periods.exists()


def test_house_is_not_asked_to_confirm_what_a_file_tells(people: People) -> None:
    row = create_partnership(**told(people, standing={"lead": people.house, "since": SINCE}))

    assert not row.leads.get().awaits_acknowledgement


def test_partnership_is_created_by_the_coordination_alone(people: People) -> None:
    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            create_partnership(**told(people, by=stranger))

    assert not Partnership.objects.exists()


# What a file adds to a known one


def added(people: People, record: Partnership, **changes: Any) -> dict[str, Any]:
    values = {
        "fields": ["file_reference"],
        "links": {},
        "origin": {"source": "liste.xlsx", "as_of": TODAY},
        "expected_version": 1,
        "by": people.coordinator,
    }
    return {"record": record, **values, **changes}


@pytest.fixture
def known(people: People) -> Partnership:
    """With a region and a subject area."""
    return make_partnership(name="Flandern", regions=[make_region()], areas=[make_subject_area()])


def test_only_named_fields_are_added(people: People, known: Partnership) -> None:
    known.file_reference, known.name = "3-0123/4", "Falsch"

    row = extend_partnership(**added(people, known))

    stored = Partnership.objects.get()
    assert stored == row
    assert (stored.file_reference, stored.name, stored.version) == ("3-0123/4", "Flandern", 2)


def test_regions_and_areas_are_added_to_those_there(people: People, known: Partnership) -> None:
    region, area = make_region(), make_subject_area()
    had = [*known.regions.all(), *SubjectArea.objects.filter(participations__partnership=known)]

    links = {"regions": [region.pk], "areas": [area.pk]}
    extend_partnership(**added(people, known, links=links))

    areas = SubjectArea.objects.filter(participations__partnership=known)
    assert {*known.regions.all(), *areas} == {*had, region, area}
    participation = known.participations.get(subject_area=area)
    assert origin_of(participation) == ("liste.xlsx", TODAY, None, None)


def test_partnership_changed_meanwhile_is_a_conflict(people: People, known: Partnership) -> None:
    links = {"areas": [make_subject_area().pk]}

    with pytest.raises(Conflict):
        extend_partnership(**added(people, known, links=links, expected_version=7))

    assert known.participations.count() == 1


def test_partnership_is_extended_by_the_coordination_alone(
    people: People, known: Partnership
) -> None:
    links = {"areas": [make_subject_area().pk]}

    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            extend_partnership(**added(people, known, links=links, by=stranger))

    assert known.participations.count() == 1
