"""What the invented records are about: topics.csv, several for each subject area, about nobody."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ministries.models import SubjectArea

FILE = Path(__file__).with_name("topics.csv")
FALLBACK = "europa-internationales"  # an area that a house has added


@dataclass(frozen=True)
class Topic:
    title: str
    aim: str
    result: str


def topic(area: SubjectArea, turn: int) -> Topic:
    found = _topics().get(area.slug) or _topics()[FALLBACK]
    return found[turn % len(found)]


@cache
def _topics() -> dict[str, list[Topic]]:
    found: dict[str, list[Topic]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            line = Topic(row["topic"], row["aim"], row["result"])
            found.setdefault(row["area"], []).append(line)
    return found
