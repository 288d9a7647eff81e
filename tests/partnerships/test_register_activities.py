"""What a house sees of the activities that the public register tells."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ministries.clock import today
from ministries.models import Ministry
from partnerships.models import Activity
from partnerships.records.activities.facts import activity_facts
from tests.factories import make_ministry, make_partnership
from tests.partnerships.conftest import People, SignIn
from tests.record_factories import make_activity, make_organisation

TWIN = "vielleicht schon eingetragen, SMWK: "


@pytest.fixture
def officer(people: People, sign_in: SignIn) -> Client:
    return sign_in(people.officer)


@pytest.fixture
def former(db: None) -> Ministry:
    return make_ministry(abbreviation="SMEKUL", valid_until=today().replace(year=2024))


def told(people: People, **fields: Any) -> Activity:
    """As the register tells of it."""
    common = {"source": "Zeitung", "state": "done", "starts_on": today() - timedelta(days=30)}
    return make_activity(ministry=people.house, **(common | {"external_key": "reise"} | fields))


def text_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_page_tells_house_of_that_day_source_and_doubt(
    officer: Client, people: People, former: Ministry
) -> None:
    activity = told(people, house_then=former)

    text = text_of(officer, activity.get_absolute_url())

    assert "damals: SMEKUL (bis 2024)" in text
    assert "Zeitung" in text
    assert "unbestätigt" in text


def test_list_and_its_file_tell_them_too(officer: Client, people: People, former: Ministry) -> None:
    told(people, house_then=former)
    told(people, external_key="gespraech")
    make_activity(ministry=people.house, title="Eigene")

    text = text_of(officer, "/aktivitaeten/")
    file = officer.get("/aktivitaeten/?format=csv").getvalue().decode("utf-8-sig")

    assert text.count("damals: ") == 2
    assert "damals: Ressort nicht erfasst" in text
    assert text.count("unbestätigt") == 2
    assert "SMEKUL (bis 2024)" in file
    assert file.count("unbestätigt") == 2


def test_outline_keeps_the_house_of_that_day_back(
    people: People, sign_in: SignIn, former: Ministry
) -> None:
    told(people, house_then=former, visibility="outline")
    other = sign_in(people.coordinator)

    file = other.get("/aktivitaeten/?format=csv").getvalue().decode("utf-8-sig")

    assert "SMEKUL" not in text_of(other, "/aktivitaeten/") + file
    assert "Zeitung" not in file


def test_house_that_still_holds_it_is_not_told_twice(officer: Client, people: People) -> None:
    activity = told(people, house_then=people.house)

    assert "damals" not in text_of(officer, activity.get_absolute_url())


def test_fact_sheet_says_where_it_comes_from(people: People, former: Ministry) -> None:
    about = make_partnership()
    told(people, house_then=former, partnerships=[about])
    make_activity(ministry=people.house, partnerships=[about], starts_on=today())

    own, row = activity_facts(about, people.house)[0].rows

    assert own.origin is None
    assert row.origin is not None
    assert not row.origin.is_confirmed
    assert row.detail.endswith("damals: SMEKUL (bis 2024)")


def test_desk_asks_once_for_all_of_them(officer: Client, people: People) -> None:
    Ministry.objects.filter(pk=people.house.pk).update(
        confirmed_on=today(), confirmed_by=people.officer
    )
    rows = [told(people, external_key=f"reise-{number}") for number in range(3)]

    text = text_of(officer, "/zu-erledigen/")
    assert "3 Angaben zu Ihrem Haus" in text
    assert "Ergebnis nachtragen" not in text

    rows[0].confirmed_on, rows[0].confirmed_by = today(), people.officer
    rows[0].save()
    assert "Ergebnis nachtragen" in text_of(officer, "/zu-erledigen/")


def test_house_sees_what_it_may_have_entered_itself(
    officer: Client, people: People, sign_in: SignIn
) -> None:
    about = make_partnership()
    activity = told(people, partnerships=[about], kind="outgoing_trip")
    common = {"starts_on": activity.starts_on, "partnerships": [about], "kind": "outgoing_trip"}
    own = make_activity(ministry=people.house, title="Fahrt nach Gent", **common)
    make_activity(ministry=make_ministry(), title="Geheimfahrt", visibility="house", **common)

    page, facts = text_of(officer, activity.get_absolute_url()), text_of(officer, "/angaben/")

    assert f'href="{own.get_absolute_url()}"' in page
    assert f"{TWIN}Fahrt nach Gent" in facts
    assert "Geheimfahrt" not in page + facts
    assert "eingetragen" not in text_of(officer, own.get_absolute_url())

    Activity.objects.filter(pk=activity.pk).update(
        confirmed_on=today(), confirmed_by=people.officer
    )
    assert "eingetragen" not in text_of(officer, activity.get_absolute_url())


def test_organisation_is_told_with_its_role(officer: Client, people: People) -> None:
    activity = told(people)
    place = make_organisation(name="Büro Breslau", kind="liaison_office", role="seit 2012")
    activity.activityorganisations.create(organisation=place)

    assert "seit 2012 · Verbindungsbüro" in text_of(officer, activity.get_absolute_url())
