"""Whether there is an account cannot be told from how long a refusal takes."""

import time
from statistics import median
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests import figures
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.drill]
ROUNDS = 25
MOST_DIFFERENCE = 0.05
NAMES = {
    "known": "bekanntes Konto",
    "disabled": "abgeschaltetes Konto",
    "invited": "eingeladen, noch ohne Passwort",
}


@pytest.fixture
def as_in_production(settings: Any) -> None:
    """The tests' hasher is quick; PBKDF2 is what takes the time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]


def seconds(client: Client, login: str) -> float:
    """Of this process: what others do on the machine does not count, the server's own work does."""
    cache.clear()
    started = time.thread_time()
    response = client.post("/konto/login/", {"login": login, "password": "falsch und lang genug"})
    taken = time.thread_time() - started
    assert response.status_code == 200
    return taken


@pytest.mark.parametrize("kind", NAMES)
def test_unknown_account_takes_as_long(client: Client, as_in_production: None, kind: str) -> None:
    make_user(email="known@demo.example")
    make_user(email="disabled@demo.example", is_active=False)
    make_user(email="invited@demo.example", password=None)
    logins = (f"{kind}@demo.example", "nobody@demo.example")
    taken: dict[str, list[float]] = {login: [] for login in logins}
    for number in range(ROUNDS):
        for login in logins if number % 2 else reversed(logins):
            taken[login].append(seconds(client, login))

    known, unknown = (median(taken[login]) for login in logins)
    # Pair by pair: a machine that grows slower meanwhile slows both of a pair.
    pairs = zip(*(taken[login] for login in logins), strict=True)
    difference = abs(median(one / other for one, other in pairs) - 1)

    figures.note(
        "Anmeldung",
        f"Unterschied der Rechenzeit, {NAMES[kind]} zu unbekannter Adresse",
        asked="< 5 %",
        measured=f"{difference:.1%} ({known * 1000:.0f} ms zu {unknown * 1000:.0f} ms)".replace(
            ".", ","
        ),
        size=f"{ROUNDS} abwechselnde Paare, Median der Paare, PBKDF2 wie in der Produktion",
    )
    assert difference < MOST_DIFFERENCE
