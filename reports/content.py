"""What a report is made of, before it becomes a page, a PDF or a Word file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ui.markup import NOTHING


@dataclass(frozen=True)
class Facts:
    """Labels and values; an empty value is told as such."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Text:
    """Plain text: paragraphs and "- " lists, under a heading of its own if it has one."""

    text: str
    heading: str = ""
    # In small print below, e.g. whose text it is and from when.
    note: str = ""


@dataclass(frozen=True)
class Table:
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def cells(self) -> list[list[str]]:
        """The rows, an empty cell told as such."""
        return [[word or NOTHING for word in row] for row in self.rows]

    @property
    def shares(self) -> list[float]:
        """Of the width, per column: long texts get more, yet not all of it."""
        columns = zip(self.head, *self.cells, strict=True)
        return [max(3.0, min(9.0, max(map(len, words)) ** 0.5)) for words in columns]


Part = Facts | Text | Table


@dataclass(frozen=True)
class Section:
    """`missing` is what stands there where nothing is recorded."""

    title: str
    parts: Sequence[Part] = field(default_factory=list)
    missing: str = "Nichts erfasst."


@dataclass(frozen=True)
class Report:
    """`as_of` is the moment the data were read; `file_reference` leads to the E-Akte."""

    title: str
    subtitle: str
    as_of: datetime
    sections: Sequence[Section]
    file_reference: str = ""
    # Said on every page, e.g. that it is for inner use.
    mark: str = ""

    @property
    def footer(self) -> str:
        reference = f", Az. {self.file_reference}" if self.file_reference else ""
        return f"Arbeitsstand aus Brücke. Maßgeblich ist die E-Akte{reference}."

    @property
    def stamp(self) -> str:
        return f"Stand: {self.as_of:%d.%m.%Y, %H:%M} Uhr"
