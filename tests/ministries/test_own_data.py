"""/konto/meine-daten/: everything about oneself, and nothing about others."""

import json

import pghistory
import pytest
from django.test import Client

from ministries.clock import now
from ministries.models import Disclosure, Notification, Role, User
from tests.factories import make_ministry, make_user
from tests.signs import store

ADDRESS = "/konto/meine-daten/"


@pytest.fixture
def person(db: None) -> User:
    return make_user(role=Role.OFFICER, ministry=make_ministry(abbreviation="SMWK"), name="Referat")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="config.authentication.LoginBackend")
    return client


def sections(user: User) -> dict[str, dict[str, str]]:
    answer = client_of(user).get(ADDRESS, {"format": "json"})
    return {
        one["title"]: {line["label"]: line["value"] for line in one["lines"]}
        for one in json.loads(answer.content)["sections"]
    }


def test_names_account_functions_and_how_long(person: User) -> None:
    found = sections(person)
    text = client_of(person).get(ADDRESS).content.decode()

    assert found["Konto"]["E-Mail-Adresse"] == person.email
    assert "Bearbeitung (Ressort), SMWK" in found["Funktionen"]
    assert "24 Monate" in text


def test_what_was_stored_before_goes_along_clean(person: User) -> None:
    store(person, name='Que\u0301bec\uffff _x0022_d\x92Ávila"')

    assert sections(person)["Konto"]["Name"] == 'Québec "d’Ávila"'


def test_counts_own_changes_by_kind_without_their_contents(person: User) -> None:
    with pghistory.context(user=person.pk):
        make_ministry(abbreviation="GEHEIM")
    found = sections(person)

    assert found["Mein Name an Änderungen"] == {"Ressorts": "1 Änderung"}
    assert "GEHEIM" not in json.dumps(found)


def test_mails_and_disclosures_are_ones_own(person: User) -> None:
    other = make_user()
    for user, words in ((person, "meine"), (other, "fremde")):
        Notification.objects.create(
            recipient=user, kind="account", to_address=user.email, subject=words, message_id=words
        )
        Disclosure.objects.create(
            kind="export", subject=words, purpose="Einladung", made_at=now(), made_by=user
        )
    text = json.dumps(sections(person))

    assert "meine" in text
    assert "fremde" not in text


def test_as_csv(person: User) -> None:
    answer = client_of(person).get(ADDRESS, {"format": "csv"})

    assert person.email in b"".join(answer).decode("utf-8-sig")
