"""What a plan asks for is written in one act: houses, areas, leads, records, follow-ups."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ministries.models import Job, Ministry, Responsibility
from partnerships.models import Lead
from partnerships.reorganisation.actions import TELL_TECHNIK, reorganise
from partnerships.reorganisation.facts import NewHouse, Plan
from tests.factories import TODAY, make_ministry, make_partnership, make_subject_area
from tests.partnerships.acts import strangers
from tests.partnerships.acts.reasons import last_reason
from tests.partnerships.conftest import People
from tests.record_factories import make_note
from ui.errors import Refusal

BEFORE, DAY, AFTER = date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)
NEW = NewHouse("SMX", "Sächsisches Staatsministerium für Neues", "post.smx@demo.example")


@pytest.fixture
def house(people: People) -> Ministry:
    return people.house


@pytest.fixture
def other(db: None) -> Ministry:
    return make_ministry(abbreviation="SMI")


def act(people: People, *, today: date = TODAY, **parts: Any) -> dict[str, Any]:
    """All of the house goes to `successor`, and what is named to where it is named."""
    values = {"house": people.house, "valid_from": DAY, "reason": "Erlass", "successor": None}
    return {"plan": Plan(**(values | parts)), "by": people.coordinator, "today": today}


def area_of(house: Ministry, **fields: Any) -> Responsibility:
    row = make_subject_area(ministry=house).responsibilities.get()
    Responsibility.objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    return row


def lead_of(house: Ministry, **fields: Any) -> Lead:
    return Lead.objects.create(partnership=make_partnership(), ministry=house, **fields)


# The houses


def test_new_house_is_founded(people: People, house: Ministry) -> None:
    Ministry.objects.filter(pk=house.pk).update(sort_order=7)
    house.refresh_from_db()

    reorganise(**act(people, successor=NEW))

    row = Ministry.objects.get(abbreviation="SMX")
    assert (row.slug, row.name, row.mailbox) == ("smx-20260901", NEW.name, NEW.mailbox)
    assert (row.valid_from, row.valid_until) == (DAY, None)
    assert (row.sort_order, row.source, row.is_chancellery) == (7, "Erlass", False)


def test_each_house_that_follows_is_returned_once(people: People, other: Ministry) -> None:
    areas = {area_of(people.house): target for target in (NEW, other)}

    houses = reorganise(**act(people, successor=NEW, areas=areas))

    assert [house.abbreviation for house in houses] == ["SMX", "SMI"]


def test_house_that_ends_names_its_successors(people: People, house: Ministry) -> None:
    other = make_ministry(abbreviation="SMI")

    reorganise(**act(people, successor=NEW, areas={area_of(house): other}, ends=True))

    house.refresh_from_db()
    assert house.valid_until == BEFORE
    assert {row.abbreviation for row in house.successors.all()} == {"SMX", "SMI"}


def test_house_that_goes_on_has_no_successor(people: People, house: Ministry) -> None:
    reorganise(**act(people, successor=NEW))

    house.refresh_from_db()
    assert (house.valid_until, house.successors.count()) == (None, 0)


# Areas and leads


def test_area_goes_on_that_day(people: People, house: Ministry, other: Ministry) -> None:
    area = area_of(house, valid_from=date(2020, 1, 1), valid_until=date(2030, 12, 31))

    reorganise(**act(people, areas={area: other}))

    former, current = Responsibility.objects.order_by("valid_from")
    assert (former, former.ministry, former.valid_until) == (area, house, BEFORE)
    assert (current.subject_area, current.ministry) == (area.subject_area, other)
    assert (current.valid_from, current.valid_until) == (DAY, date(2030, 12, 31))
    assert current.source == "Erlass"


def test_lead_goes_on_that_day(people: People, house: Ministry, other: Ministry) -> None:
    lead = lead_of(house, valid_from=date(2020, 1, 1), valid_until=date(2030, 12, 31))

    reorganise(**act(people, leads={lead: other}))

    former, current = Lead.objects.order_by("valid_from")
    assert (former, former.ministry, former.valid_until) == (lead, house, BEFORE)
    assert (current.partnership, current.ministry) == (lead.partnership, other)
    assert (current.valid_from, current.valid_until) == (DAY, date(2030, 12, 31))
    assert (current.reason, current.awaits_acknowledgement) == ("Erlass", False)


def test_areas_and_leads_not_named_stay(people: People, house: Ministry) -> None:
    area, lead = area_of(house), lead_of(house)

    reorganise(**act(people, successor=NEW))

    assert Responsibility.objects.on(DAY).get().ministry == area.ministry == house
    assert Lead.objects.on(DAY).get() == lead


@pytest.mark.parametrize("make", [area_of, lead_of])
@pytest.mark.parametrize("valid_from", [DAY, AFTER])
def test_what_begins_that_day_or_later_is_refused(
    people: People, house: Ministry, other: Ministry, make: Any, valid_from: date
) -> None:
    row = make(house, valid_from=valid_from)
    kind = "areas" if make is area_of else "leads"

    with pytest.raises(Refusal, match=rf"gilt erst seit dem {valid_from:%d\.%m\.%Y}"):
        reorganise(**act(people, **{kind: {row: other}}))


@pytest.mark.parametrize("make", [area_of, lead_of])
def test_what_began_the_day_before_goes_on(
    people: People, house: Ministry, other: Ministry, make: Any
) -> None:
    row = make(house, valid_from=BEFORE)
    kind = "areas" if make is area_of else "leads"

    reorganise(**act(people, **{kind: {row: other}}))

    assert type(row).objects.on(DAY).get().ministry == other


# The act as a whole


def test_reason_is_kept_with_everything(people: People, house: Ministry) -> None:
    note, lead = make_note(ministry=house, partnership=make_partnership()), lead_of(house)

    reorganise(**act(people, successor=NEW, leads={lead: NEW}, ends=True))

    founded = Ministry.objects.get(abbreviation="SMX")
    assert [last_reason(row) for row in (note, lead, house, founded)] == ["Erlass"] * 4


def test_technik_is_told_later_by_the_worker(people: People, other: Ministry) -> None:
    reorganise(**act(people, successor=NEW, areas={area_of(people.house): other}))

    job = Job.objects.get(task_name=TELL_TECHNIK)
    assert job.args == {
        "ministry_id": people.house.pk,
        "valid_from": "2026-09-01",
        "reason": "Erlass",
        "successors": "SMX, SMI",
    }
    assert job.queue_name == "upkeep"


def test_today_is_early_enough(people: People) -> None:
    assert reorganise(**act(people, successor=NEW, today=DAY))


def test_tomorrow_is_refused(people: People) -> None:
    with pytest.raises(Refusal, match="am Tag der Neuordnung oder danach"):
        reorganise(**act(people, successor=NEW, today=BEFORE))


def test_plan_that_names_no_house_is_refused(people: People) -> None:
    with pytest.raises(Refusal, match="was an welches Ressort geht"):
        reorganise(**act(people))


def test_new_house_under_an_abbreviation_in_use_is_refused(people: People, house: Ministry) -> None:
    make_ministry(abbreviation="SMX")
    note = make_note(ministry=house, partnership=make_partnership())

    with pytest.raises(ValidationError, match="Diese Abkürzung trägt"):
        reorganise(**act(people, successor=NEW))

    note.refresh_from_db()
    assert note.ministry == house


@pytest.mark.parametrize("period", [{"valid_from": AFTER}, {"valid_until": BEFORE}])
def test_house_that_does_not_exist_that_day_is_refused(
    people: People, house: Ministry, period: dict[str, date]
) -> None:
    target = make_ministry(abbreviation="SMY", **period)

    with pytest.raises(Refusal, match=r"^SMY besteht am 01\.09\.2026 nicht"):
        reorganise(**act(people, successor=target))


def test_house_takes_over_on_its_first_day(people: People, house: Ministry) -> None:
    target = make_ministry(valid_from=DAY)

    assert reorganise(**act(people, successor=target)) == [target]


def test_house_is_cut_anew_by_the_coordination_alone(people: People) -> None:
    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            reorganise(**act(people, successor=NEW) | {"by": stranger})

    assert not Ministry.objects.filter(abbreviation="SMX").exists()


def test_day_before_yesterday_works_as_well(people: People, house: Ministry) -> None:
    reorganise(**act(people, successor=NEW, valid_from=TODAY - timedelta(days=2), ends=True))

    house.refresh_from_db()
    assert house.valid_until == TODAY - timedelta(days=3)
