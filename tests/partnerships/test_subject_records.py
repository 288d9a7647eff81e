"""A Sachstand: others read what was released, and nothing is released unread."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ministries.models import Role
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
