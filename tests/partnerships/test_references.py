"""What a record points at is named to nobody who may not see it, on its page and in its changes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ministries.models import Role, User
from partnerships.models import Agreement, Note, Partnership
from tests.factories import make_agreement, make_authority, make_partnership, make_region, make_user
from tests.harness import crawl
from tests.partnerships.conftest import People
from tests.record_factories import (
    make_activity,
    make_commitment,
    make_contact,
    make_document,
    make_meeting,
    make_note,
    make_organisation,
    make_working_group,
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


def test_records_keep_back_what_a_hidden_partnership_has(
    people: People, sign_in: SignIn, partnership: Partnership, confidential: Partnership
) -> None:
    """Commitment, document, activity and working group of an open one."""
    about: dict[str, Any] = {"ministry": people.house, "partnership": partnership}
    agreement = make_agreement(partnership=confidential, title=f"Erklärung {SECRET}")
    group = make_working_group(
        ministry=people.house, partnership=confidential, name=f"Gruppe {SECRET}"
    )
    meeting = make_meeting(working_group=group)
    records = [
        ("zusage", make_commitment(agreement=agreement, meeting=meeting, **about)),
        ("dokument", make_document(agreement=agreement, uploaded_by=people.officer, **about)),
        ("arbeitsgruppe", make_working_group(parent=group, **about)),
    ]
    activity = make_activity(ministry=people.house, partnerships=[partnership], working_group=group)
    pages = [page for kind, row in records for page in pages_of(kind, row)]
    pages += [*pages_of("aktivitaet", activity), "/arbeitsgruppen/?format=csv"]
    pages += [f"/partnerschaften/flandern/{tab}/" for tab in ("dokumente", "arbeitsgruppen")]

    assert SECRET not in read(sign_in(people.officer), *pages)
    assert SECRET in read(sign_in(people.coordinator), *pages)


def test_contact_keeps_back_where_somebody_sits(
    people: People, sign_in: SignIn, partnership: Partnership, confidential: Partnership
) -> None:
    hidden = make_region(name="Brjansk")
    confidential.regions.set([hidden])
    authority = make_authority(region=hidden, name=f"Regierung {SECRET}")
    own = make_organisation(name=f"Chor {SECRET}", ministry=people.house)
    about: dict[str, Any] = {"ministry": people.house, "partnership": partnership}
    contacts = [make_contact(authority=authority, **about), make_contact(organisation=own, **about)]
    pages = [page for row in contacts for page in pages_of("ansprechperson", row)]
    pages += ["/kontakte/", "/partnerschaften/flandern/kontakte/"]
    pages += ["/partnerschaften/flandern/dossier/", "/partnerschaften/flandern/aenderungen/"]

    assert SECRET not in read(sign_in(make_user(role=Role.OFFICER)), *pages)
    assert f"Chor {SECRET}" in read(sign_in(people.officer), *pages)
    take_along = "/partnerschaften/flandern/dossier/?fassung=mitnahme"
    assert SECRET not in read(sign_in(people.officer), take_along)


def test_form_says_who_will_not_see_the_target(
    people: People, sign_in: SignIn, partnership: Partnership
) -> None:
    about: dict[str, Any] = {"ministry": people.house, "partnerships": [partnership]}
    make_activity(title="Intern", visibility="house", **about)
    make_activity(title="Angekündigt", visibility="outline", **about)
    make_activity(title="Offen", **about)
    make_note(ministry=people.house, partnership=partnership, title="Notiz")
    officer = sign_in(people.officer)

    note = read(officer, "/partnerschaften/flandern/vermerke/neu/")
    document = read(officer, "/partnerschaften/flandern/dokumente/neu/")
    assert "(nur unser Haus)</option>" in note
    assert "(andere Häuser nur Zeitraum und Region)</option>" in note
    assert "Offen, 12.05.2026</option>" in note
    assert "liest den Verweis darauf nicht" in note
    assert "(Entwurf, nur unser Haus)</option>" in document
    assert Note.objects.count() == 1
