"""Changes of a record: what its house reads of them, and what others do."""

from collections.abc import Callable

import pghistory
import pytest
from django.test import Client

from ministries.clock import today
from ministries.models import Role, User
from partnerships.models import Note, SubjectRecord
from tests.factories import make_ministry, make_partnership, make_subject_area, make_user
from tests.partnerships.conftest import People
from tests.record_factories import make_activity, make_note, make_subject_record

SignIn = Callable[[User], Client]


@pytest.fixture
def record(people: People) -> SubjectRecord:
    """Released, then worked on by its house."""
    record = make_subject_record(
        partnership=make_partnership(slug="p"),
        area=make_subject_area(name="Kultur"),
        ministry=people.house,
        released_by=people.officer,
        situation="Die Lage",
    )
    with pghistory.context(reason="Nach dem Gespräch"):
        SubjectRecord.objects.filter(pk=record.pk).update(
            situation="Der Entwurf", internal_notes="Streng intern", version=2
        )
    return record


def page(client: Client, record: SubjectRecord, query: str = "") -> str:
    response = client.get(f"/unterlagen/sachstand/{record.pk}/aenderungen/{query}")
    return response.content.decode() if response.status_code == 200 else str(response.status_code)


def test_the_house_reads_drafts_and_notes(
    people: People, sign_in: SignIn, record: SubjectRecord
) -> None:
    text = page(sign_in(people.officer), record)

    assert "interne Notizen" in text
    assert "Streng intern" in text
    assert "Nach dem Gespräch" in text


def test_others_read_the_released_text_only(
    people: People, sign_in: SignIn, record: SubjectRecord
) -> None:
    text = page(sign_in(people.coordinator), record)

    assert "Die Lage" in text
    assert "Der Entwurf" not in text
    assert "Streng intern" not in text


def test_a_draft_leaves_no_trace_outside(
    people: People, sign_in: SignIn, record: SubjectRecord
) -> None:
    assert "Nach dem Gespräch" not in page(sign_in(people.coordinator), record)


def test_partnership_shows_changes_of_its_records(
    people: People, sign_in: SignIn, record: SubjectRecord
) -> None:
    address = "/partnerschaften/p/aenderungen/"

    inside = sign_in(people.officer).get(address).content.decode()
    outside = sign_in(people.coordinator).get(address).content.decode()

    assert "Sachstand „Kultur“ geändert" in inside
    assert "Sachstand „Kultur“ angelegt" in outside
    assert "Der Entwurf" not in outside


def test_what_was_internal_once_stays_internal(people: People, sign_in: SignIn) -> None:
    note = make_note(ministry=people.house, partnership=make_partnership(), text="Erste Fassung")
    Note.objects.filter(pk=note.pk).update(
        text="Zweite Fassung", released_at="2026-05-01T10:00Z", released_by=people.officer
    )

    address = f"/unterlagen/vermerk/{note.pk}/aenderungen/"
    outside = sign_in(people.coordinator).get(address).content.decode()

    assert "Zweite Fassung" in outside
    assert "Erste Fassung" not in outside


def test_links_are_told_inside(people: People, sign_in: SignIn) -> None:
    activity = make_activity(ministry=people.house, partnerships=[make_partnership(name="Latium")])
    house = make_ministry(abbreviation="SMI")
    activity.participating.add(house)

    address = f"/unterlagen/aktivitaet/{activity.pk}/aenderungen/"
    inside = sign_in(people.officer).get(address).content.decode()

    assert "Partnerschaft „Latium“ hinzugefügt" in inside
    assert "Beteiligtes Ressort „SMI“ hinzugefügt" in inside


def test_unseen_record_has_no_changes(people: People, sign_in: SignIn) -> None:
    note = make_note(ministry=people.house, partnership=make_partnership())

    response = sign_in(people.coordinator).get(f"/unterlagen/vermerk/{note.pk}/aenderungen/")

    assert response.status_code == 404


def test_two_states_side_by_side(people: People, sign_in: SignIn, record: SubjectRecord) -> None:
    first, last = SubjectRecord.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]

    text = page(sign_in(people.officer), record, f"?von={first.pk}&bis={last.pk}")

    assert "<mark>" in text
    assert "Streng intern" in text


def test_states_others_cannot_read_are_not_compared(
    people: People, sign_in: SignIn, record: SubjectRecord
) -> None:
    first, last = SubjectRecord.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]

    text = page(sign_in(people.coordinator), record, f"?von={first.pk}&bis={last.pk}")

    assert "Streng intern" not in text
    assert "Diesen Stand gibt es nicht" in text


def test_day_instead_of_name_for_other_houses(people: People, sign_in: SignIn) -> None:
    officer = people.officer
    activity = make_activity(ministry=people.house)
    with pghistory.context(user=officer.pk, role=["officer SMWK"]):
        type(activity).objects.filter(pk=activity.pk).update(title="Neuer Titel")
    other = make_user(role=Role.OFFICER, ministry=make_ministry(abbreviation="SMI"))

    address = f"/unterlagen/aktivitaet/{activity.pk}/aenderungen/"
    inside = sign_in(officer).get(address).content.decode()
    outside = sign_in(other).get(address).content.decode()

    assert officer.name in inside
    assert officer.name not in outside.replace(other.name, "")
    assert f'Bearbeitung (Ressort), SMWK, <time datetime="{today():%Y-%m-%d}"' in outside
