"""Records are archived and taken back, offered and taken over."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from dashboards.desk import desk_count, desk_groups
from ministries.clock import today
from ministries.models import Role, User
from partnerships.models import Commitment
from partnerships.records.shared.acts import acts_on
from tests.factories import confirm_everything, make_ministry, make_partnership, make_user
from tests.partnerships.conftest import People
from tests.record_factories import make_commitment, make_document

SignIn = Callable[[User], Client]


@pytest.fixture
def commitment(people: People) -> Commitment:
    return make_commitment(ministry=people.house, partnership=make_partnership(slug="p"))


@pytest.fixture
def other(people: People) -> User:
    return make_user(role=Role.HEAD, ministry=make_ministry(abbreviation="SMI"))


def send(client: Client, record: Any, act: str, kind: str = "zusage", **values: Any) -> Any:
    address = f"/unterlagen/{kind}/{record.pk}/{act}/"
    version = type(record).objects.get(pk=record.pk).version
    return client.post(address, {"_token": str(uuid4()), "_version": version, **values})


def offer(client: Client, record: Any, to: User, kind: str = "zusage") -> None:
    house = to.appointments.get().ministry_id
    send(client, record, "abgeben", kind, to=house, reason="Zuständigkeit")


def labels(record: Any, user: User) -> list[str]:
    return [act.label for act in acts_on(record, User.objects.get(pk=user.pk))]


def test_archive_and_take_back(people: People, sign_in: SignIn, commitment: Commitment) -> None:
    officer = sign_in(people.officer)

    send(officer, commitment, "archivieren", reason="Erledigt")
    commitment.refresh_from_db()
    archived = (commitment.archived_on, commitment.archive_reason)
    send(officer, commitment, "zurueckholen", reason="Doch nicht")

    commitment.refresh_from_db()
    assert archived == (today(), "Erledigt")
    assert commitment.archived_on is None


def test_reason_is_required(people: People, sign_in: SignIn, commitment: Commitment) -> None:
    assert send(sign_in(people.officer), commitment, "archivieren").status_code == 422


def test_offer_leaves_the_record_where_it_is(
    people: People, sign_in: SignIn, commitment: Commitment, other: User
) -> None:
    offer(sign_in(people.officer), commitment, other)

    commitment.refresh_from_db()
    assert commitment.ministry == people.house
    assert str(commitment.offered_to) == "SMI"


def test_offer_waits_on_the_desk(
    people: People, sign_in: SignIn, commitment: Commitment, other: User
) -> None:
    offer(sign_in(people.officer), commitment, other)
    fresh = User.objects.get(pk=other.pk)

    confirm_everything()
    (row,) = [row for group in desk_groups(fresh, today()) for row in group.rows]

    assert row.item.object_label == f"Zusage: {commitment.title}"
    assert (row.item.verb, row.item.asked_by) == ("Übernahme bestätigen", "SMWK")
    assert desk_count(fresh, today()) == 1


def test_other_house_takes_over(
    people: People, sign_in: SignIn, commitment: Commitment, other: User
) -> None:
    offer(sign_in(people.officer), commitment, other)

    send(sign_in(other), commitment, "uebernehmen")

    commitment.refresh_from_db()
    assert (str(commitment.ministry), commitment.offered_to) == ("SMI", None)


def test_other_house_declines_what_it_no_longer_sees(
    people: People, sign_in: SignIn, other: User
) -> None:
    partnership = make_partnership(slug="p")
    document = make_document(
        ministry=people.house,
        partnership=partnership,
        uploaded_by=people.officer,
        visibility="house",
    )
    offer(sign_in(people.officer), document, other, "dokument")

    response = send(sign_in(other), document, "angebot-zuruecknehmen", "dokument")

    assert response["Location"] == "/partnerschaften/p/"
    assert sign_in(other).get(f"/unterlagen/dokument/{document.pk}/aenderungen/").status_code == 404


def test_acts_on_offer_follow_the_state(
    people: People, sign_in: SignIn, commitment: Commitment, other: User
) -> None:
    before = labels(commitment, people.officer)
    offer(sign_in(people.officer), commitment, other)
    commitment.refresh_from_db()

    assert "An anderes Ressort abgeben" in before
    assert "Angebot zurücknehmen" in labels(commitment, people.officer)
    assert "Übernahme bestätigen" in labels(commitment, other)
    assert labels(commitment, people.auditor) == ["Änderungen"]


def test_unknown_kind_is_not_found(people: People, sign_in: SignIn, commitment: Commitment) -> None:
    response = sign_in(people.officer).get(f"/unterlagen/unsinn/{commitment.pk}/archivieren/")

    assert response.status_code == 404
