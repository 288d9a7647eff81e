"""What a record points at is named to nobody who may not see it, on its page and in its changes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ministries.models import Role, User
from partnerships.models import Agreement, Partnership
from tests.factories import make_agreement, make_partnership, make_user
from tests.harness import crawl
from tests.partnerships.conftest import People
from tests.record_factories import (
    make_activity,
    make_note,
)

SignIn = Callable[[User], Client]
SECRET = "Geheim Brjansk"


@pytest.fixture
def partnership(people: People) -> Partnership:
    return make_partnership(name="Flandern", slug="flandern", lead=people.house)


@pytest.fixture
def confidential(people: People) -> Partnership:
    return make_partnership(name=SECRET, slug="geheim", is_confidential=True)


def read(client: Client, *addresses: str) -> str:
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    return b"".join(map(crawl.read, answers)).decode()


def pages_of(kind: str, record: Any) -> tuple[str, str]:
    return record.get_absolute_url(), f"/unterlagen/{kind}/{record.pk}/aenderungen/"


HIDDEN_ACTIVITIES: list[dict[str, Any]] = [
    {"visibility": "house"},
    {"visibility": "outline"},
    {"is_confidential": True},
]


@pytest.mark.parametrize("fields", HIDDEN_ACTIVITIES, ids=str)
def test_note_keeps_back_a_hidden_activity(
    people: People, sign_in: SignIn, partnership: Partnership, fields: dict[str, Any]
) -> None:
    about: dict[str, Any] = {"ministry": people.house}
    activity = make_activity(title=SECRET, partnerships=[partnership], **about, **fields)
    activity.circle.add(people.officer)
    note = make_note(
        partnership=partnership, activity=activity, released_by=people.officer, **about
    )
    pages = pages_of("vermerk", note)

    other = read(sign_in(make_user(role=Role.OFFICER)), *pages)
    assert SECRET in read(sign_in(people.officer), *pages)
    assert SECRET not in other
    assert "zur Aktivität" not in other


def test_agreement_keeps_back_a_hidden_predecessor(
    people: People, sign_in: SignIn, partnership: Partnership, confidential: Partnership
) -> None:
    former = make_agreement(partnership=confidential, title=f"Erklärung {SECRET}")
    make_agreement(partnership=partnership, predecessor=former)
    pages = ("/partnerschaften/flandern/vereinbarungen/", "/partnerschaften/flandern/aenderungen/")

    other = read(sign_in(people.officer), *pages)
    assert SECRET not in other
    assert "Folgt auf" not in other
    assert "Vorgängerin" not in other
    assert SECRET in read(sign_in(people.coordinator), *pages)


def test_hidden_successor_renews_nothing(
    people: People, partnership: Partnership, confidential: Partnership
) -> None:
    ended = {"term": "fixed_term", "valid_until": "2020-12-31"}
    first = make_agreement(partnership=partnership, **ended)
    later = make_agreement(partnership=confidential, predecessor=first)

    assert first in Agreement.objects.without_successor()
    Partnership.objects.filter(pk=confidential.pk).update(is_confidential=False)
    assert first not in Agreement.objects.without_successor()
    Agreement.objects.filter(pk=later.pk).update(partnership=partnership)
    assert first not in Agreement.objects.without_successor()
