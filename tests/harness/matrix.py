"""The hand-written matrix `policy.csv`: what each role gets from each address."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

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
    def area(self) -> str:
        """Which of the three modules drives this row."""
        site = self.route.partition(":")[0]
        return {"guidelines": "guidelines", "register": "admin", "technical": "admin"}.get(
            site, "rest"
        )

    @property
    def asked(self) -> dict[str, str]:
        """The roles that are asked: in the admin areas, closed by one door, an empty cell is none."""
        return {role: status for role, status in self.expected.items() if status}

    @property
    def data(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for pair in self.typed.split(";") if pair)  # type: ignore[misc]

    def __str__(self) -> str:
        return f"policy.csv:{self.line} {self.method} {self.route} {self.object}{self.query}"


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
