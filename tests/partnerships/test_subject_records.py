"""A Sachstand: others read what was released, and nothing is released unread."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ministries.clock import today
from ministries.models import Role
from partnerships.models import SubjectRecord
from tests import factories, record_factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(client: Client) -> Any:
    house = factories.make_ministry()
    area = factories.make_subject_area(ministry=house)
    client.force_login(factories.make_user(role=Role.OFFICER, ministry=house))
    partnership = factories.make_partnership(areas=[area])
    return record_factories.make_subject_record(
        partnership=partnership, area=area, ministry=house, internal_notes="Nur für uns"
    )


def release(client: Client, record: Any, version: int) -> Any:
    url = reverse("partnerships:subject-record-release", args=[record.pk])
    token = "6a7c9c86-6f7d-4a8f-b0a5-0d4b7a6f0001"
    return client.post(url, {"_token": token, "_version": version}, follow=True)


def test_release_opens_the_text_but_not_the_notes(client: Client, record: Any) -> None:
    release(client, record, record.version)

    other = Client()
    other.force_login(factories.make_user(role=Role.OFFICER, ministry=factories.make_ministry()))
    url = reverse("partnerships:subject-records", args=[record.partnership.slug])
    page = other.get(url).content.decode()
    assert "Es läuft." in page
    assert "Nur für uns" not in page


def test_text_saved_meanwhile_is_not_released_unread(client: Client, record: Any) -> None:
    seen = record.version
    record.situation = "Von jemand anderem"
    record.save_versioned(expected=seen, fields=["situation"])

    page = release(client, record, seen).content.decode()

    record.refresh_from_db()
    assert record.released_on is None
    assert "Inzwischen hat jemand anderes gespeichert" in page


# Released again and confirmed, from the page


def confirm(client: Client, record: Any, **values: Any) -> Any:
    record.refresh_from_db()
    url = reverse("partnerships:subject-record-confirm", args=[record.pk])
    return client.post(url, {"_token": str(uuid4()), "_version": record.version, **values})


def read_by_another_house(record: Any) -> str:
    other = Client()
    other.force_login(factories.make_user(role=Role.OFFICER, ministry=factories.make_ministry()))
    url = reverse("partnerships:subject-records", args=[record.partnership.slug])
    return other.get(url).content.decode()


def test_second_release_replaces_what_others_read(client: Client, record: Any) -> None:
    release(client, record, 1)
    SubjectRecord.objects.update(situation="Es läuft besser.")
    assert "Es läuft besser." not in read_by_another_house(record)

    url = reverse("partnerships:subject-record-release", args=[record.pk])
    client.post(url, {"_token": str(uuid4()), "_version": 2})

    assert "Es läuft besser." in read_by_another_house(record)


def test_confirmation_is_one_click_and_leads_back(client: Client, record: Any) -> None:
    release(client, record, 1)
    SubjectRecord.objects.update(confirmed_on=None, confirmed_by=None)

    answer = confirm(client, record, next="/sachstaende/?mine=1")

    assert answer["Location"] == "/sachstaende/?mine=1"
    assert SubjectRecord.objects.get().confirmed_on == today()


def test_confirmation_leads_to_no_other_host(client: Client, record: Any) -> None:
    release(client, record, 1)

    for back in ("//anderswo.example/", "https://anderswo.example/", ""):
        assert confirm(client, record, next=back)["Location"] == record.get_absolute_url()


def test_draft_is_not_confirmed_from_the_page(client: Client, record: Any) -> None:
    confirm(client, record)

    assert SubjectRecord.objects.get().confirmed_on is None


def test_another_house_neither_releases_nor_confirms(client: Client, record: Any) -> None:
    release(client, record, 1)
    other = Client()
    other.force_login(factories.make_user(role=Role.OFFICER, ministry=factories.make_ministry()))

    url = reverse("partnerships:subject-record-release", args=[record.pk])
    answers = [confirm(other, record), other.post(url, {"_token": str(uuid4()), "_version": 2})]

    assert [answer.status_code for answer in answers] == [403, 403]
