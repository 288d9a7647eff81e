"""Goes through the rows of a file: what each would do, or which of its cells is wrong."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from partnerships.imports.kinds import CellError, Column, Draft, ImportKind
from ui.text import folded

MOST_ERRORS = 200
TOLD_EVERY = 100
LONGEST_VALUE = 120


@dataclass
class Check:
    """What an import would do; with an error it does nothing."""

    drafts: list[tuple[int, Draft]] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        return sum(item["outcome"] == outcome for item in self.items)

    @property
    def fingerprint(self) -> str:
        """Two checks with the same one would do the same."""
        return hashlib.sha256(json.dumps(self.items, sort_keys=True).encode()).hexdigest()


def check_rows(
    kind: ImportKind,
    *,
    sheet: str,
    headings: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str]]],
    mapping: Mapping[str, str],
    tell: Callable[[int], None] = lambda done: None,
) -> Check:
    """`tell` hears how many rows are done."""
    check = Check()
    columns = dict(_columns(kind, mapping))
    for done, (number, cells) in enumerate(rows, start=1):
        values, wrong = _read(kind, columns, cells)
        if not wrong:
            try:
                draft = _draft(kind, values, number)
            except CellError as error:
                wrong.append(error)
            else:
                check.drafts.append((number, draft))
                check.items.append(_told(kind, draft, number))
        check.errors += [
            _told_error(kind, error, sheet, headings, mapping, number, cells) for error in wrong
        ]
        if len(check.errors) >= MOST_ERRORS:
            break
        if done % TOLD_EVERY == 0:
            tell(done)
    tell(len(rows))
    return check


def _columns(kind: ImportKind, mapping: Mapping[str, str]) -> Iterator[tuple[int, Column]]:
    known = {column.name: column for column in kind.columns}
    for position, name in mapping.items():
        if name in known:
            yield int(position), known[name]


def _read(
    kind: ImportKind, columns: Mapping[int, Column], cells: Sequence[str]
) -> tuple[dict[str, Any], list[CellError]]:
    """The values of a row, and every cell of it that cannot be read."""
    values: dict[str, Any] = {}
    wrong: list[CellError] = []
    for position, column in columns.items():
        text = cells[position].strip() if position < len(cells) else ""
        if text:
            try:
                values[column.name] = kind.read[column.name](text)
            except ValueError as error:
                wrong.append(CellError(column.name, str(error)))
        elif column.is_required:
            wrong.append(CellError(column.name, "eine Angabe; die Zelle ist leer"))
    return values, wrong


def _draft(kind: ImportKind, values: Mapping[str, Any], number: int) -> Draft:
    draft = kind.draft(values)
    kind.refuse_twice(draft.record.pk or _identity(kind, draft), number)
    return draft


def _identity(kind: ImportKind, draft: Draft) -> str:
    """Two new rows that agree in everything are one."""
    told = kind.told(draft.record)
    links = sorted((name, tuple(keys)) for name, keys in draft.links.items())
    names = kind.identity or tuple(told)
    return json.dumps(
        [[folded(told.get(name, "")) for name in names], links if not kind.identity else []]
    )


def _told(kind: ImportKind, draft: Draft, number: int) -> dict[str, Any]:
    is_changed = draft.outcome == "changed"
    return {
        **({"alike": draft.alike} if draft.alike else {}),
        "row": number,
        "title": kind.title_of(draft)[:200],
        "outcome": draft.outcome,
        "rows": [
            {"label": label, "old": old, "new": new}
            for label, old, new in draft.changes
            if is_changed or draft.is_new
        ],
    }


def _told_error(
    kind: ImportKind,
    error: CellError,
    sheet: str,
    headings: Sequence[str],
    mapping: Mapping[str, str],
    number: int,
    cells: Sequence[str],
) -> dict[str, Any]:
    """By sheet, row, column, value and what was expected."""
    position = next((int(p) for p, name in mapping.items() if name == error.name), None)
    heading, letter, value = "", "", ""
    if position is not None:
        letter = xl_col_to_name(position)
        heading = str(headings[position]) if position < len(headings) else ""
        value = cells[position] if position < len(cells) else ""
    return {
        "sheet": sheet,
        "row": number,
        "cell": f"{letter}{number}" if letter else "",
        "heading": heading,
        "value": value[:LONGEST_VALUE],
        "expected": error.expected,
    }
