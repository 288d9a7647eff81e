"""A list page keeps its state in the address and never fails on what the address says."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories

pytestmark = [pytest.mark.urls("tests.ui.pages"), pytest.mark.django_db]
URL = "/probe/regionen/"

GARBAGE = [
    "sort=passwort",
    "sort=-",
    "sort=name&sort=country",
    "page=0",
    "page=-3",
    "page=zwei",
    "page=" + "9" * 5000,
    "country=XX",
    "country=FR&country=XX",
    "border=vielleicht",
    "border=yes&border=no",
    "after=31.02.2026",
    "after=" + "1" * 400,
    "same=999999999999999999999999999999",
    "same=abc",
    "same=-1",
    "mine=%F0%9F%92%A9",
    "format=pdf",
    "q=" + "a" * 3000,
    "q=%25_%5C",
    "name__startswith=A",
    "_connector=OR",
]


def make_regions(number: int) -> None:
    for index in range(number):
        factories.make_region(name=f"Region {index:02d}", country=["FR", "PL", "IT"][index % 3])


def names(html: str) -> list[str]:
    return re.findall(r"Region \d\d(?=</a>)", html)


def test_list_shows_25_rows_and_the_count(client: Client) -> None:
    make_regions(30)

    html = client.get(URL).text

    assert len(names(html)) == 25
    assert "<strong>30</strong> Regionen" in html


def test_list_page_beyond_the_end_is_the_last(client: Client) -> None:
    make_regions(30)

    html = client.get(URL, {"page": "99"}).text

    assert names(html) == [f"Region {index}" for index in range(25, 30)]


def test_list_sorts_descending(client: Client) -> None:
    make_regions(3)

    response = client.get(URL, {"sort": "-name"})

    assert names(response.text) == ["Region 02", "Region 01", "Region 00"]
    assert 'aria-sort="descending"' in response.text


def test_list_filters_by_several_values_and_shows_chips(client: Client) -> None:
    make_regions(6)

    html = client.get(URL + "?country=FR&country=PL&sort=-name").text

    assert names(html) == ["Region 04", "Region 03", "Region 01", "Region 00"]
    assert 'href="/probe/regionen/?country=PL&amp;sort=-name"' in html  # the chip of FR
    assert 'href="/probe/regionen/?country=FR&amp;sort=-name"' in html


def test_list_tells_an_unknown_filter_value(client: Client) -> None:
    make_regions(2)

    html = client.get(URL, {"country": "XX"}).text

    assert "Der Filter „Staat“ enthält einen unbekannten Wert" in html
    assert len(names(html)) == 2


@pytest.mark.parametrize("query", GARBAGE)
@pytest.mark.parametrize("kind", ["", "&format=csv", "&format=xlsx"])
def test_list_survives_garbage(client: Client, query: str, kind: str) -> None:
    make_regions(2)

    response = client.get(f"{URL}?{query}{kind}")
    body = b"".join(response) if response.streaming else response.content

    assert response.status_code == 200
    assert body


def test_list_without_rows_says_so(client: Client) -> None:
    assert "Noch keine Regionen." in client.get(URL).text


def test_list_without_hits_offers_a_way_back(client: Client) -> None:
    make_regions(1)

    html = client.get(URL, {"q": "Atlantis"}).text

    assert "Kein Eintrag passt zu diesen Filtern." in html
    assert "Alle Filter entfernen" in html


def test_list_search_is_escaped(client: Client) -> None:
    html = client.get(URL, {"q": "<script>alert(1)</script>"}).text

    assert "<script>alert(1)" not in html


def test_list_scope_keeps_the_filter(client: Client) -> None:
    html = client.get(URL, {"country": "FR", "mine": "1"}).text

    assert 'href="/probe/regionen/?country=FR"' in html
    assert '<input type="hidden" name="mine" value="1">' in html


def test_list_fragment_has_only_the_results(client: Client) -> None:
    make_regions(2)

    headers = {"HX-Request": "true", "HX-Target": "results"}
    response = client.get(URL, {"country": "FR", "q": "", "page": "1"}, headers=headers)

    assert "<html" not in response.text
    assert "1 Region gefunden" in response.text
    assert response["HX-Push-Url"] == "/probe/regionen/?country=FR"
    assert "HX-Target" in response["Vary"]


@pytest.mark.parametrize("rows", [3, 30])
def test_list_queries_do_not_grow(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    make_regions(rows)

    with django_assert_num_queries(3):  # the choices of one filter, count, page
        client.get(URL)


def test_list_page_is_small(client: Client) -> None:
    make_regions(30)

    assert len(client.get(URL).content) < 60_000


def test_list_sends_nothing_for_head(client: Client) -> None:
    assert client.head(URL).status_code == 200
