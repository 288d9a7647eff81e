"""A mutant: one mistake in one place."""

import ast
import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.mutants import conditions, queries, values
from tests.mutants.places import Place
from tests.mutants.source import Edit, Source, changeable

Operator = Callable[[Any, Source], Iterator[Edit]]
OPERATORS: tuple[Operator, ...] = (
    conditions.guard_dropped,
    conditions.condition_negated,
    conditions.and_or,
    conditions.term_dropped,
    conditions.comparison,
    queries.call_dropped,
    queries.filter_exclude,
    queries.value_dropped,
    queries.check_dropped,
    values.element_dropped,
    values.neighbour,
    values.truth,
    values.number,
    values.result_changed,
    values.statement_dropped,
    values.door_opened,
)


@dataclass(frozen=True)
class Mutant:
    """`edit` counts the bytes of the file as it was when the mutant was made; `line` starts at 1."""

    stratum: str
    file: str
    function: str
    is_decorated: bool
    operator: str
    line: int
    edit: Edit

    def differences(self, source: Source) -> tuple[str, str]:
        """The lines it changes, as written and as they become, each as one line."""
        before = source.content.decode().splitlines()
        after = source.with_edit(self.edit).decode().splitlines()
        blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        changes = [block for block in blocks if block[0] != "equal"]
        first, last = changes[0], changes[-1]
        return one_line(before[first[1] : last[2]]), one_line(after[first[3] : last[4]])


def one_line(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def mutants_of(place: Place) -> dict[str, list[Mutant]]:
    """All mutants of a place by operator; what Python would not even read is left out."""
    found: dict[str, list[Mutant]] = {}
    whole = ast.dump(place.source.tree)
    for operator in OPERATORS:
        edits = {
            edit: None
            for root in place.nodes
            for node in changeable(root)
            for edit in operator(node, place.source)
        }
        mutants = [mutant(place, operator.__name__, edit) for edit in edits]
        if mutants := [one for one in mutants if differs(place.source, one.edit, whole)]:
            found[operator.__name__] = mutants
    return found


def mutant(place: Place, operator: str, edit: Edit) -> Mutant:
    line = place.source.line_number(edit.start)
    file = place.source.file
    return Mutant(place.stratum, file, place.function, place.is_decorated, operator, line, edit)


def differs(source: Source, edit: Edit, whole: str) -> bool:
    try:
        return ast.dump(ast.parse(source.with_edit(edit))) != whole
    except SyntaxError:
        return False
