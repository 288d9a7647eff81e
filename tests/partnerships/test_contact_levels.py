"""Kontaktebene: how high the state government was represented, told with the title only."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.models import Activity, Partnership
from partnerships.records.activities.facts import activity_facts
from partnerships.records.activities.levels import ContactLevel
from tests.factories import make_ministry, make_partnership
from tests.partnerships.conftest import People, Send
from tests.partnerships.test_activity_page import full
from tests.record_factories import make_activity

LIST = "/aktivitaeten/"
RANKED = [
    ("minister_president", "Ministerpräsident/in"),
    ("minister", "Staatsminister/in"),
    ("state_secretary", "Staatssekretär/in, Amtschef/in"),
    ("head_of_division", "Abteilungs-, Behördenleitung"),
    ("working", "Fachebene"),
    ("without_government", "ohne Staatsregierung"),
]
LEADERSHIP = {"minister_president", "minister", "state_secretary"}


@pytest.fixture
def ranks(people: People) -> None:
    """One activity of each rank under its name, and one of which none is recorded."""
    for day, level in enumerate([*ContactLevel, ""], start=1):
        make_activity(
            ministry=people.house, title=level or "none", level=level, starts_on=date(2026, 5, day)
        )


@pytest.fixture
def flandern(db: None) -> Partnership:
    return make_partnership(name="Flandern", slug="flandern")


@pytest.fixture
def kept_back(flandern: Partnership) -> Activity:
    """Of another house, which tells period and region only."""
    return make_activity(
        ministry=make_ministry(abbreviation="SMWA", slug="smwa"),
        title="Geheimreise",
        visibility="outline",
        level="minister",
        partnerships=[flandern],
    )


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(b"".join(response).decode().split())


def titles(client: Client, query: str) -> list[str]:
    rows = client.get(f"{LIST}{query}").context["rows"]
    return [row.outline_title if row.is_outline else row.title for row in rows]


def test_ranks_have_the_codes_of_the_public_list() -> None:
    assert ContactLevel.choices == RANKED


def test_contacts_of_leadership_are_those_of_the_first_three(ranks: None) -> None:
    assert {row.level for row in Activity.objects.of_leadership()} == LEADERSHIP


# Form, page, history


def test_form_writes_it_and_page_and_history_tell_it(
    send: Send, officer: Client, activity: Activity
) -> None:
    page = activity.get_absolute_url()
    assert "Kontaktebene</dt>" in text_of(officer, page)
    assert '<span class="nothing">nicht erfasst</span>' in text_of(officer, page)

    send("bearbeiten/", **full(activity, level="state_secretary"))

    activity.refresh_from_db()
    assert activity.level == "state_secretary"
    words = "Staatssekretär/in, Amtschef/in"
    assert words in text_of(officer, page)
    assert '<span class="nothing">nicht erfasst</span>' not in text_of(officer, page)
    assert words in text_of(officer, f"/unterlagen/aktivitaet/{activity.pk}/aenderungen/")
    send("bearbeiten/", version=2, **full(activity, level=""))
    activity.refresh_from_db()
    assert activity.level == ""


def test_form_says_which_rank_counts(officer: Client, activity: Activity) -> None:
    text = text_of(officer, f"{activity.get_absolute_url()}bearbeiten/")
    assert (
        "Der höchste Rang der Staatsregierung, der dabei ist, nach dem Amt an diesem Tag." in text
    )
    assert '<option value="" selected>nicht erfasst</option>' in text


def test_unknown_rank_is_refused(send: Send, activity: Activity) -> None:
    assert send("bearbeiten/", **full(activity, level="unknown")).status_code == 422


# List and export


@pytest.mark.parametrize(
    ("level", "found"),
    [
        *((code, {code}) for code, _ in RANKED),
        ("leadership", LEADERSHIP),
        ("none", {"none"}),
    ],
)
def test_filter(officer: Client, ranks: None, level: str, found: set[str]) -> None:
    assert set(titles(officer, f"?level={level}")) == found


def test_order_is_that_of_the_ranks(officer: Client, ranks: None) -> None:
    ranked = [*(code for code, _ in RANKED), "none"]
    assert titles(officer, "?sort=level") == ranked
    assert titles(officer, "?sort=-level") == ranked[::-1]


def test_list_and_export_tell_it(officer: Client, ranks: None) -> None:
    page, file = text_of(officer, LIST), text_of(officer, f"{LIST}?format=csv")
    for _, words in RANKED:
        assert f'<td data-label="Kontaktebene">{words}</td>' in page
        assert words in file
    assert '<td data-label="Kontaktebene"><span class="nothing">nicht erfasst</span></td>' in page


# What other houses keep back


@pytest.mark.parametrize("level", [*ContactLevel, "leadership", "none"])
def test_outline_is_found_by_no_rank(officer: Client, kept_back: Activity, level: str) -> None:
    for stored in ("minister", ""):
        Activity.objects.update(level=stored)
        assert titles(officer, f"?level={level}") == []


@pytest.mark.parametrize("sort", ["level", "-level"])
def test_order_tells_no_rank_kept_back(
    officer: Client, ranks: None, kept_back: Activity, sort: str
) -> None:
    other = make_activity(ministry=kept_back.ministry, visibility="outline", level="working")
    before = [row.pk for row in officer.get(f"{LIST}?sort={sort}").context["rows"]]

    Activity.objects.filter(pk=kept_back.pk).update(level="without_government")
    Activity.objects.filter(pk=other.pk).update(level="minister_president")

    assert [row.pk for row in officer.get(f"{LIST}?sort={sort}").context["rows"]] == before


@pytest.mark.parametrize("query", ["", "?format=csv"])
def test_outline_tells_no_rank(officer: Client, kept_back: Activity, query: str) -> None:
    told = [text_of(officer, f"{LIST}{query}")]
    if not query:
        told.append(text_of(officer, "/partnerschaften/flandern/aktivitaeten/"))
    for text in told:
        assert "Aktivität des SMWA" in text
        assert '<td data-label="Kontaktebene">Staatsminister/in' not in text
        assert ";Staatsminister/in" not in text


def test_outline_is_not_in_the_dossier(officer: Client, kept_back: Activity) -> None:
    assert "Staatsminister/in" not in text_of(
        officer, reverse("reports:dossier", args=["flandern"])
    )


# Dossier and fact sheet


@pytest.mark.parametrize("edition", ["intern", "mitnahme"])
def test_dossier_tells_it(
    officer: Client, people: People, flandern: Partnership, edition: str
) -> None:
    about = {"ministry": people.house, "partnerships": [flandern]}
    trip = make_activity(title="Reise", kind="outgoing_trip", level="minister", **about)
    make_activity(title="Treffen", kind="talk", **about)
    url = reverse("reports:dossier", args=["flandern"])

    text = text_of(officer, f"{url}?fassung={edition}&anlass={trip.pk}")

    assert "Delegationsreise (Staatsminister/in): Reise" in text
    assert "Gespräch: Treffen" in text
    assert "Kontaktebene" in text


def test_fact_sheet_tells_it(people: People, flandern: Partnership) -> None:
    make_activity(ministry=people.house, partnerships=[flandern], level="minister")

    done, _ = activity_facts(flandern, people.house)

    assert [fact.detail for fact in done.rows] == ["Veranstaltung · geplant · Staatsminister/in"]
