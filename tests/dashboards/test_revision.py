"""/revision/: that something happened, by whom and when, and nothing of what it said."""

from datetime import timedelta
from uuid import uuid4

import pghistory
import pytest
from django.test import Client

from ministries.accounts import disclosure_actions as disclosures
from ministries.models import Disclosure, Role, User
from partnerships.models import Partnership
from tests.factories import make_ministry, make_partnership, make_user
from tests.guidelines.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor() -> Client:
    return signed_in(make_user(role=Role.AUDITOR, ministry=make_ministry()))


def body_of(client: Client, **query: str) -> str:
    answer = client.get("/revision/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_tells_who_and_when_but_not_what(auditor: Client) -> None:
    person: User = make_user(name="Bearbeitung Eins")
    with pghistory.context(user=person.pk, role=["officer SMWK"]):
        make_partnership(name="Geheimer Name")

    body = body_of(auditor, kind="partnerships.Partnership", person=str(person.pk))

    assert "Bearbeitung Eins" in body
    assert "angelegt" in body
    assert "Geheimer Name" not in body


def test_filters_and_pages(auditor: Client) -> None:
    for _ in range(51):
        make_partnership()

    first = body_of(auditor, kind="partnerships.Partnership")
    second = body_of(auditor, kind="partnerships.Partnership", page="2")

    assert "Ältere" in first
    assert "Neuere" in second
    assert "Keine Änderung passt dazu" in body_of(auditor, since="1.1.2090")
    assert body_of(auditor, kind="quatsch", page="x9")


def test_only_for_the_auditor() -> None:
    officer = signed_in(make_user(role=Role.OFFICER, ministry=make_ministry()))

    assert officer.get("/revision/").status_code == 403
    assert officer.get("/revision/ausgaben/").status_code == 403


def reading_of(client: Client, reason: str) -> str:
    event = Partnership.pgh_event_model.objects.latest("pgh_id")  # type: ignore[attr-defined]
    url = f"/revision/aenderung/partnerships.Partnership/{event.pk}/"
    assert "Geheimer" not in client.get(url).content.decode()
    answer = client.post(url, {"reason": reason, "_token": uuid4()}, follow=True)
    return answer.content.decode()


def test_content_is_read_with_a_reason_that_is_kept(auditor: Client) -> None:
    make_partnership(name="Geheimer Name", is_confidential=True)

    body = reading_of(auditor, "Prüfauftrag 12")

    assert "Geheimer Name" in body
    kept = Disclosure.objects.get()
    assert (kept.kind, kept.purpose) == ("reading", "Prüfauftrag 12")
    assert "Geheimer" not in kept.subject
    assert "Prüfauftrag 12" in auditor.get("/revision/ausgaben/").content.decode()


def test_without_a_reason_nothing_is_read(auditor: Client) -> None:
    make_partnership(name="Geheimer Name")

    assert "Geheimer Name" not in reading_of(auditor, "")
    assert not Disclosure.objects.exists()


def test_a_reading_ends_and_is_nobody_elses(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_partnership(name="Geheimer Name")
    reading_of(auditor, "Prüfauftrag 12")
    url = f"/revision/einsicht/{Disclosure.objects.get().pk}/"
    other = signed_in(make_user(role=Role.AUDITOR, ministry=make_ministry()))

    assert auditor.get(url).status_code == 200
    assert other.get(url).status_code == 404
    monkeypatch.setattr(disclosures, "HANDED_OUT_FOR", timedelta(seconds=-1))
    assert auditor.get(url).status_code == 404


def test_filters_by_act_number_and_house(auditor: Client) -> None:
    with pghistory.context(user=1, role=["officer SMX"]):
        row = make_partnership(name="Von SMX")
    with pghistory.context(user=2, role=["officer SMY"]):
        make_partnership()
    make_ministry(abbreviation="SMX")
    kind = "partnerships.Partnership"

    every, of_house, of_row = (
        body_of(auditor, kind=kind, **asked).count("Einsehen<span")
        for asked in ({}, {"house": "SMX"}, {"record": str(row.pk)})
    )
    assert 0 < of_house < every
    assert 0 < of_row < every
    assert "Keine Änderung passt" in body_of(auditor, kind=kind, act="delete")
    assert body_of(auditor, record="9" * 30)


def test_any_person_can_be_asked_for(auditor: Client) -> None:
    people = [make_user(name=f"Bearbeitung {name}") for name in ("Eins", "Zwei")]
    for person in people:
        with pghistory.context(user=person.pk, role=["officer SMWK"]):
            make_partnership()

    rows = body_of(auditor, person=str(people[0].pk)).partition("<tbody>")[2]

    assert "Bearbeitung Eins" in rows
    assert "Bearbeitung Zwei" not in rows


def test_what_is_shown_can_be_exported(auditor: Client) -> None:
    person = make_user(name="Bearbeitung Eins")
    with pghistory.context(user=person.pk, role=["officer SMWK"]):
        make_partnership(name="Geheimer Name")

    answer = auditor.get(
        "/revision/", {"kind": "partnerships.Partnership", "person": person.pk, "format": "csv"}
    )

    lines = answer.getvalue().decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[0].startswith("Zeitpunkt;Art;Nr.;Was;Durch")
    assert len(lines) == 2
    assert "Bearbeitung Eins" in lines[1]
    assert "Geheimer Name" not in lines[1]
