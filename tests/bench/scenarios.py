"""What is asked of both, and how often slower ours may be."""

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import quote

from tests.bench.client import Client, Reply
from tests.bench.empty_page import EMPTY
from tests.harness.page_forms import main_form

OURS, STOCK = "/partnerschaften/", "/stock/partnerships/partnership/"
ADMIN = "/verwaltung/partnerships/partnership/"
ROW = re.compile(rb'class="row-link"|<th class="field-name"')


@dataclass(frozen=True)
class Sides:
    """The two servers over one database, seen by the same person, and by an officer."""

    ours: Client
    stock: Client
    officer: Client
    # From `tests.bench.inside`: slug, pk, name, fragment.
    subject: dict[str, Any]


@dataclass(frozen=True)
class Scenario:
    name: str
    ours: Callable[[Sides], float]
    other: Callable[[Sides], float]
    # Ours may take so many times the other.
    limit: float
    against: str = "Django-Admin"


def get(client: Client, path: str) -> float:
    return checked(client.get(path), 200).all_bytes


def checked(reply: Reply, status: int) -> Reply:
    assert reply.status == status, (reply.status, reply.location, reply.body[:500])
    return reply


def save(client: Client, address: str) -> float:
    """Only the POST counts; the form before it carries the version that is expected."""
    form = main_form(checked(client.get(address), 200).body)
    data = form.data() | {"file_reference": [f"SK-{time.monotonic_ns() % 10**9}"]}
    return checked(client.post(address, data), 302).all_bytes


def pair(
    name: str,
    ours: Callable[[dict[str, Any]], str],
    stock: Callable[[dict[str, Any]], str],
    limit: float,
) -> Scenario:
    return Scenario(
        name,
        lambda sides: get(sides.ours, ours(sides.subject)),
        lambda sides: get(sides.stock, stock(sides.subject)),
        limit,
    )


LIST = pair("Liste", lambda _: OURS, lambda _: STOCK, 1.0)
PAGE = pair(
    "Seite einer Partnerschaft",
    lambda it: f"{OURS}{it['slug']}/",
    lambda it: f"{STOCK}{it['pk']}/change/",
    0.3,
)
SCENARIOS = (
    LIST,
    pair(
        "Liste mit Filter",
        lambda _: f"{OURS}?status=active",
        lambda _: f"{STOCK}?status=active",
        0.8,
    ),
    pair(
        "Liste mit Suche, Namensteil",
        lambda it: f"{OURS}?q={quote(it['fragment'])}",
        lambda it: f"{STOCK}?q={quote(it['fragment'])}",
        0.5,
    ),
    pair(
        "Liste mit Suche, ganzer Name",
        lambda it: f"{OURS}?q={quote(it['name'])}",
        lambda it: f"{STOCK}?q={quote(it['name'])}",
        0.5,
    ),
    PAGE,
    Scenario(
        "Speichern",
        lambda sides: save(sides.ours, f"{ADMIN}{sides.subject['pk']}/change/"),
        lambda sides: save(sides.stock, f"{STOCK}{sides.subject['pk']}/change/"),
        1.5,
    ),
    Scenario(
        "Leere Seite",
        lambda sides: get(sides.ours, EMPTY),
        lambda sides: get(sides.stock, EMPTY),
        2.0,
        "Django ohne alles",
    ),
    Scenario(
        "Liste der Bearbeitung (Ressort)",
        lambda sides: get(sides.officer, OURS),
        lambda sides: get(sides.ours, OURS),
        1.2,
        "Liste der Koordinierung",
    ),
)


@dataclass(frozen=True)
class Times:
    """Milliseconds: the median of the medians of all rounds."""

    ours: float
    other: float

    @property
    def ratio(self) -> float:
        return self.ours / self.other


def measure(sides: dict[int, Sides], rounds: int, calls: int) -> dict[tuple[str, int], Times]:
    """In every round each scenario at each size, ours and the other in turns."""
    found: dict[tuple[str, int, str], list[float]] = {}
    for number in range(rounds + 1):
        for scenario in SCENARIOS:
            samples: dict[tuple[int, str], list[float]] = {}
            for _ in range(calls):
                for size, side in sides.items():
                    samples.setdefault((size, "ours"), []).append(scenario.ours(side))
                    samples.setdefault((size, "other"), []).append(scenario.other(side))
            if number:  # the first round warms up
                for (size, whose), times in samples.items():
                    found.setdefault((scenario.name, size, whose), []).append(median(times))
    return {
        (scenario.name, size): Times(
            median(found[scenario.name, size, "ours"]), median(found[scenario.name, size, "other"])
        )
        for scenario in SCENARIOS
        for size in sides
    }


def same_rows(side: Sides, ours: str, stock: str) -> None:
    """Both show 25 rows, or the same few: else the comparison says nothing."""
    shown = [
        len(ROW.findall(checked(reply, 200).body))
        for reply in (side.ours.get(ours), side.stock.get(stock))
    ]
    assert shown[0] == shown[1], (ours, shown)


def compare_rows(sides: Iterable[Sides]) -> None:
    for side in sides:
        for query in ("", "?status=active", f"?q={quote(side.subject['name'])}"):
            same_rows(side, f"{OURS}{query}", f"{STOCK}{query}")
