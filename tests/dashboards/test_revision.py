"""/revision/: that something happened, by whom and when, and nothing of what it said."""

import pghistory
import pytest
from django.test import Client

from ministries.models import Role, User
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
