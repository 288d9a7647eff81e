"""What people get wrong in conditions: a forgotten guard, `or` for `and`, `<` for `<=`."""

import ast
from collections.abc import Iterator
from copy import copy
from typing import Any

from tests.mutants.source import Edit, Source

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
LEAVING = (ast.Raise, ast.Return, ast.Continue, ast.Break)
SETS = (ast.BitAnd, ast.BitOr)


def guard_dropped(node: ast.AST, source: Source) -> Iterator[Edit]:
    """`if …: raise` or `if …: return` is forgotten."""
    if (
        isinstance(node, ast.If)
        and not node.orelse
        and isinstance(node.body[-1], LEAVING)
        and not source.text(node).startswith("elif")
    ):
        yield source.replaced(node, "pass")


def condition_negated(node: ast.AST, source: Source) -> Iterator[Edit]:
    tests = [node.test] if isinstance(node, ast.If | ast.IfExp) else []
    tests += node.ifs if isinstance(node, ast.comprehension) else []
    for test in tests:
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            yield source.replaced(test, f"({source.text(test.operand)})")
        elif not isinstance(test, ast.Compare):  # `comparison` turns that round
            yield source.replaced(test, f"(not ({source.text(test)}))")


def and_or(node: ast.AST, source: Source) -> Iterator[Edit]:
    """`and` for `or`; in queries, predicates and sets `&` for `|`; and the other way round."""
    if is_joined(node):
        yield rewritten(node, source, changed(node, op=SWAPPED[type(node.op)]()))


def term_dropped(node: ast.AST, source: Source) -> Iterator[Edit]:
    """One of several joined conditions is forgotten."""
    if is_joined(node):
        terms = node.values if isinstance(node, ast.BoolOp) else [node.left, node.right]
        for lost in range(len(terms)):
            rest = without(terms, lost)
            new = rest[0] if len(rest) == 1 else changed(node, values=rest)
            yield rewritten(node, source, new)


def comparison(node: ast.AST, source: Source) -> Iterator[Edit]:
    """`<` for `<=`, `!=` for `==`, `in` for `not in`."""
    if isinstance(node, ast.Compare):
        for place, op in enumerate(node.ops):
            ops = [*node.ops[:place], SWAPPED[type(op)](), *node.ops[place + 1 :]]
            yield rewritten(node, source, changed(node, ops=ops))


def is_joined(node: ast.AST) -> bool:
    return isinstance(node, ast.BoolOp) or (
        isinstance(node, ast.BinOp) and isinstance(node.op, SETS)
    )


def rewritten(node: ast.AST, source: Source, new: ast.AST) -> Edit:
    return source.replaced(node, f"({ast.unparse(new)})")


def changed(node: Any, **values: Any) -> Any:
    new = copy(node)
    for name, value in values.items():
        setattr(new, name, value)
    return new


def without(values: list[Any], lost: int) -> list[Any]:
    return [value for place, value in enumerate(values) if place != lost]
