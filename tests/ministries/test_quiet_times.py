"""Ruhezeiten: kept by the coordination, told in a sentence."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ministries.models import QuietTime, Role
from tests.factories import make_chancellery, make_ministry, make_quiet_time, make_user


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "in der Sommerpause (13.07.–21.08.2027)"),
        (
            {"name": "Jahreswechsel", "preposition": "im", "valid_from": date(2026, 12, 24)},
            "im Jahreswechsel (24.12.2026–21.08.2027)",
        ),
        (
            {"name": "Schulferien", "preposition": "in_den"},
            "in den Schulferien (13.07.–21.08.2027)",
        ),
    ],
)
def test_sentence_names_the_time(db: None, fields: dict[str, Any], said: str) -> None:
    days = {"valid_from": date(2027, 7, 13), "valid_until": date(2027, 8, 21)}
    make_quiet_time(**(days | fields))

    (found,) = QuietTime.objects.on(date(2027, 7, 13))
    assert found.place == said
    assert not QuietTime.objects.on(date(2027, 8, 22)).exists()


def test_coordination_keeps_quiet_times(client: Client, db: None) -> None:
    url = reverse("register:ministries_quiettime_add")
    typed = {"name": "Sommerpause", "preposition": "in_der", "valid_from": "13.07.2027"}
    client.force_login(make_user(role=Role.COORDINATOR, ministry=make_chancellery()))

    backwards = client.post(url, typed | {"valid_until": "12.07.2027"})
    assert not QuietTime.objects.exists()
    client.post(url, typed | {"valid_until": "21.08.2027"})

    assert "errornote" in backwards.text
    assert str(QuietTime.objects.get()) == "Sommerpause (13.07.–21.08.2027)"


def test_nobody_else_keeps_them(client: Client, db: None) -> None:
    client.force_login(make_user(role=Role.OFFICER, ministry=make_ministry()))

    assert client.get(reverse("register:ministries_quiettime_add")).status_code == 403
