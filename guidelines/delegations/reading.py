"""Reads a Word form that came back from a Fachreferat.

Runs as a program of its own (`python -m guidelines.delegations.reading PATH NAME`), limited in memory
and processor time; it knows nothing of Django. It prints one line of JSON: {"rows": …} with number,
answer and reason as they were typed, or {"refusal": …}, a German sentence; "doubt" as of any file.
"""

import io
import json
import resource
import sys
from pathlib import Path

import docx
from docx.table import Table

from guidelines.delegations.labels import ANSWER, NUMBER, REASON
from partnerships.files.findings import Refused
from partnerships.files.inspection import inspect

MEMORY, SECONDS = 768 * 1024 * 1024, 10
MOST_TABLES, MOST_ROWS, LONGEST = 600, 12, 20_000
OTHER_FILE = "Laden Sie das ausgefüllte Word-Formular als DOCX-Datei hoch."


def read(name: str, content: bytes) -> dict[str, object]:
    if not name.lower().endswith(".docx"):
        raise Refused(OTHER_FILE)
    doubt = inspect(name, content)[1]
    try:
        tables = docx.Document(io.BytesIO(content)).tables
        if len(tables) > MOST_TABLES:
            raise Refused("Die Datei ist zu aufwendig gebaut und wird nicht angenommen.")
        found = [row for table in tables if (row := _row(table))]
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise Refused("Die Datei ist beschädigt. Speichern Sie sie in Word neu.") from error
    if not found:
        raise Refused("In der Datei ist keine Frage aus einem Word-Formular von Brücke zu finden.")
    return {"rows": found, **({"doubt": doubt} if doubt else {})}


def _row(table: Table) -> dict[str, str]:
    """A question is a table of two columns: what it is, and what stands there."""
    said = {}
    for row in table.rows[:MOST_ROWS]:
        cells = row.cells
        if len(cells) == 2:
            said[cells[0].text.strip()] = cells[1].text.strip()[:LONGEST]
    if NUMBER not in said:
        return {}
    return {
        "number": said[NUMBER],
        "answer": said.get(ANSWER, ""),
        "reason": said.get(REASON, ""),
    }


def main() -> None:
    path, name = Path(sys.argv[1]), sys.argv[2]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        answer = read(name, path.read_bytes())
    except Refused as refused:
        answer = {"refusal": str(refused)}
    except (MemoryError, RecursionError):
        answer = {"refusal": "Die Datei ist zu aufwendig gebaut und wird nicht angenommen."}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
