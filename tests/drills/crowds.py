"""Work laid out in a trial, and people who do it all at once."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence

from config.operations import postgres
from tests.drills.acts import RETURNERS, SAVERS, Act, Office
from tests.drills.visitor import Visitor
from tests.trial import Trial

# Who acts, and what they do one after the other.
Work = tuple[list[Visitor], Iterator[Act]]


def furnish(trial: Trial, *, statements: int, rounds: int) -> Office:
    command = [sys.executable, "-m", "tests.drills.scene", str(statements), str(rounds)]
    environment = trial.environment | {
        "BRUECKE_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    made = subprocess.run(
        command, cwd=postgres.ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return Office(trial, json.loads(made.stdout.splitlines()[-1]))


def all_kinds(office: Office, *, saves: int, returns: int) -> list[Work]:
    """Houses that save, houses that send to and fro, and the coordination deciding."""
    work = [office.saving(house, saves // len(SAVERS)) for house in SAVERS]
    work += [office.returning(house, returns // len(RETURNERS)) for house in RETURNERS]
    return [*work, office.deciding()]


class Crowd:
    """Everybody writes at once, each in a thread of their own."""

    def __init__(self, office: Office, work: Sequence[Work]) -> None:
        self.visitors: list[Visitor] = [one for visitors, _ in work for one in visitors]
        self.office = office
        self.problems: list[str] = []
        self.threads = [threading.Thread(target=self.write, args=[each]) for _, each in work]

    def write(self, work: Iterator[Act]) -> None:
        try:
            for act in work:
                act()
        except Exception as error:
            self.problems.append(f"{type(error).__name__}: {error}")

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def is_writing(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)

    def await_writes(self, count: int) -> None:
        while self.office.ledger.writes < count and self.is_writing():
            time.sleep(0.1)

    def finish(self) -> None:
        for thread in self.threads:
            thread.join()
