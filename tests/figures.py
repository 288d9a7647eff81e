"""The figures that drills and benches measure, kept in docs/figures.md: a section each, a row per figure."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FILE = Path(os.environ.get("BRUECKE_FIGURES") or ROOT / "docs" / "figures.md")
HEAD = "| Figur | verlangt | gemessen | Umfang | Datum | Befehl |\n|---|---|---|---|---|---|"
COLUMNS = 6


def note(
    section: str, figure: str, *, asked: Any, measured: Any, size: Any, command: str = "make drill"
) -> None:
    """Prints a figure and writes it into its section, in place of the row of the same name.

    Call it before asserting: a missed figure is one as well.
    """
    cells = [
        figure,
        asked,
        measured,
        size,
        f"{datetime.now().astimezone():%d.%m.%Y}",
        f"`{command}`",
    ]
    row = [cell(value) for value in cells]
    print(f"{section} · {figure}: {measured} (verlangt {asked}; {size})", flush=True)
    with locked():
        text = FILE.read_text(encoding="utf-8")
        FILE.write_text(with_row(text, section, row), encoding="utf-8")


def cell(value: Any) -> str:
    return " ".join(str(value).replace("|", "\\|").split())


@contextmanager
def locked() -> Iterator[None]:
    with FILE.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def with_row(text: str, section: str, row: list[str]) -> str:
    """The page with this row in this section; sections keep their order, a new one goes to the end."""
    intro, *parts = text.split("\n## ")
    sections = dict(part.rstrip("\n").split("\n", 1) for part in parts)
    before, _, table = sections.get(section, "").partition(HEAD)
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in table.strip().splitlines()}
    rows[row[0]] = f"| {' | '.join(row)} |"
    table = "\n".join([HEAD, *rows.values()])
    sections[section] = f"{before.rstrip()}\n\n{table}" if before.strip() else f"\n{table}"
    return (
        "\n\n## ".join(
            [intro.rstrip("\n"), *(f"{name}\n{body}" for name, body in sections.items())]
        )
        + "\n"
    )
