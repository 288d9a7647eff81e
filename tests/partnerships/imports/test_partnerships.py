"""Whole partnerships from a file: new ones with all that belongs to them, known ones without their acts."""

from datetime import date

import pytest

from ministries.clock import today
from partnerships.models import Partnership
from tests.factories import make_partnership, make_region, make_subject_area
from tests.partnerships.conftest import People
from tests.partnerships.imports.sheets import take_over, upload, xlsx

pytestmark = pytest.mark.long


@pytest.fixture
def flandern(people: People) -> Partnership:
    return make_partnership(name="Flandern", slug="flandern", lead=people.house)


def test_partnerships_come_with_regions_areas_and_standing(people: People) -> None:
    house = people.coordinator.appointments.get().ministry
    areas = [make_subject_area(name=name, ministry=people.house) for name in ("Kultur", "Sport")]
    region = make_region(name="Wallonien")
    known = {
        "Partnerschaft": "Wallonien",
        "Partnerregionen": "Wallonien",
        "Art der Beziehung": "Partnerschaft",
        "besteht seit": "April 1999",
        "Status": "aktiv",
        "Status seit": "1999",
        "Federführung": people.house.abbreviation,
        "Fachgebiete": "Kultur",
    }
    head, told = tuple(known), tuple(known.values())
    take = {"kind": "partnerschaften", "house": house, "by": people.coordinator}
    row = take_over(upload(xlsx(head, told), **take), people.coordinator)
    assert (row.state, row.new_count) == ("done", 1)

    partnership = Partnership.objects.with_standing(people.coordinator, today()).get()
    assert (partnership.slug, partnership.status, partnership.lead_id) == (
        "wallonien",
        "active",
        people.house.pk,
    )
    assert (partnership.status_since, partnership.status_since_precision) == (
        date(1999, 1, 1),
        "year",
    )
    assert [*partnership.regions.all()] == [region]
    assert [p.subject_area for p in partnership.participations.all()] == areas[:1]
    assert not partnership.is_confirmed
    assert not partnership.leads.get().awaits_acknowledgement

    more = upload(xlsx(head, (*told[:7], "Sport; Kultur")), **take)
    assert more.items[0]["rows"] == [
        {"label": "Fachgebiete", "old": "Kultur", "new": "Kultur; Sport"}
    ]
    confirmed = {"confirmed_on": today(), "confirmed_by": people.coordinator}
    Partnership.objects.filter(pk=partnership.pk).update(source="Erlass", **confirmed)
    take_over(more, people.coordinator)
    assert partnership.participations.count() == 2
    partnership.refresh_from_db()
    assert (partnership.source, partnership.is_confirmed) == ("Erlass", True)
    assert partnership.participations.get(subject_area=areas[1]).source == "liste.xlsx, Zeile 2"
    again = upload(xlsx(head, told), **take)
    assert (again.same_count, again.changed_count, again.errors) == (1, 0, [])


def test_status_of_a_known_partnership_is_not_changed_by_a_file(
    people: People, flandern: Partnership
) -> None:
    house = people.coordinator.appointments.get().ministry
    for name, value in (("Status", "beendet"), ("Federführung", "nicht erfasst")):
        row = upload(
            xlsx(("Partnerschaft", name), ("Flandern", value)),
            kind="partnerschaften",
            house=house,
            by=people.coordinator,
        )
        assert row.errors[0]["cell"] == "B2"
        assert "auf der Seite der Partnerschaft" in row.errors[0]["expected"]
