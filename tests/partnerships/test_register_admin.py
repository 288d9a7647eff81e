"""/verwaltung/: the coordination keeps the register there, and nobody gets more out of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ministries.models import User
from partnerships.models import Partnership, Region, StatusPeriod
from tests.factories import (
    make_agreement,
    make_partnership,
    make_region,
    make_subject_area,
)
from tests.partnerships.conftest import People

pytestmark = pytest.mark.long

SignIn = Callable[[User], Client]
HOME = "/verwaltung/"
MODELS = [
    "partnerships/partnership",
    "partnerships/region",
    "partnerships/partnerauthority",
    "partnerships/agreement",
    "partnerships/participation",
    "partnerships/statusperiod",
    "partnerships/lead",
    "ministries/ministry",
    "ministries/subjectarea",
    "ministries/responsibility",
]
FOREIGN_HOSTS = [
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
]


@pytest.fixture
def coordinator(people: People, sign_in: SignIn) -> Client:
    return sign_in(people.coordinator)


def change_address(row: Any) -> str:
    return f"{HOME}{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def values_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back unchanged."""
    context = client.get(address).context
    forms = [context["adminform"].form]
    values = {"_version": context["expected_version"] or ""}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = "on" if bound.value() is True else bound.value()
            if value is not None and value is not False:
                values[bound.html_name] = value
    return values


@pytest.mark.parametrize("model", ["", *(f"{model}/" for model in MODELS)])
def test_admin_is_closed_to_others(people: People, sign_in: SignIn, model: str) -> None:
    for user in (people.officer, people.chief, people.auditor, people.administrator):
        assert sign_in(user).get(f"{HOME}{model}").status_code == 403


def test_admin_pages_open_for_the_coordination(coordinator: Client, people: People) -> None:
    region = make_region()
    area = make_subject_area(ministry=people.house)
    partnership = make_partnership(regions=[region], lead=people.house, areas=[area])
    make_agreement(partnership=partnership)

    for model in MODELS:
        assert coordinator.get(f"{HOME}{model}/").status_code == 200, model
        assert coordinator.get(f"{HOME}{model}/?q=a&o=1").status_code == 200, model
    for row in (region, area, partnership, partnership.status_periods.get(), people.house):
        assert coordinator.get(change_address(row)).status_code == 200, row
        assert coordinator.get(change_address(row).replace("change", "history")).status_code == 200


def test_admin_saves_with_version_and_history(coordinator: Client) -> None:
    partnership = make_partnership(name="Alt")
    address = change_address(partnership)

    coordinator.post(address, values_of(coordinator, address) | {"name": "Neu"})

    partnership.refresh_from_db()
    assert (partnership.name, partnership.version) == ("Neu", 2)
    history = coordinator.get(address.replace("change", "history")).content.decode()
    assert "Alt" in history
    assert "Neu" in history


def test_admin_names_the_circle_in_the_history(
    coordinator: Client, people: People, sign_in: SignIn
) -> None:
    partnership = make_partnership(slug="p")
    address = change_address(partnership)
    values = values_of(coordinator, address)

    coordinator.post(address, values | {"circle": [people.officer.pk]})

    changes = "/partnerschaften/p/aenderungen/"
    words = f"Kreis der Berechtigten: + {people.officer.name}"
    assert words in sign_in(people.auditor).get(changes).content.decode()
    stranger = sign_in(people.officer).get(changes).content.decode()
    assert "Kreis der Berechtigten geändert" in stranger
    assert words not in stranger


def test_admin_second_saver_is_told(coordinator: Client) -> None:
    region = make_region(name="Alt")
    address = change_address(region)
    stale = values_of(coordinator, address)
    coordinator.post(address, stale | {"seat": "Erster"})

    response = coordinator.post(address, stale | {"seat": "Zweiter"})

    assert "Inzwischen hat jemand anderes" in response.content.decode()
    assert Region.objects.get().seat == "Erster"


def test_admin_keeps_status_and_scrutiny_for_the_acts(coordinator: Client, people: People) -> None:
    partnership = make_partnership(lead=people.house)
    address = change_address(partnership)
    smuggled = {
        "status": "ended",
        "status_today": "ended",
        "scrutiny_since": "1.1.2026",
        "scrutiny_reason": "x",
        "confirmed_on": "1.1.2026",
        "version": "99",
        "status_periods-0-status": "ended",
        "status_periods-TOTAL_FORMS": "1",
        "status_periods-INITIAL_FORMS": "0",
        "leads-0-ministry": people.coordinator.pk,
    }

    coordinator.post(address, values_of(coordinator, address) | smuggled)

    partnership.refresh_from_db()
    assert partnership.status_periods.get().status == "active"
    assert partnership.leads.get().ministry == people.house
    assert (partnership.scrutiny_since, partnership.confirmed_on) == (None, None)
    assert partnership.version <= 2


@pytest.mark.parametrize("model", ["statusperiod", "lead"])
def test_admin_periods_cannot_be_added(coordinator: Client, model: str) -> None:
    assert coordinator.get(f"{HOME}partnerships/{model}/add/").status_code == 403


def test_admin_period_is_read_only(coordinator: Client) -> None:
    period = make_partnership().status_periods.get()

    response = coordinator.post(change_address(period), {"status": "ended", "_save": "1"})

    assert response.status_code == 403
    assert StatusPeriod.objects.get().status == "active"


def test_admin_participation_is_added_and_taken_off(coordinator: Client) -> None:
    old, new = make_subject_area(), make_subject_area()
    partnership = make_partnership(areas=[old])
    address = change_address(partnership)
    values = values_of(coordinator, address) | {
        "participations-TOTAL_FORMS": "2",
        "participations-0-DELETE": "on",
        "participations-1-subject_area": new.pk,
        "participations-1-partnership": partnership.pk,
    }

    coordinator.post(address, values)

    assert [row.subject_area for row in partnership.participations.all()] == [new]


@pytest.mark.parametrize(
    "query",
    [
        "source__startswith=T",
        "agreed_wording__startswith=T",
        "circle__password__startswith=p",
        "status_periods__reason__contains=x",
    ],
)
def test_admin_answers_only_declared_filters(coordinator: Client, query: str) -> None:
    make_partnership()

    assert coordinator.get(f"{HOME}partnerships/partnership/?{query}").status_code == 400


def test_admin_deletes_nothing(coordinator: Client) -> None:
    partnership = make_partnership()
    address = change_address(partnership).replace("change", "delete")

    assert coordinator.post(address, {"post": "yes"}).status_code in (302, 404)
    actions = {"action": "delete_selected", "_selected_action": partnership.pk, "post": "yes"}
    coordinator.post(f"{HOME}partnerships/partnership/", actions)
    assert Partnership.objects.count() == 1


def test_admin_has_no_way_to_an_objects_page(coordinator: Client) -> None:
    partnership = make_partnership()
    kind = ContentType.objects.get_for_model(Partnership)

    assert coordinator.get(f"{HOME}r/{kind.pk}/{partnership.pk}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "partnerships/partnership/?q=%00",
        "autocomplete/?app_label=partnerships&model_name=partnership&field_name=regions&term=%00",
        "partnerships/partnership/?p=99999999999999999999",
        "partnerships/region/99999999999999999999999999/change/",
    ],
)
def test_admin_survives_garbage(coordinator: Client, address: str) -> None:
    assert coordinator.get(f"{HOME}{address}").status_code in (200, 302, 400, 404)


def test_admin_autocomplete_finds_aliases(coordinator: Client) -> None:
    make_region(name="Latium", aliases="Lazio")
    query = "app_label=partnerships&model_name=partnership&field_name=regions&term=lazio"

    found = coordinator.get(f"{HOME}autocomplete/?{query}").json()["results"]

    assert [row["text"] for row in found] == ["Latium"]


def test_admin_autocomplete_is_closed_to_others(people: People, sign_in: SignIn) -> None:
    query = "app_label=partnerships&model_name=partnership&field_name=regions&term="

    assert sign_in(people.officer).get(f"{HOME}autocomplete/?{query}").status_code == 403


@pytest.mark.parametrize("way", FOREIGN_HOSTS)
def test_admin_returns_only_to_own_pages(coordinator: Client, way: str) -> None:
    partnership = make_partnership()
    address = change_address(partnership)

    response = coordinator.post(address, values_of(coordinator, address) | {"_next": way})

    assert response.headers["Location"] == f"{HOME}partnerships/partnership/"


def test_admin_returns_to_the_page_one_came_from(coordinator: Client) -> None:
    partnership = make_partnership(slug="p")
    address = change_address(partnership)

    response = coordinator.post(
        address, values_of(coordinator, address) | {"_next": "/partnerschaften/p/"}
    )

    assert response.headers["Location"] == "/partnerschaften/p/"


def test_admin_start_page_says_what_needs_care(coordinator: Client) -> None:
    partnership = make_partnership(name="Latium")
    make_agreement(partnership=partnership, term="fixed_term", valid_until=date(2026, 10, 4))

    text = coordinator.get(HOME).content.decode()

    assert "endete am 04.10.2026" in text
    assert "Latium: Federführung nicht erfasst." in text
    assert "Ressorts ohne Konto" in text
    assert "1 unbestätigt: Partnerschaften" in text


@pytest.mark.parametrize("model", ["partnership", "region", "agreement", "participation"])
def test_admin_list_costs_the_same_for_30_rows(
    coordinator: Client,
    people: People,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    model: str,
) -> None:
    for _ in range(30):
        partnership = make_partnership(lead=people.house, areas=[make_subject_area()])
        make_agreement(partnership=partnership)
    coordinator.get(f"{HOME}partnerships/{model}/")

    with django_assert_max_num_queries(9):
        coordinator.get(f"{HOME}partnerships/{model}/")


def test_admin_stores_and_finds_what_can_be_read(coordinator: Client) -> None:
    region = make_region(name="Alt")
    address = change_address(region)

    typed = {"name": "\u200bQue\u0301bec\u00a0", "aliases": "Kebek_x000D_\n* 1608"}
    coordinator.post(address, values_of(coordinator, address) | typed)

    region.refresh_from_db()
    assert (region.name, region.aliases) == ("Québec", "Kebek\n* 1608")
    search = coordinator.get(f"{HOME}partnerships/region/", {"q": "Que\u0301\u00adbec"})
    assert [*search.context["cl"].queryset] == [region]
    search = coordinator.get(f"{HOME}partnerships/partnerauthority/", {"q": "Que\u0301bec"})
    assert search.status_code == 200


def test_admin_refuses_a_name_nobody_sees(coordinator: Client) -> None:
    region = make_region(name="Alt")
    address = change_address(region)

    page = coordinator.post(address, values_of(coordinator, address) | {"name": "\u200b\u00ad"})

    assert page.context["adminform"].form.errors["name"]
