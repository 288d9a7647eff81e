"""What people get wrong in values and statements: another role, a field not saved, a mail not sent."""

import ast
import re
from collections.abc import Iterator

from tests.mutants.conditions import changed, without
from tests.mutants.source import Edit, Source, method

SMALL = 100
# By the type a function returns: nothing, everything, yes, no.
RESULTS = (
    (r"^bool$", "True"),
    (r"^bool$", "False"),
    (r"\bNone$", "None"),
    (r"^list\b", "[]"),
    (r"^dict\b", "{}"),
    (r"^Q$", "Q()"),
    (r"^str$", '""'),
    (r"^int$", "0"),
    (r"^Self$|^QuerySet", "(…).none()"),
)


def element_dropped(node: ast.AST, source: Source) -> Iterator[Edit]:
    """One of several fields, roles or rows is forgotten."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set) and is_enumeration(node, source):
        for lost in range(len(node.elts)):
            new = changed(node, elts=without(node.elts, lost))
            yield source.replaced(node, ast.unparse(new))


def is_enumeration(node: ast.Tuple | ast.List | ast.Set, source: Source) -> bool:
    """Several values, read and not unpacked: texts and members only, or those of a constant."""
    if len(node.elts) < 2 or isinstance(getattr(node, "ctx", None), ast.Store):
        return False
    if not isinstance(node, ast.Tuple):
        return True
    above = source.parents[node]
    if isinstance(above, ast.Assign | ast.AnnAssign):
        return source.parents[above] is source.tree
    plain = (ast.Constant, ast.Attribute, ast.Starred)
    is_plain = all(isinstance(part, plain) for part in node.elts)
    return is_plain and isinstance(above, ast.Call | ast.Compare | ast.For | ast.keyword)


def neighbour(node: ast.AST, source: Source) -> Iterator[Edit]:
    """Another role, state or kind of the same enumeration."""
    if isinstance(node, ast.Attribute):
        known = list(source.members.get(ast.unparse(node.value).rpartition(".")[2], ()))
        if node.attr in known and len(known) > 1:
            other = known[(known.index(node.attr) + 1) % len(known)]
            yield source.replaced(node, f"{source.text(node.value)}.{other}")


def truth(node: ast.AST, source: Source) -> Iterator[Edit]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield source.replaced(node, str(not node.value))


def number(node: ast.AST, source: Source) -> Iterator[Edit]:
    if isinstance(node, ast.Constant) and type(node.value) is int and node.value <= SMALL:
        yield source.replaced(node, str(node.value + 1))
        if node.value:
            yield source.replaced(node, str(node.value - 1))


def result_changed(node: ast.AST, source: Source) -> Iterator[Edit]:
    function = source.function_around(node) if isinstance(node, ast.Return) else None
    if function is not None and function.returns and node.value:
        value = source.text(node.value)
        for kind, text in RESULTS:
            if re.search(kind, ast.unparse(function.returns)) and value != text:
                yield source.replaced(node.value, text.replace("…", value))


def statement_dropped(node: ast.AST, source: Source) -> Iterator[Edit]:
    """A mail is not sent, a link not set, a field not taken over."""
    is_call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    if is_call or isinstance(node, ast.AugAssign) or is_taken_over(node):
        yield source.replaced(node, "pass")


def is_taken_over(node: ast.AST) -> bool:
    """`record.field = value`, also several at once."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    each = [part for target in targets for part in getattr(target, "elts", [target])]
    return bool(each) and all(isinstance(target, ast.Attribute) for target in each)


def door_opened(node: ast.AST, source: Source) -> Iterator[Edit]:
    """A permission is given to everybody."""
    if method(node) == "add_perm":
        yield source.replaced(node.args[1], "rules.always_allow")
