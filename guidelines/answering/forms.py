"""The table of all statements of a sitting as one form; a field is `<field>-<statement>`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from guidelines.answering.fields import FOR_ALL, fields_of, question
from guidelines.answering.sittings import Row
from guidelines.catalogue.models import Criterion
from guidelines.delegations.models import Delegation
from ui.dates import german_date
from ui.forms import Form


@dataclass(frozen=True)
class Cell:
    """A question to a partnership; without fields where its house is not asked."""

    criterion: Criterion
    answer: BoundField | None
    reason: BoundField | None
    is_taken_over: bool = False
    delegations: Sequence[Delegation] = ()
    # For all: partnerships without an answer, of which a Fachreferat is asked or has answered.
    asked_inside: Sequence[tuple[str, Delegation]] = ()


@dataclass(frozen=True)
class Line:
    row: Row
    cells: Sequence[Cell]
    vote: BoundField
    vote_until_on: BoundField
    key_message: BoundField
    version: BoundField
    draft: BoundField
    confirmed: BoundField | None


class TableForm(Form):
    """Saving asks for nothing to be complete; rows somebody else has changed are left out."""

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        self.rows = rows
        self.open_rows = [row for row in rows if not row.is_outdated]
        asked = {note.criterion_id: note.criterion for row in rows for note in row.notes}
        self.criteria = sorted(asked.values(), key=lambda one: (one.guideline.number, one.code))
        own: dict[str, forms.Field] = {}
        for row in self.open_rows:
            own |= fields_of(row)
        if len(self.open_rows) > 1:
            for criterion in self.criteria:
                own |= question(FOR_ALL, criterion, "alle Partnerschaften")
        super().__init__(*args, **kwargs)
        # Made for this table alone; as base fields each would be copied.
        self.fields |= own

    @property
    def for_all(self) -> list[Cell]:
        """One answer for every partnership that has none yet; nothing to offer for a single one."""
        if len(self.open_rows) < 2:
            return []
        return [
            replace(cell, asked_inside=self._asked_inside(cell)) for cell in self._cells(FOR_ALL)
        ]

    def _asked_inside(self, cell: Cell) -> list[tuple[str, Delegation]]:
        return [
            (row.name, one)
            for row in self.open_rows
            for one in row.delegations
            if one.criterion_id == cell.criterion.pk and not row.shown[f"answer_{one.criterion_id}"]
        ]

    @property
    def lines(self) -> list[Line]:
        return [self._line(row, str(row.statement.pk)) for row in self.open_rows]

    def _line(self, row: Row, key: str) -> Line:
        return Line(
            row,
            self._cells(key, row.unconfirmed, row.delegations),
            vote=self[f"vote-{key}"],
            vote_until_on=self[f"vote_until_on-{key}"],
            key_message=self[f"key_message-{key}"],
            version=self[f"version-{key}"],
            draft=self[f"draft-{key}"],
            confirmed=self._bound(f"confirmed-{key}"),
        )

    @property
    def outdated(self) -> list[Row]:
        return [row for row in self.rows if row.is_outdated]

    def _cells(
        self,
        prefix: str,
        taken_over: Collection[int] = (),
        delegations: Sequence[Delegation] = (),
    ) -> list[Cell]:
        return [
            Cell(
                one,
                self._bound(f"answer_{one.pk}-{prefix}"),
                self._bound(f"reason_{one.pk}-{prefix}"),
                one.pk in taken_over,
                [asked for asked in delegations if asked.criterion_id == one.pk],
            )
            for one in self.criteria
        ]

    def _bound(self, name: str) -> BoundField | None:
        return self[name] if name in self.fields else None

    def values_of(self, row: Row) -> dict[str, str]:
        """What is to be saved, under the names of the single page."""
        cleaned = {name: self.cleaned_data[f"{name}-{row.statement.pk}"] for name in row.stored}
        cleaned["vote_until_on"] = german_date(cleaned["vote_until_on"])
        return with_answers_for_all(row, cleaned, self.cleaned_data)

    def answered_beside(self, row: Row) -> list[Delegation]:
        """Where the answer for all was put in, though a Fachreferat still has the question, or has
        said something else."""
        return [one for one in row.delegations if self._for_all(row, one) not in {"", one.answer}]

    def _for_all(self, row: Row, one: Delegation) -> str:
        name = f"answer_{one.criterion_id}"
        is_typed = self.cleaned_data.get(f"{name}-{row.statement.pk}")
        return "" if is_typed else str(self.cleaned_data.get(f"{name}-{FOR_ALL}", ""))


def with_answers_for_all(
    row: Row, values: Mapping[str, str], data: Mapping[str, Any]
) -> dict[str, str]:
    """Where nothing is answered yet, the answer for all; a reason that is written stays."""
    filled = dict(values)
    for note in row.notes:
        answer, reason = f"answer_{note.criterion_id}", f"reason_{note.criterion_id}"
        for_all = str(data.get(f"{answer}-{FOR_ALL}", ""))
        if for_all and not filled[answer]:
            filled[answer] = for_all
            filled[reason] = filled[reason] or str(data.get(f"{reason}-{FOR_ALL}", ""))
    return filled
