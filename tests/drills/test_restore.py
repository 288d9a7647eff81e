"""The restore drill: back up under load, play it into a new place, compare every table, and work on there."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copy2
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from config.operations import checksums, postgres
from tests import figures
from tests.drills import acts
from tests.drills.crowds import Crowd, all_kinds, furnish
from tests.drills.visitor import Visitor
from tests.trial import Trial

pytestmark = pytest.mark.drill
SECTION = "Sicherung"
LONGEST = 300.0
DEMO = {"BRUECKE_DEMO": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
SECRETS = ("demo-password", "secret-key")


@pytest.fixture(scope="module")
def trial(reachable_folder: Path) -> Iterator[Trial]:
    trial = Trial(reachable_folder / "data")
    try:
        trial.start()
        yield trial
    finally:
        trial.stop()


@pytest.fixture(scope="module")
def other(trial: Trial, reachable_folder: Path) -> Iterator[Trial]:
    """Another machine, with the secrets of the first one and an empty database."""
    other = Trial(reachable_folder / "other")
    other.folder.mkdir()
    for name in SECRETS:
        copy2(trial.folder / name, other.folder / name)
    try:
        yield other
    finally:
        other.stop()


def manage(trial: Trial, *arguments: str | Path) -> float:
    """Seconds."""
    begun = time.monotonic()
    command = [sys.executable, "manage.py", *map(str, arguments)]
    environment = trial.environment | DEMO
    done = subprocess.run(
        command, cwd=postgres.ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    print(done.stdout, flush=True)
    return time.monotonic() - begun


def owner(trial: Trial) -> "psycopg.Connection[Any]":
    host = quote(str(trial.folder / "socket"), safe="")
    return psycopg.connect(f"postgresql://bruecke_owner@/bruecke?host={host}", autocommit=True)


def test_restored_copy_equals_the_original(trial: Trial, other: Trial, tmp_path: Path) -> None:
    office = furnish(trial, statements=100, rounds=200)
    crowd = Crowd(office, all_kinds(office, saves=80, returns=8))
    crowd.start()
    while_writing = manage(trial, "backup", tmp_path / "busy.zip")
    crowd.finish()
    assert crowd.problems == []

    # Made in the middle of writing: whole in itself, whatever was going on.
    manage(other, "restore", tmp_path / "busy.zip")
    assert acts.half_applied_decisions(acts.Office(other, office.scene)) == []

    trial.stop()
    manage(trial, "backup", tmp_path / "quiet.zip")
    seconds = manage(other, "restore", tmp_path / "quiet.zip", "--force")
    with owner(trial) as source, owner(other) as target:
        was, now = checksums.tables(source), checksums.tables(target)
        counters = checksums.sequences(source) == checksums.sequences(target)
    different = [name for name in was if was[name] != now.get(name)]
    size = f"{len(was)} Tabellen, {sum(table.rows for table in was.values())} Zeilen"
    figures.note(
        SECTION, "Tabellen mit anderer Prüfsumme", asked=0, measured=len(different), size=size
    )
    figures.note(
        SECTION,
        "sichern, während geschrieben wird",
        asked="≤ 5 min",
        measured=f"{while_writing:.0f} s",
        size=size,
    )
    figures.note(SECTION, "einspielen", asked="≤ 5 min", measured=f"{seconds:.0f} s", size=size)
    assert different == []
    assert set(was) == set(now)
    assert counters
    assert max(seconds, while_writing) <= LONGEST


def test_restored_copy_goes_on_working(trial: Trial, other: Trial) -> None:
    """With the passwords of the original, and with new writes."""
    other.start()

    visitor = Visitor(other.address).sign_in("koordination@demo.example", trial.password)

    assert visitor.request("GET", "/partnerschaften/").status == 200
    assert other.is_healthy() or os.environ.get("CI") is None
    figures.note(SECTION, "Anmeldung nach dem Einspielen", asked="geht", measured="geht", size="1")
