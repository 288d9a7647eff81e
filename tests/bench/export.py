"""The CSV of everything: how soon it begins, how long it takes, what it costs the worker; pages a second."""

import threading
import time
from dataclasses import dataclass
from statistics import median

from tests.bench.client import Client
from tests.bench.scenarios import OURS, checked
from tests.bench.servers import Server

CSV = f"{OURS}?format=csv"


@dataclass(frozen=True)
class Export:
    rows: int
    first_byte: float
    all_bytes: float
    # MiB above what the worker had before.
    memory: float


def export(server: Server, client: Client, rounds: int) -> Export:
    before = server.memory()
    server.forget_peaks()
    # The first one takes the memory that the others use again, and is not timed.
    replies = [checked(client.get(CSV), 200) for _ in range(rounds + 1)]
    return Export(
        rows=replies[0].body.count(b"\r\n") - 1,
        first_byte=median(reply.first_byte for reply in replies[1:]),
        all_bytes=median(reply.all_bytes for reply in replies[1:]),
        memory=server.peak() - before,
    )


def pages_a_second(client: Client, seconds: float, threads: int = 6) -> float:
    """List pages that arrive whole while several people ask at once."""
    stop = time.monotonic() + seconds
    counts = [0] * threads

    def ask(number: int) -> None:
        while time.monotonic() < stop:
            checked(client.get(OURS), 200)
            counts[number] += 1

    started = time.monotonic()
    people = [threading.Thread(target=ask, args=(number,)) for number in range(threads)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return sum(counts) / (time.monotonic() - started)
