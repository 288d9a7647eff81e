"""Two people at the same record in the same moment, with the pages they would use."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client

LONGEST_LEAD = 0.03  # seconds that one may be ahead of the other
Post = Callable[[], Any]


@dataclass(frozen=True)
class Writer:
    client: Client
    path: str
    fields: dict[str, Any]

    def __call__(self) -> Any:
        return self.client.post(self.path, self.fields)


def at_once(first: Post, second: Post, *, chance: random.Random) -> tuple[Any, Any]:
    """The answers; each on a connection of its own, sometimes one, sometimes the other a little ahead."""
    start = threading.Barrier(2)
    leads = [0.0, chance.uniform(0, LONGEST_LEAD)]
    chance.shuffle(leads)

    def run(post: Post, lead: float) -> Any:
        try:
            start.wait(30)
            time.sleep(lead)
            return post()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(run, (first, second), leads))
    return answers[0], answers[1]


def statuses(answers: Sequence[Any]) -> list[int]:
    return sorted(answer.status_code for answer in answers)
