"""What people get wrong in queries: a lost filter, `filter` for `exclude`, a value that is not written."""

import ast
from collections.abc import Iterator

from tests.mutants.source import Edit, Source, method

# What they save, not what they find, would be lost with `select_related` and the like.
CHAINED = frozenset(
    (
        *("filter", "exclude", "distinct", "order_by", "visible_to", "readable_by", "known_to"),
        *("of_houses", "inside", "on", "in_use", "current", "open", "running", "open_to"),
    )
)
NAMED_VALUES = frozenset(
    (
        *("filter", "exclude", "get", "Q", "create", "update", "get_or_create"),
        *("update_or_create", "context", "perform"),
    )
)
OPPOSITE = {"filter": "exclude", "exclude": "filter"}
ROW, WITHOUT_CHECK = "Transition", 5


def call_dropped(node: ast.AST, source: Source) -> Iterator[Edit]:
    """One link of a chain is forgotten; what is left of it may be a manager, so `.all()`."""
    if method(node) in CHAINED:
        before = node.func.value
        is_query = method(before) != ""
        yield source.replaced(node, source.text(before) + ("" if is_query else ".all()"))


def filter_exclude(node: ast.AST, source: Source) -> Iterator[Edit]:
    if method(node) in OPPOSITE:
        end = source.span(node.func)[1]
        yield Edit(end - len(method(node)), end, OPPOSITE[method(node)])


def value_dropped(node: ast.AST, source: Source) -> Iterator[Edit]:
    """One of the named values of a query, of what is written, or of what the history is told."""
    if not isinstance(node, ast.Call):
        return
    name = method(node) or getattr(node.func, "id", "")
    is_one_of_several = len(node.args) + len(node.keywords) > 1
    if name in NAMED_VALUES and (is_one_of_several or name == "context"):
        for keyword in node.keywords:
            yield without_argument(node, keyword, source)


def check_dropped(node: ast.AST, source: Source) -> Iterator[Edit]:
    """A row of a state table loses its last value, what must be complete."""
    is_row = isinstance(node, ast.Call) and getattr(node.func, "id", "") == ROW
    for check in node.args[WITHOUT_CHECK:] if is_row else []:
        yield without_argument(node, check, source)


def without_argument(call: ast.Call, lost: ast.AST, source: Source) -> Edit:
    """With the comma behind it; the last one with the comma before it."""
    spans = sorted(source.span(part) for part in (*call.args, *call.keywords))
    place = spans.index(source.span(lost))
    start, end = spans[place]
    if place + 1 < len(spans):
        return Edit(start, spans[place + 1][0], "")
    return Edit(spans[place - 1][1] if place else start, end, "")
