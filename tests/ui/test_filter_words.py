"""What an empty filter says is what the list does without it."""

import pytest
from django.test import Client

from ministries.models import Role
from tests.factories import make_ministry, make_user
from tests.guidelines.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    return signed_in(make_user(role=Role.OFFICER, ministry=make_ministry()))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/zusagen/", "offen"),
        ("/wiedervorlagen/", "offen"),
        ("/ressorts/", "heutige Ressorts"),
        ("/partnerschaften/", "jeder Status"),
    ],
)
def test_empty_choice_says_what_is_shown(officer: Client, url: str, words: str) -> None:
    assert f'<option value="" selected>{words}</option>' in officer.get(url).content.decode()
