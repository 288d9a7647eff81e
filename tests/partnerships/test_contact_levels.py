"""Kontaktebene: how high the state government was represented."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.models import Activity, Partnership
from partnerships.records.activities.facts import activity_facts
from partnerships.records.activities.levels import ContactLevel
from tests.factories import make_partnership
from tests.partnerships.conftest import People, Send
from tests.record_factories import make_activity

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


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(b"".join(response).decode().split())


def test_ranks_have_the_codes_of_the_public_list() -> None:
    assert ContactLevel.choices == RANKED


def test_contacts_of_leadership_are_those_of_the_first_three(ranks: None) -> None:
    assert {row.level for row in Activity.objects.of_leadership()} == LEADERSHIP


# Form, page, history


def edit(activity: Activity, **changed: Any) -> dict[str, Any]:
    return {
        "title": activity.title,
        "period": activity.period_words,
        "kind": activity.kind,
        "ministry": activity.ministry_id,
        "visibility": activity.visibility,
        **changed,
    }


def test_form_writes_it_and_page_and_history_tell_it(
    send: Send, officer: Client, activity: Activity
) -> None:
    page = activity.get_absolute_url()
    assert "Kontaktebene</dt>" in text_of(officer, page)
    assert '<span class="nothing">nicht erfasst</span>' in text_of(officer, page)

    send("bearbeiten/", **edit(activity, level="state_secretary"))

    activity.refresh_from_db()
    assert activity.level == "state_secretary"
    words = "Staatssekretär/in, Amtschef/in"
    assert words in text_of(officer, page)
    assert '<span class="nothing">nicht erfasst</span>' not in text_of(officer, page)
    assert words in text_of(officer, f"/unterlagen/aktivitaet/{activity.pk}/aenderungen/")
    send("bearbeiten/", version=2, **edit(activity, level=""))
    activity.refresh_from_db()
    assert activity.level == ""


def test_form_says_which_rank_counts(officer: Client, activity: Activity) -> None:
    text = text_of(officer, f"{activity.get_absolute_url()}bearbeiten/")
    assert (
        "Der höchste Rang der Staatsregierung, der dabei ist, nach dem Amt an diesem Tag." in text
    )
    assert '<option value="" selected>nicht erfasst</option>' in text


def test_unknown_rank_is_refused(send: Send, activity: Activity) -> None:
    assert send("bearbeiten/", **edit(activity, level="unknown")).status_code == 422


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
