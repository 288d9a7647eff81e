"""/partnerschaften/: search, filters, sorting, export, and what they never tell."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ministries.clock import today
from ministries.models import User
from partnerships.models import Partnership
from tests.factories import (
    make_agreement,
    make_partnership,
    make_region,
    make_status_period,
    make_subject_area,
)
from tests.partnerships.conftest import People

SignIn = Callable[[User], Client]
LIST = "/partnerschaften/"


def names(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200
    return [row.name for row in response.context["rows"]]


@pytest.fixture
def officer(people: People, sign_in: SignIn) -> Client:
    return sign_in(people.officer)


@pytest.fixture
def register() -> None:
    """Names as the real register has them."""
    for country, name, official, aliases, seat in [
        ("FR", "Okzitanien", "Région Occitanie", "Oxitanien\nOccitanie", "Toulouse"),
        ("IT", "Latium", "Regione Lazio", "Lazio", "Rom"),
        ("CA", "Québec", "Québec", "Quebec", "Québec"),
        ("AT", "Oberösterreich", "Land Oberösterreich", "OÖ\nUpper Austria", "Linz"),
        ("PL", "Niederschlesien", "Województwo dolnośląskie", "Dolny Śląsk", "Breslau"),
        ("RU", "Baschkortostan", "Республика Башкортостан", "Baschkirien", "Ufa"),
        ("BE", "Flandern", "Vlaams Gewest", "Vlaanderen", "Brüssel"),
        ("GB", "Greater Manchester", "Combined Authority", "", "Manchester"),
    ]:
        region = make_region(
            name=name, official_name=official, aliases=aliases, seat=seat, country=country
        )
        make_partnership(name=name, regions=[region])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Oxitanien", "Okzitanien"),
        ("Lazio", "Latium"),
        ("Quebec", "Québec"),
        ("oberosterreich", "Oberösterreich"),
        ("Dolny Slask", "Niederschlesien"),
        ("  dolny   SLASK ", "Niederschlesien"),
        ("Toulouse", "Okzitanien"),
        ("Polen", "Niederschlesien"),
        ("vereinigtes konigreich", "Greater Manchester"),
        ("Königreich", "Greater Manchester"),
        ("UK", "Greater Manchester"),
    ],
)
def test_search_finds_exactly(officer: Client, register: None, text: str, found: str) -> None:
    response = officer.get(LIST, {"q": text})

    assert [row.name for row in response.context["rows"]] == [found]
    assert "Keine genauen Treffer" not in response.content.decode()


@pytest.mark.parametrize("text", ["Baschkorstan", "Baschkortosten", "Bashkortostan"])
def test_search_forgives_a_typo(officer: Client, register: None, text: str) -> None:
    response = officer.get(LIST, {"q": text})

    assert [row.name for row in response.context["rows"]] == ["Baschkortostan"]
    assert "Keine genauen Treffer, ähnlich:" in response.content.decode()


@pytest.mark.parametrize(
    ("text", "found"), [("Belgein", "Flandern"), ("Östereich", "Oberösterreich")]
)
def test_search_forgives_a_typo_in_a_country(
    officer: Client, register: None, text: str, found: str
) -> None:
    assert names(officer, f"?q={text}") == [found]


@pytest.mark.parametrize("text", ["po", "reich"])
def test_search_takes_no_part_of_a_word_for_a_country(
    officer: Client, register: None, text: str
) -> None:
    assert not {"Niederschlesien", "Okzitanien"} & set(names(officer, f"?q={text}"))


@pytest.mark.parametrize("address", ["/vereinbarungen/", "/regionen/", "/suche/"])
def test_search_knows_countries_everywhere(officer: Client, register: None, address: str) -> None:
    make_agreement(partnership=Partnership.objects.get(name="Niederschlesien"))

    assert "Niederschlesien" in officer.get(address, {"q": "Polen"}).content.decode()


@pytest.mark.parametrize("text", ["%", "_", "\\", "' OR 1=1", "(((", "*"])
def test_search_signs_are_text(officer: Client, register: None, text: str) -> None:
    assert officer.get(LIST, {"q": text}).status_code == 200
    assert names(officer, "?q=%25") == []


def test_filter_by_status_and_scrutiny(officer: Client) -> None:
    make_partnership(name="aktiv")
    make_partnership(name="ruht", status="dormant")
    make_partnership(name="geprüft", scrutiny_since=date(2026, 2, 12), scrutiny_reason="Leitlinien")

    assert names(officer, "?status=dormant") == ["ruht"]
    assert names(officer, "?scrutiny=yes") == ["geprüft"]
    assert names(officer, "?status=active&scrutiny=no") == ["aktiv"]


def test_filter_by_lead(officer: Client, people: People) -> None:
    make_partnership(name="geführt", lead=people.house)
    make_partnership(name="offen")

    assert names(officer, f"?lead={people.house.slug}") == ["geführt"]
    assert names(officer, "?lead=none") == ["offen"]


def test_filter_by_area_country_kind_border(officer: Client) -> None:
    area = make_subject_area(slug="kultur")
    poland = make_region(name="Polen", country="PL", is_border_region=True)
    make_partnership(name="gesucht", regions=[poland], areas=[area], kind="friendship")
    make_partnership(name="andere")

    for query in ("area=kultur", "country=PL", "kind=friendship", "border=yes"):
        assert names(officer, f"?{query}") == ["gesucht"], query
    assert names(officer, "?border=no") == ["andere"]


def test_filter_mine_is_lead_or_area_of_the_house(officer: Client, people: People) -> None:
    make_partnership(name="Federführung", lead=people.house)
    make_partnership(name="Fachgebiet", areas=[make_subject_area(ministry=people.house)])
    make_partnership(name="fremd", areas=[make_subject_area()])

    assert names(officer, "?mine=1") == ["Fachgebiet", "Federführung"]


@pytest.mark.parametrize(
    "query",
    [
        "?status=bogus",
        "?country=ZZZZ",
        "?page=99999999999",
        "?page=x",
        "?sort=passwort",
        "?lead=%00x",
    ],
)
def test_garbage_is_told_and_ignored(officer: Client, query: str) -> None:
    make_partnership(name="da")

    response = officer.get(f"{LIST}{query}")

    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert [row.name for row in response.context["rows"]] == ["da"]


def test_sort_puts_german_names_in_order(officer: Client) -> None:
    for name in ("Zypern", "Österreich", "Ontario", "Łódź", "Latium"):
        make_partnership(name=name)

    assert names(officer) == ["Latium", "Łódź", "Ontario", "Österreich", "Zypern"]
    assert names(officer, "?sort=-name")[0] == "Zypern"


def test_sort_by_status_follows_the_life_of_a_partnership(officer: Client) -> None:
    for status in ("dormant", "active", "ended", "exploratory"):
        make_partnership(name=status, status=status)

    assert names(officer, "?sort=status") == ["exploratory", "active", "dormant", "ended"]


def test_gap_in_lead_is_named(officer: Client) -> None:
    make_partnership(name="Manchester")

    assert "nicht erfasst" in officer.get(LIST).content.decode()


def test_lapsed_agreement_is_marked(officer: Client) -> None:
    partnership = make_partnership()
    make_agreement(partnership=partnership, term="fixed_term", valid_until=date(2026, 10, 4))

    assert "endete am" in officer.get(LIST).content.decode()


def test_export_holds_the_list_as_seen(officer: Client) -> None:
    make_partnership(name="aktiv")
    make_partnership(name="ruht", status="dormant")

    response: Any = officer.get(f"{LIST}?status=dormant&format=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert "ruht" in text
    assert "aktiv" not in text.replace("Inaktiv", "")


def test_export_tells_the_status_of_today(officer: Client) -> None:
    partnership = make_partnership(name="da", status="active")
    tomorrow = today() + timedelta(days=1)
    partnership.status_periods.update(valid_until=today())
    make_status_period(partnership=partnership, status="ended", valid_from=tomorrow)

    response: Any = officer.get(f"{LIST}?format=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert "aktiv" in text
    assert "beendet" not in text


def test_export_as_workbook(officer: Client) -> None:
    make_partnership()

    response: Any = officer.get(f"{LIST}?format=xlsx")

    assert response.getvalue().startswith(b"PK")


@pytest.mark.parametrize(
    "address", [LIST, f"{LIST}?q=Partnerschaft", "/vereinbarungen/", "/regionen/"]
)
def test_list_costs_the_same_for_30_rows(
    people: People,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    client = sign_in(people.officer)
    client.get(address)
    for _ in range(30):
        partnership = make_partnership(lead=people.house, areas=[make_subject_area()])
        make_agreement(partnership=partnership)

    with django_assert_max_num_queries(8):
        response = client.get(address)

    assert len(response.context["rows"]) == 25
    assert len(response.content) < 60_000


def test_confidential_is_not_told(people: People, officer: Client) -> None:
    region = make_region(name="Geheimland")
    partnership = make_partnership(name="Geheim", regions=[region], is_confidential=True)
    make_agreement(partnership=partnership, title="Geheimvertrag")

    for address in (
        LIST,
        f"{LIST}?q=Geheim",
        "/regionen/",
        "/vereinbarungen/",
        "/vereinbarungen/?q=Geheim",
    ):
        text = officer.get(address).content.decode().replace("q=Geheim", "").replace('"Geheim"', "")
        assert "Geheimland" not in text, address
        assert "Geheimvertrag" not in text, address
        assert "<strong>0</strong>" in text, address
    for address in (f"{LIST}?format=csv", "/regionen/?format=csv", "/vereinbarungen/?format=csv"):
        response: Any = officer.get(address)
        assert b"Geheim" not in b"".join(response.streaming_content), address


def test_confidential_is_open_to_its_circle(people: People, officer: Client) -> None:
    partnership = make_partnership(name="Geheim", is_confidential=True)
    partnership.circle.add(people.officer)

    assert names(officer) == ["Geheim"]


def test_coordination_sees_confidential(people: People, sign_in: SignIn) -> None:
    make_partnership(name="Geheim", is_confidential=True)

    assert names(sign_in(people.coordinator)) == ["Geheim"]


def test_administrator_sees_no_content(people: People, sign_in: SignIn) -> None:
    make_partnership(name="da")

    assert sign_in(people.administrator).get(LIST).status_code == 403


def test_decided_status_is_hidden_until_visible(people: People, sign_in: SignIn) -> None:
    partnership = make_partnership(name="entschieden")
    partnership.status_periods.update(valid_until=today() - timedelta(days=1))
    make_status_period(
        partnership=partnership,
        status=Partnership.Status.ENDED,
        valid_from=today(),
        visible_from=today() + timedelta(days=10),
    )

    assert names(sign_in(people.officer), "?status=active") == ["entschieden"]
    assert names(sign_in(people.officer), "?status=ended") == []
    assert names(sign_in(people.coordinator), "?status=ended") == ["entschieden"]
    assert names(sign_in(people.chief), "?status=ended") == ["entschieden"]


def test_anonymous_is_sent_to_login(client: Client, db: None) -> None:
    assert client.get(LIST).headers["Location"].startswith("/konto/login/")


def test_countries_stand_in_the_order_of_the_regions(officer: Client) -> None:
    partnership = make_partnership(regions=[])
    for name, code in (("Masowien", "PL"), ("Zips", "SK"), ("Ain", "FR")):
        partnership.regions.add(make_region(name=name, country=code))

    (row,) = officer.get(LIST).context["rows"]

    assert row.country_codes == ["FR", "PL", "SK"]
