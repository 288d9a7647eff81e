"""The page of an activity: written in full, its parts, its states, and who reads it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from guidelines.models import Contribution
from ministries.clock import today
from ministries.models import Role, User
from partnerships.models import Activity, CostLine, Organisation
from tests.factories import (
    NOW,
    make_edition,
    make_guideline,
    make_ministry,
    make_partnership,
    make_user,
)
from tests.partnerships.conftest import People, SignIn
from tests.record_factories import make_activity, make_organisation


@pytest.fixture
def officer(people: People, sign_in: SignIn) -> Client:
    return sign_in(people.officer)


@pytest.fixture
def activity(people: People) -> Activity:
    return make_activity(ministry=people.house, title="Gastspiel")


Send = Callable[..., Any]


@pytest.fixture
def send(officer: Client, activity: Activity) -> Send:
    def sent(route: str, version: int = 1, **data: Any) -> Any:
        url = f"{activity.get_absolute_url()}{route}"
        return officer.post(url, {**data, "_version": version, "_token": uuid4()})

    return sent


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


# Parts


def test_sum_and_who_bears_it_is_one_line(
    send: Send, activity: Activity, people: People, officer: Client
) -> None:
    send("kosten/neu/", bearer=f"house:{people.house.slug}", planned="1.500")
    send("kosten/neu/", bearer=f"house:{people.house.slug}", planned="500", actual="450,50")
    send("kosten/neu/", bearer="third_party", planned="200")

    sums = officer.get(activity.get_absolute_url()).context["parts"][-1].sums
    told = [(one.bearer, one.planned, one.actual) for one in sums]
    assert [(b, str(p), str(a)) for b, p, a in told] == [
        ("SMWK", "2000.00", "450.50"),
        ("Dritte", "200.00", "None"),
    ]


def test_costs_without_a_sum_are_refused(send: Send, activity: Activity) -> None:
    response = send("kosten/neu/", bearer="chancellery")

    assert response.status_code == 422
    assert "einen geplanten oder einen tatsächlichen Betrag" in response.content.decode()


def test_part_is_changed_and_removed(send: Send, activity: Activity) -> None:
    line = CostLine.objects.create(activity=activity, bearer="chancellery", planned=100)

    send(f"kosten/{line.pk}/", bearer="third_party", planned="120")
    line.refresh_from_db()
    assert (line.bearer, line.planned, line.version) == ("third_party", 120, 2)

    send(f"kosten/{line.pk}/entfernen/", version=2)
    assert not CostLine.objects.exists()
    kept = CostLine.pgh_event_model.objects.filter(pgh_label="delete")  # type: ignore[attr-defined]
    assert kept.count() == 1


def test_part_changed_meanwhile_is_not_removed(send: Send, activity: Activity) -> None:
    line = CostLine.objects.create(activity=activity, bearer="chancellery", planned=100)
    CostLine.objects.update(version=2)

    assert send(f"kosten/{line.pk}/entfernen/", version=1).status_code == 409
    assert CostLine.objects.exists()


def test_part_of_another_activity_is_not_found(send: Send, people: People) -> None:
    other = make_activity(ministry=people.house)
    line = CostLine.objects.create(activity=other, bearer="chancellery", planned=100)

    assert send(f"kosten/{line.pk}/", bearer="third_party", planned="1").status_code == 404


def test_known_organisation_is_taken_by_its_name(send: Send, activity: Activity) -> None:
    choir = make_organisation(name="Kammerchor Dresden")

    send("organisationen/neu/", name="kammerchor dresden", role="Gast")

    assert activity.activityorganisations.get().organisation == choir  # type: ignore[attr-defined]


def test_unknown_organisation_is_asked_about(send: Send, activity: Activity) -> None:
    make_organisation(name="Kammerchor Dresden")

    response = send("organisationen/neu/", name="Kammerchor Dresdn")

    text = response.content.decode()
    assert response.status_code == 422
    assert "Kammerchor Dresden (Chor)" in text
    assert "neue Organisation „Kammerchor Dresdn“ anlegen" in text


def test_new_organisation_is_entered_in_the_same_step(send: Send, activity: Activity) -> None:
    new = {"name": "Domowina", "organisation": "neu", "kind": "sorbian", "place": "Bautzen"}

    send("organisationen/neu/", **new)

    made = Organisation.objects.get()
    assert (str(made), made.kind) == ("Domowina, Bautzen", "sorbian")
    assert activity.activityorganisations.get().organisation == made  # type: ignore[attr-defined]


def test_new_organisation_needs_its_kind(send: Send, activity: Activity) -> None:
    response = send("organisationen/neu/", name="Domowina", organisation="neu")

    assert response.status_code == 422
    assert not Organisation.objects.exists()


def test_same_organisation_twice_is_told(send: Send, activity: Activity) -> None:
    make_organisation(name="Kammerchor")
    send("organisationen/neu/", name="Kammerchor")

    response = send("organisationen/neu/", name="Kammerchor")

    assert "Diese Organisation ist schon beteiligt." in response.content.decode()


def test_people_and_programme_show_on_the_page(
    send: Send, activity: Activity, officer: Client
) -> None:
    send("personen/neu/", side="partner", function="Kulturministerin", name="Demo Gast")
    send("programm/neu/", taken_on="12.5.2026", begins="14.30", title="Empfang", place="Rathaus")

    text = page(officer, activity)
    assert "Kulturministerin, Demo Gast" in text
    assert "12.05.2026, 14:30 Uhr · Rathaus" in text


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
