"""States and partners by all their names, at every door where one is read."""

from typing import Any

import pytest

from partnerships.models import Activity, Contact, Partnership, Region
from tests.factories import make_partnership, make_region, make_subject_area
from tests.partnerships.conftest import People, Send, SignIn
from tests.partnerships.imports.sheets import take_over, upload, xlsx
from tests.partnerships.register_files import changed, load, write_files
from tests.partnerships.test_register_admin import values_of
from tests.record_factories import make_activity

pytestmark = pytest.mark.long

SILESIA = ["Dolny Śląsk", "Województwo dolnośląskie", "lower silesia", "Niederschlesien"]

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


# The doors of a partner


@pytest.fixture
def silesia(db: None) -> Partnership:
    region = make_region(
        name="Niederschlesien",
        official_name="Województwo dolnośląskie",
        aliases="Dolny Śląsk\nLower Silesia",
        country="PL",
    )
    return make_partnership(name="Nachbarn", slug="nachbarn", regions=[region])


@pytest.mark.parametrize("name", SILESIA)
def test_records_find_their_partnership_by_any_name(
    people: People, silesia: Partnership, name: str
) -> None:
    make_subject_area(name="Kultur", ministry=people.house)
    files = {
        "kontakte": (("Funktion", "Partnerschaft"), ("Leitung", name)),
        "aktivitaeten": (
            ("Aktivität", "Zeitraum", "Partnerschaften"),
            ("Gastspiel", "3.4.2026", name),
        ),
        "sachstaende": (
            ("Partnerschaft", "Fachgebiet", "Sachstand"),
            (name, "Kultur", "Läuft."),
        ),
    }
    for kind, rows in files.items():
        row = upload(xlsx(*rows), kind=kind, house=people.house, by=people.officer)
        assert (row.errors, row.new_count) == ([], 1), kind
        take_over(row, people.officer)
    assert Contact.objects.get().partnership == silesia


@pytest.mark.parametrize("name", SILESIA)
def test_register_finds_its_rows_by_any_name(
    people: People, silesia: Partnership, name: str
) -> None:
    house = people.coordinator.appointments.get().ministry
    files = {
        "regionen": (("Name", "Staat", "Sitz"), (name, "Polen", "Breslau")),
        "partnerschaften": (("Partnerschaft", "Aktenzeichen"), (name, "35-1")),
        "vereinbarungen": (("Titel", "Partnerschaft", "Art"), ("Erklärung", name, "Memorandum")),
    }
    for kind, rows in files.items():
        row = upload(xlsx(*rows), kind=kind, house=house, by=people.coordinator)
        assert row.errors == [], kind
        take_over(row, people.coordinator)
    silesia.refresh_from_db()
    region = silesia.regions.get()
    assert (silesia.name, silesia.file_reference) == ("Nachbarn", "35-1")
    assert (region.name, region.seat, Region.objects.count()) == ("Niederschlesien", "Breslau", 1)
    assert silesia.agreements.get().title == "Erklärung"


def test_name_of_one_goes_before_an_alias_of_another(people: People, silesia: Partnership) -> None:
    own = make_partnership(name="Lower Silesia", slug="lower", regions=[make_region(name="X")])
    content = xlsx(("Funktion", "Partnerschaft"), ("Leitung", "lower silesia"))
    row = upload(content, kind="kontakte", house=people.house, by=people.officer)
    take_over(row, people.officer)

    assert Contact.objects.get().partnership == own


@pytest.mark.parametrize("model", ["statusperiod", "lead", "participation", "partnerauthority"])
def test_verwaltung_finds_rows_by_an_alias(
    people: People, sign_in: SignIn, silesia: Partnership, model: str
) -> None:
    make_activity(ministry=people.house, partnerships=[silesia])
    answer = sign_in(people.coordinator).get(
        f"/verwaltung/partnerships/{model}/", {"q": "dolny sl"}
    )

    assert answer.status_code == 200
    shown = answer.context["cl"].queryset
    assert {row.pk for row in shown} == {row.pk for row in shown.model.objects.all()}
