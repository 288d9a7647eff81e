"""A house is cut anew: areas, leads and records go to the houses that follow, in one act."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ministries.clock import today
from ministries.models import Job, Ministry, Notification, Responsibility, Role, User
from partnerships.models import FollowUp, Lead, Note, Partnership, SubjectRecord
from partnerships.reorganisation.actions import TELL_TECHNIK, tell_technik
from tests.factories import make_ministry, make_partnership, make_subject_area, make_user
from tests.partnerships.conftest import People
from tests.record_factories import make_follow_up, make_note, make_subject_record

SignIn = Callable[[User], Client]


@pytest.fixture
def coordinator(people: People, sign_in: SignIn) -> Client:
    return sign_in(people.coordinator)


@pytest.fixture
def partnership(people: People) -> Partnership:
    """Led by the house, in its two subject areas, with a Sachstand in one of them."""
    areas = [
        make_subject_area(ministry=people.house, name=name) for name in ("Kultur", "Forschung")
    ]
    partnership = make_partnership(lead=people.house, areas=areas)
    make_subject_record(partnership=partnership, area=areas[0], ministry=people.house)
    make_note(ministry=people.house, partnership=partnership)
    make_follow_up(ministry=people.house, partnership=partnership)
    return partnership


def post(client: Client, house: Ministry, **values: Any) -> Any:
    address = f"/ressorts/neuordnung/{house.slug}/"
    seen = client.get(address).context["form"].fingerprint
    typed = {"valid_from": f"{today():%d.%m.%Y}", "reason": "Organisationserlass", "seen": seen}
    return client.post(address, {"_token": str(uuid4()), **typed, **values})


NEW = {
    "abbreviation1": "SMX",
    "name1": "Sächsisches Staatsministerium für Neues",
    "successor": "new1",
}


def test_preview_changes_nothing(
    coordinator: Client, people: People, partnership: Partnership
) -> None:
    text = post(coordinator, people.house, **NEW).content.decode()

    assert "SMX: Sächsisches Staatsministerium für Neues" in text
    assert "Kultur" in text
    assert "offene Wiedervorlagen" in text
    assert not Ministry.objects.filter(abbreviation="SMX").exists()


def test_new_house_has_its_mailbox_and_technik_the_list(
    coordinator: Client, people: People, partnership: Partnership
) -> None:
    technician = make_user(role=Role.ADMINISTRATOR)
    values = {**NEW, "mailbox1": "poststelle@demo.example"}
    assert "poststelle@demo.example" in post(coordinator, people.house, **values).content.decode()
    assert not Notification.objects.exists()

    post(coordinator, people.house, **values, confirmed="1")

    assert Ministry.objects.get(abbreviation="SMX").mailbox == "poststelle@demo.example"
    tell_technik(**Job.objects.get(task_name=TELL_TECHNIK).args)
    mail = Notification.objects.get(recipient=technician)
    assert people.officer.email in mail.body
    assert "SMX" in mail.body


def test_everything_goes_to_a_new_house(
    coordinator: Client, people: People, partnership: Partnership
) -> None:
    post(coordinator, people.house, **NEW, ends="on", confirmed="1")

    new = Ministry.objects.get(abbreviation="SMX")
    assert new.valid_from == today()
    assert set(Responsibility.objects.on(today()).values_list("ministry", flat=True)) == {new.pk}
    assert Lead.objects.on(today()).get().ministry == new
    for model in (SubjectRecord, Note, FollowUp):
        assert model.objects.get().ministry == new  # type: ignore[attr-defined]


def test_old_names_stay_in_the_history(
    coordinator: Client, people: People, partnership: Partnership
) -> None:
    post(coordinator, people.house, **NEW, ends="on", confirmed="1")

    yesterday = today() - timedelta(days=1)
    people.house.refresh_from_db()
    assert people.house.valid_until == yesterday
    assert [house.abbreviation for house in people.house.successors.all()] == ["SMX"]
    assert Lead.objects.on(yesterday).get().ministry == people.house
    assert Responsibility.objects.on(yesterday).filter(ministry=people.house).count() == 2


def test_one_area_goes_with_its_records(
    coordinator: Client, people: People, partnership: Partnership
) -> None:
    other = make_ministry(abbreviation="SMI")
    area = Responsibility.objects.get(subject_area__name="Kultur")

    post(coordinator, people.house, **{f"area_{area.pk}": str(other.pk)}, confirmed="1")

    assert SubjectRecord.objects.get().ministry == other
    assert Note.objects.get().ministry == people.house
    assert Lead.objects.on(today()).get().ministry == people.house
    stays = Responsibility.objects.on(today()).get(subject_area__name="Forschung")
    assert stays.ministry == people.house


def test_area_that_stays_keeps_its_records(
    coordinator: Client, people: People, partnership: Partnership
) -> None:
    area = Responsibility.objects.get(subject_area__name="Kultur")

    post(coordinator, people.house, **NEW, **{f"area_{area.pk}": "stay"}, confirmed="1")

    assert SubjectRecord.objects.get().ministry == people.house
    assert Note.objects.get().ministry.abbreviation == "SMX"


def test_offer_of_another_house_follows(
    coordinator: Client, people: People, partnership: Partnership
) -> None:
    other = make_ministry(abbreviation="SMI")
    note = make_note(
        ministry=other, partnership=partnership, offered_to=people.house, offer_reason="Anlass"
    )

    post(coordinator, people.house, **NEW, confirmed="1")

    note.refresh_from_db()
    assert (note.ministry, str(note.offered_to)) == (other, "SMX")


def test_no_day_in_the_future(
    coordinator: Client, people: People, partnership: Partnership
) -> None:
    response = post(coordinator, people.house, **NEW | {"valid_from": "1.1.2099", "confirmed": "1"})

    assert response.status_code == 422
    assert not Ministry.objects.filter(abbreviation="SMX").exists()


def test_nothing_chosen_is_refused(
    coordinator: Client, people: People, partnership: Partnership
) -> None:
    assert post(coordinator, people.house, confirmed="1").status_code == 422


def test_what_came_meanwhile_is_not_moved_unseen(
    coordinator: Client, people: People, partnership: Partnership
) -> None:
    response = post(coordinator, people.house, **NEW, seen="a1", confirmed="1")

    assert response.status_code == 422
    assert "Inzwischen hat sich etwas geändert" in response.content.decode()


def test_abbreviation_in_use_writes_nothing(
    coordinator: Client, people: People, partnership: Partnership
) -> None:
    make_ministry(abbreviation="SMX", valid_from=date(2020, 1, 1))

    response = post(coordinator, people.house, **NEW, confirmed="1")

    assert response.status_code == 422
    assert Note.objects.get().ministry == people.house
