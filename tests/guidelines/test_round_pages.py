"""The pages on which the coordination begins, prepares and opens a round."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guidelines.models import CheckRound, Edition, Statement
from guidelines.rounds.actions import prepare_round
from ministries.clock import now, today
from ministries.models import Ministry, Role, User
from ministries.working_days import add_working_days
from partnerships.models import Partnership
from tests.factories import (
    NOW,
    make_chancellery,
    make_criterion,
    make_edition,
    make_guideline,
    make_ministry,
    make_partnership,
    make_subject_area,
    make_user,
)
from tests.guidelines.conftest import signed_in

BASE = "/leitlinien-checks/"


@pytest.fixture
def coordinator(db: None) -> User:
    return make_user(role=Role.COORDINATOR, ministry=make_chancellery())


@pytest.fixture
def client(coordinator: User) -> Client:
    return signed_in(coordinator)


@pytest.fixture
def culture(coordinator: User) -> Ministry:
    return make_ministry(abbreviation="SMWK", sort_order=6)


@pytest.fixture
def edition(culture: Ministry) -> Edition:
    area = make_subject_area(ministry=culture, name="Kultur und Kunst")
    edition = make_edition()
    make_criterion(
        guideline=make_guideline(edition=edition),
        code="10.1",
        answered_by="area",
        applies_to="tagged",
        subject_area=area,
    )
    make_partnership(name="Flandern", in_check=True, areas=[area], slug="flandern")
    make_partnership(name="Tatarstan", slug="tatarstan")
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW)
    return Edition.objects.get(pk=edition.pk)


@pytest.fixture
def preparing(coordinator: User, edition: Edition) -> CheckRound:
    return prepare_round(
        year=2026,
        edition=edition,
        due_on=today() + timedelta(days=20),
        is_open_reading=False,
        partnerships=Partnership.objects.in_check(),
        by=coordinator,
        now=now(),
    )


def post(client: Client, path: str, **data: Any) -> Any:
    return client.post(f"{BASE}{path}", data | {"_token": str(uuid.uuid4())})


def leave_out(client: Client, check_round: CheckRound, house: Ministry) -> None:
    (check,) = check_round.checks.all()
    ticked = [str(pk) for pk in check.statements.values_list("ministry", flat=True)]
    path = "2026/vorbereitung/ressort/"
    houses = {"check": str(check.pk), f"houses-{check.pk}": ticked}
    post(client, path, ministry=house.slug, change="remove", **houses)


def test_list_offers_the_first_round(client: Client) -> None:
    assert "Ersten Leitlinien-Check vorbereiten" in client.get(BASE).content.decode()


def test_list_shows_the_rounds(client: Client, preparing: CheckRound) -> None:
    assert "Leitlinien-Check 2026" in client.get(BASE).text


def test_list_hides_a_round_in_preparation(preparing: CheckRound) -> None:
    officer = make_user(role=Role.OFFICER, ministry=make_ministry())

    assert "Leitlinien-Check 2026" not in signed_in(officer).get(BASE).content.decode()


def test_new_round_preselects_what_is_meant_for_the_check(client: Client, edition: Edition) -> None:
    body = client.get(f"{BASE}neu/").content.decode()

    checked = [part.split("</label>")[0] for part in body.split('type="checkbox"')[1:]]
    assert ["checked" in part for part in checked if "Flandern" in part] == [True]
    assert ["checked" in part for part in checked if "Tatarstan" in part] == [False]


def test_new_round_counts_working_days(client: Client, edition: Edition) -> None:

    response = post(
        client,
        "neu/",
        year="2026",
        edition=str(edition.pk),
        working_days="16",
        partnerships=[str(found.pk) for found in Partnership.objects.in_check()],
    )

    assert response.headers["Location"] == f"{BASE}2026/vorbereitung/"
    assert CheckRound.objects.get().due_on == add_working_days(today(), 16)


@pytest.mark.parametrize(
    "data",
    [
        {"working_days": "", "due_on": ""},
        {"working_days": "0"},
        {"due_on": "30.02.2027"},
        {"due_on": "01.01.2020"},
        {"year": "99999"},
        {"edition": "999999999999"},
        {"partnerships": ["x"]},
    ],
)
def test_new_round_with_bad_input_is_refused_in_german(
    client: Client, edition: Edition, data: dict[str, Any]
) -> None:

    valid = {
        "year": "2026",
        "edition": str(edition.pk),
        "working_days": "16",
        "partnerships": [str(found.pk) for found in Partnership.objects.in_check()],
    }

    response = post(client, "neu/", **(valid | data))

    assert response.status_code == 422
    assert "Bitte prüfen Sie" in response.content.decode()
    assert not CheckRound.objects.exists()


def test_preparation_shows_reasons_and_numbers(client: Client, preparing: CheckRound) -> None:
    body = client.get(f"{BASE}2026/vorbereitung/").content.decode()

    assert "zuständig für Kultur und Kunst; Frage 10.1" in body
    assert "antwortet anstelle der nicht erfassten Federführung" in body
    assert "2 Stellungnahmen zu einer Partnerschaft" in body


def test_preparation_saves_the_ticked_houses(
    client: Client, preparing: CheckRound, culture: Ministry
) -> None:
    (check,) = preparing.checks.all()

    response = post(
        client,
        "2026/vorbereitung/beteiligung/",
        check=str(check.pk),
        _version="1",
        **{f"houses-{check.pk}": [str(culture.pk)]},
    )

    assert response.status_code == 302
    assert [found.ministry for found in Statement.objects.all()] == [culture]


@pytest.mark.parametrize(
    ("path", "button", "leads_to"),
    [
        ("beteiligung", {"then": "open"}, "2026/eroeffnen/"),
        ("beteiligung", {"then": "edit"}, "2026/vorbereitung/angaben/"),
        ("beteiligung", {}, "2026/vorbereitung/"),
        ("ressort", {"change": "add", "ministry": "sk"}, "2026/vorbereitung/"),
    ],
)
def test_every_button_of_the_preparation_keeps_the_ticks(
    client: Client,
    preparing: CheckRound,
    culture: Ministry,
    path: str,
    button: dict[str, str],
    leads_to: str,
) -> None:
    """A house that was ticked and not saved was dropped for good by the opening."""
    extra = make_ministry(abbreviation="SMF")
    Ministry.objects.filter(is_chancellery=True).update(slug="sk")
    (check,) = preparing.checks.all()
    ticked = [str(culture.pk), str(make_chancellery().pk), str(extra.pk)]

    response = post(
        client,
        f"2026/vorbereitung/{path}/",
        check=str(check.pk),
        _version="1",
        **{f"houses-{check.pk}": ticked},
        **button,
    )

    assert response.headers["Location"] == f"{BASE}{leads_to}"
    assert {str(pk) for pk in check.statements.values_list("ministry", flat=True)} == set(ticked)


def test_buttons_of_the_preparation_belong_to_the_form_with_the_ticks(
    client: Client, preparing: CheckRound
) -> None:
    body = client.get(f"{BASE}2026/vorbereitung/").text

    main = body.partition("<main")[2].partition("</main>")[0]
    outside = main.partition('<form class="houses"')[0]
    assert outside.count("<button") == outside.count('form="beteiligung"') - 1 == 4
    assert 'eroeffnen/"' not in main


def test_ticks_over_those_of_another_do_not_lead_to_the_preview(
    client: Client, preparing: CheckRound
) -> None:
    response = post(client, "2026/vorbereitung/beteiligung/", _version="0", then="open")

    assert response.headers["Location"] == f"{BASE}2026/vorbereitung/"


def test_preparation_ignores_forged_checks_and_houses(
    client: Client, preparing: CheckRound
) -> None:
    response = post(
        client,
        "2026/vorbereitung/beteiligung/",
        check=["999999", "x", "9" * 400],
        _version="1",
        **{"houses-999999": ["1"]},
    )

    assert response.status_code == 302
    assert Statement.objects.count() == 2


def test_preparation_names_what_would_go_unanswered(
    client: Client, preparing: CheckRound, culture: Ministry
) -> None:
    leave_out(client, preparing, culture)

    body = client.get(f"{BASE}2026/vorbereitung/").content.decode()
    assert "Flandern: Für Frage 10.1 ist kein Ressort beteiligt" in body


def test_opening_repeats_the_facts(client: Client, preparing: CheckRound) -> None:
    body = client.get(f"{BASE}2026/eroeffnen/").content.decode()

    assert "SK 1, SMWK 1" in body
    assert "Nach der Eröffnung" in body


def test_opening_that_is_refused_says_why(
    client: Client, preparing: CheckRound, culture: Ministry
) -> None:
    leave_out(client, preparing, culture)

    response = post(client, "2026/eroeffnen/")

    assert response.status_code == 422
    assert "Flandern: Für Frage 10.1" in response.content.decode()


def test_opening_leads_to_the_matrix(client: Client, preparing: CheckRound) -> None:
    response = post(client, "2026/eroeffnen/", _version=str(preparing.version))

    assert response.headers["Location"] == f"{BASE}2026/"
    assert client.get(f"{BASE}2026/vorbereitung/").status_code == 302
    assert client.get(f"{BASE}2026/eroeffnen/").status_code == 404


def test_preparation_queries_do_not_grow(
    client: Client,
    coordinator: User,
    edition: Edition,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    prepare_round(
        year=2026,
        edition=edition,
        due_on=today() + timedelta(days=20),
        is_open_reading=False,
        partnerships=[make_partnership() for _ in range(30)],
        by=coordinator,
        now=now(),
    )
    client.get(f"{BASE}2026/vorbereitung/")

    with django_assert_max_num_queries(15):
        client.get(f"{BASE}2026/vorbereitung/")


def new_round(client: Client, edition: Edition, **changes: str) -> Any:
    chosen = [str(found.pk) for found in Partnership.objects.in_check()]
    data: dict[str, Any] = {
        "year": str(today().year),
        "edition": str(edition.pk),
        "working_days": "20",
    }
    return post(client, "neu/", partnerships=chosen, **(data | changes))


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"year": "2092"}, "für das Jahr 2092"),
        (
            {"working_days": "", "due_on": f"25.12.{today().year + 1}"},
            "kein Arbeitstag (Erster Weihnachtstag)",
        ),
        ({"working_days": "4"}, "nur 4 Arbeitstage"),
        ({"working_days": "1"}, "nur ein Arbeitstag"),
        (
            {"working_days": "", "due_on": f"{today() + timedelta(days=400):%d.%m.%Y}"},
            "mehr als ein Jahr",
        ),
    ],
)
def test_what_is_perhaps_not_meant_is_asked_back_once(
    client: Client, edition: Edition, changes: dict[str, str], asked: str
) -> None:
    first = new_round(client, edition, **changes)
    assert (first.status_code, asked in first.text) == (422, True)
    assert 'type="checkbox" name="is_meant"' in first.text

    second = new_round(client, edition, **changes, is_meant="on")

    assert second.status_code == 302


def test_second_round_of_a_year_is_asked_back(client: Client, preparing: CheckRound) -> None:
    answer = new_round(client, preparing.edition, year="2026")

    assert "Für 2026 gibt es schon: Leitlinien-Check 2026." in answer.text
    assert new_round(client, preparing.edition, year="2026", is_meant="on").status_code == 302
