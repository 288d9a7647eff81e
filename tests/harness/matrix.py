"""The hand-written matrix `policy.csv`: what each role gets from each address."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from tests.harness.sampling import is_asked_today

FILE = Path(__file__).with_name("policy.csv")
ROLES = (
    "anonymous",
    "coordination",
    "officer",
    "officer_elsewhere",
    "officer_unasked",
    "head",
    "manager",
    "chief",
    "auditor",
    "administrator",
    "nobody",
)


@dataclass(frozen=True)
class Row:
    """One address for one record by one method; `expected` names a status for every role."""

    line: int
    route: str
    object: str
    query: str
    method: str
    # What a POST sends beside its token: `name=value;name=value`.
    typed: str
    expected: dict[str, str] = field(compare=False)

    @property
    def asked(self) -> dict[str, str]:
        """The roles that are asked: in the admin areas, closed by one door, an empty cell is none."""
        return {role: status for role, status in self.expected.items() if status}

    @property
    def is_closed(self) -> bool:
        """The address takes no such method, whoever asks."""
        return "405" in self.expected.values()

    @property
    def data(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for pair in self.typed.split(";") if pair)  # type: ignore[misc]

    def __str__(self) -> str:
        return f"policy.csv:{self.line} {self.method} {self.route} {self.object}{self.query}"


@dataclass(frozen=True)
class Group:
    """All rows of an address for one record."""

    rows: tuple[Row, ...]

    @property
    def of_today(self) -> list[Row]:
        """What is closed to all says so in a third of the cases, each day in another third."""
        return [row for row in self.rows if not row.is_closed or is_asked_today(row.line)]

    @property
    def left_over(self) -> list[Row]:
        return [row for row in self.rows if row not in self.of_today]

    def __str__(self) -> str:
        return f"{self.rows[0].route} {self.rows[0].object}".strip()


def groups() -> list[Group]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows():
        found.setdefault((row.route, row.object), []).append(row)
    return [Group(tuple(group)) for group in found.values()]


def rows() -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                line=number,
                route=line["route"],
                object=line["object"],
                query=line["query"],
                method=line["method"],
                typed=line["typed"],
                expected={role: line[role] for role in ROLES},
            )
            for number, line in enumerate(csv.DictReader(file), start=2)
        ]
