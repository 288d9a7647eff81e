"""States and partners by all their names, at every door where one is read."""

from typing import Any

import pytest

from partnerships.models import Activity, Region
from tests.factories import make_region
from tests.partnerships.conftest import People, Send, SignIn
from tests.partnerships.imports.sheets import take_over, upload, xlsx
from tests.partnerships.register_files import changed, load, write_files
from tests.partnerships.test_register_admin import values_of

pytestmark = pytest.mark.long


# The doors of a country


def test_form_of_an_activity_takes_any_name(send: Send, activity: Activity) -> None:
    sent = {"title": "Gastspiel", "period": "3.4.2026", "kind": "event", "visibility": "house"}
    states = "Tschechische Republik; USA; Korea, Republik"
    send("bearbeiten/", ministry=activity.ministry_id, countries=states, **sent)

    activity.refresh_from_db()
    assert {str(one.code) for one in activity.countries} == {"CZ", "US", "KR"}


@pytest.mark.parametrize("states", ["Großbritannien, Slowakische Republik", "Korea, Republik"])
def test_import_of_activities_takes_any_name(people: People, states: str) -> None:
    content = xlsx(("Aktivität", "Zeitraum", "Weitere Staaten"), ("Gastspiel", "3.4.2026", states))
    row = upload(content, kind="aktivitaeten", house=people.house, by=people.officer)

    assert row.errors == []
    take_over(row, people.officer)
    assert {str(one.code) for one in Activity.objects.get().countries} <= {"GB", "SK", "KR"}


def test_import_of_regions_takes_any_name(people: People) -> None:
    house = people.coordinator.appointments.get().ministry
    content = xlsx(("Name", "Staat"), ("Böhmen", "Tschechische Republik"))
    row = upload(content, kind="regionen", house=house, by=people.coordinator)
    take_over(row, people.coordinator)

    assert str(Region.objects.get().country) == "CZ"


def test_verwaltung_takes_any_name(people: People, sign_in: SignIn) -> None:
    client = sign_in(people.coordinator)
    region = make_region(name="Texas", country="FR")
    address = f"/verwaltung/partnerships/region/{region.pk}/change/"
    page = client.get(address)
    assert 'value="Frankreich"' in page.content.decode()
    assert client.post(address, values_of(client, address) | {"country": "USA"}).status_code == 302
    region.refresh_from_db()
    assert str(region.country) == "US"
    answer = client.post(address, values_of(client, address) | {"country": "Mordor"})
    assert "„Mordor“ ist kein Staat." in answer.content.decode()


def test_register_takes_any_name(db: None, tmp_path: Any) -> None:
    load(write_files(tmp_path, **changed("regions", ",BE,BE-VLG", ",Königreich Belgien,BE-VLG")))

    assert str(Region.objects.get(slug="flandern").country) == "BE"
