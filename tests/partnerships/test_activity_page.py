"""The page of an activity: written in full, its parts, its states, and who reads it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from guidelines.models import Contribution
from ministries.clock import today
from ministries.models import Role, User
from partnerships.models import Activity, CostLine
from partnerships.records.activities.facts import activity_facts
from tests.factories import (
    NOW,
    make_edition,
    make_guideline,
    make_ministry,
    make_partnership,
    make_user,
)
from tests.partnerships.conftest import People, Send, SignIn
from tests.record_factories import make_activity


def page(client: Client, activity: Activity) -> str:
    response = client.get(activity.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# In full


def full(activity: Activity, **changed: Any) -> dict[str, Any]:
    return {
        "title": activity.title,
        "period": activity.period_words,
        "kind": activity.kind,
        "ministry": activity.ministry_id,
        "visibility": activity.visibility,
        **changed,
    }


def test_edit_writes_every_field(send: Send, activity: Activity) -> None:
    about, guest = make_partnership(), make_ministry(abbreviation="SMWA")
    send(
        "bearbeiten/",
        **full(
            activity,
            period="3.–5.4.26",
            partnerships=[about.pk],
            participating=[guest.pk],
            countries="Polen, tschechien",
            aims="Kennenlernen",
            file_reference="35-1",
            filed_on="1.5.2026",
        ),
    )

    activity.refresh_from_db()
    assert activity.period_words == "03.04.2026 bis 05.04.2026"
    assert [country.code for country in activity.countries] == ["CZ", "PL"]  # type: ignore[attr-defined]
    assert (activity.aims, activity.file_reference) == ("Kennenlernen", "35-1")
    assert list(activity.partnerships.all()) == [about]
    assert list(activity.participating.all()) == [guest]


def test_own_house_is_not_among_those_that_take_part(
    send: Send, activity: Activity, officer: Client
) -> None:
    text = officer.get(f"{activity.get_absolute_url()}bearbeiten/").context["form"]
    offered = [str(key) for key, _ in text.fields["participating"].choices]
    assert str(activity.ministry_id) not in offered
    response = send("bearbeiten/", **full(activity, participating=[activity.ministry_id]))
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"countries": "Polen, Mordor"}, "„Mordor“ ist kein Staat."),
        ({"filed_on": "1.5.2026"}, "Was veraktet ist, hat ein Aktenzeichen."),
        ({"period": "5.4.2026–3.4.2026"}, "Das Ende liegt vor dem Beginn."),
    ],
)
def test_edit_says_what_is_wrong(
    send: Send, activity: Activity, changed: dict[str, str], sentence: str
) -> None:
    response = send("bearbeiten/", **full(activity, **changed))

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_second_saver_sees_both_texts(send: Send, activity: Activity) -> None:
    send("bearbeiten/", **full(activity, place="Brüssel"))

    response = send("bearbeiten/", **full(activity, place="Gent"))

    text = response.content.decode()
    assert response.status_code == 409
    assert "Brüssel" in text
    assert "Gent" in text


def test_archived_activity_is_not_written(
    send: Send, activity: Activity, people: People, officer: Client
) -> None:
    gone = {"archived_on": today(), "archived_by": people.officer, "archive_reason": "doppelt"}
    Activity.objects.filter(pk=activity.pk).update(**gone)

    assert send("bearbeiten/", **full(activity, title="Neu")).status_code == 422
    assert send("kosten/neu/", bearer="chancellery", planned="5").status_code == 422
    assert "Archiviert am" in page(officer, activity)


# Confidential


@pytest.fixture
def colleague(people: People) -> User:
    return make_user(role=Role.OFFICER, ministry=people.house, name="Demo Kollegin")


def test_confidential_activity_is_for_its_circle(
    send: Send, activity: Activity, people: People, colleague: User, sign_in: SignIn
) -> None:
    stranger = make_user(role=Role.HEAD, ministry=people.house)
    send("bearbeiten/", **full(activity, is_confidential="on", circle=[colleague.pk]))

    assert set(activity.circle.all()) == {people.officer, colleague}
    assert "vertraulich" in page(sign_in(colleague), activity)
    assert sign_in(stranger).get(activity.get_absolute_url()).status_code == 404


def test_circle_keeps_whom_the_form_does_not_offer(
    send: Send, activity: Activity, people: People
) -> None:
    elsewhere = make_user(role=Role.OFFICER, ministry=make_ministry())
    Activity.objects.filter(pk=activity.pk).update(is_confidential=True)
    activity.circle.set([people.officer, elsewhere])

    send("bearbeiten/", **full(activity, is_confidential="on"))

    assert set(activity.circle.all()) == {people.officer, elsewhere}


# States


def test_activity_is_moved_along_its_states(send: Send, activity: Activity) -> None:
    send("stand/", target="announced")
    send("stand/", version=2, target="scheduled")

    activity.refresh_from_db()
    assert activity.state == "scheduled"


def test_move_that_is_not_foreseen_is_told(send: Send, activity: Activity, officer: Client) -> None:
    Activity.objects.filter(pk=activity.pk).update(state="announced")

    send("stand/", target="announced")

    assert "Laden Sie die Seite neu" in page(officer, activity)


def test_move_of_the_second_saver_is_told(send: Send, activity: Activity, officer: Client) -> None:
    send("stand/", target="announced")
    send("stand/", target="scheduled")

    activity.refresh_from_db()
    assert activity.state == "announced"
    assert "Inzwischen hat jemand anderes gespeichert." in page(officer, activity)


def test_cancelling_asks_for_a_reason(send: Send, activity: Activity, officer: Client) -> None:
    assert send("absagen/", reason=" ").status_code == 422

    send("absagen/", reason="Unwetter")

    assert "Grund der Absage: Unwetter" in page(officer, activity)


def test_planned_again_forgets_the_reason(send: Send, activity: Activity) -> None:
    send("absagen/", reason="Unwetter")
    send("stand/", version=2, target="planned")

    activity.refresh_from_db()
    assert (activity.state, activity.cancel_reason) == ("planned", "")


def test_results_make_it_done(send: Send, activity: Activity) -> None:
    send("ergebnis/", results="Drei Konzerte")

    activity.refresh_from_db()
    assert (activity.state, activity.results) == ("done", "Drei Konzerte")


def test_results_of_what_is_yet_to_come_are_refused(send: Send, activity: Activity) -> None:
    Activity.objects.filter(pk=activity.pk).update(starts_on=today() + timedelta(days=1))

    assert send("ergebnis/", results="Prophezeit").status_code == 422


# Guidelines


def test_activity_says_which_guidelines_it_serves(officer: Client, activity: Activity) -> None:
    edition = make_edition()
    first, second = make_guideline(edition=edition), make_guideline(edition=edition)
    condition = make_guideline(edition=edition, kind="framework_condition")
    edition.published_at = NOW
    edition.save()
    url = f"/leitlinien/beitraege/{activity.pk}/"

    assert str(condition) not in officer.get(url).content.decode()
    for served, version in (([first.pk, second.pk], 1), ([second.pk], 2)):
        officer.post(url, {"guidelines": served, "_version": version, "_token": uuid4()})

    assert [one.guideline for one in Contribution.objects.all()] == [second]
    assert f"{second} (" in page(officer, activity)


# Beside a statement


def test_fact_sheet_tells_what_every_house_may_read(
    people: People, activity: Activity, colleague: User
) -> None:
    about, secret = make_partnership(), make_partnership(is_confidential=True)
    activity.partnerships.set([about])
    CostLine.objects.create(activity=activity, bearer="chancellery", planned=100, actual="99.90")
    for fields in ({"visibility": "house"}, {"visibility": "outline"}, {"is_confidential": True}):
        make_activity(ministry=people.house, partnerships=[about], **fields)
    make_activity(ministry=people.house, partnerships=[about, secret])
    make_activity(ministry=make_ministry(), partnerships=[about])

    done, costs = activity_facts(about, people.house)

    assert [fact.value for fact in done.rows] == ["Gastspiel"]
    assert [(fact.label, fact.value) for fact in costs.rows] == [
        ("Staatskanzlei", "geplant 100 €; tatsächlich 99,90 €")
    ]
