"""Where mutants are made: which function, constant or rule belongs to which stratum."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from tests.mutants.source import Function, Source, method

STRATA = {
    "actions": "Aktionen",
    "permissions": "Rechte",
    "visible": "Sichtbarkeit",
    "querysets": "Abfragen",
    "transitions": "Übergänge",
    "admin": "Verwaltung",
    "ui": "Oberfläche",
}
STATE_FILES = {"tables.py", "states.py", "transitions.py", "completeness.py"}
ADMIN_BASES = {"guards.py", "policy_admin.py", "fields.py"}
ADMIN_METHODS = r"has_\w*permission|get_(queryset|readonly_fields|form|fields|actions)"
# What a class of the admin says about writing.
ADMIN_VALUES = {"can_add", "can_delete", "read_only", "readonly_fields", "save_as"}
WITH_CONSTANTS = {"actions", "permissions", "transitions"}


@dataclass(frozen=True, eq=False)
class Place:
    stratum: str
    source: Source
    function: str
    nodes: tuple[ast.AST, ...]
    is_decorated: bool = False


def places(sources: Iterable[Source]) -> list[Place]:
    return [place for source in sources for place in places_in(source)]


def places_in(source: Source) -> Iterator[Place]:
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef):
            yield from in_class(node, source)
        elif isinstance(node, Function):
            stratum = stratum_of(source.file, node)
            if stratum:
                yield Place(stratum, source, node.name, (node,), bool(node.decorator_list))
        elif stratum_of_file(source.file) in WITH_CONSTANTS and (name := constant(node)):
            yield Place(stratum_of_file(source.file), source, name, (node,))


def in_class(owner: ast.ClassDef, source: Source) -> Iterator[Place]:
    for node in owner.body:
        if isinstance(node, Function) and (stratum := stratum_of(source.file, node, owner.name)):
            name = f"{owner.name}.{node.name}"
            yield Place(stratum, source, name, (node,), bool(node.decorator_list))
    values = tuple(node for node in owner.body if assigned(node) in ADMIN_VALUES)
    if values and is_admin(source.file):
        yield Place("admin", source, owner.name, values)


def in_administration(path: PurePath) -> bool:
    return "administration" in path.parts


def is_admin(file: str) -> bool:
    path = PurePath(file)
    return "admin" in path.stem or in_administration(path)


def stratum_of_file(file: str) -> str:
    path = PurePath(file)
    if path.parts[0] == "ui":
        return "ui"
    if path.stem.endswith("actions"):
        return "actions"
    if path.name == "permissions.py":
        return "permissions"
    if path.name in STATE_FILES:
        return "transitions"
    return "admin" if in_administration(path) and path.name in ADMIN_BASES else ""


def stratum_of(file: str, function: Function, owner: str = "") -> str:
    """The whole file's; elsewhere what the admin asks, and queries: those that ask who reads are by themselves."""
    if known := stratum_of_file(file):
        return known
    if is_admin(file):
        return "admin" if re.fullmatch(ADMIN_METHODS, function.name) else ""
    returned = ast.unparse(function.returns) if function.returns else ""
    if owner.endswith(("QuerySet", "Manager")):
        takes = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
        return "visible" if "user" in takes else "querysets"
    return "querysets" if re.match(r"Q$|QuerySet\b", returned) else ""


def constant(node: ast.stmt) -> str:
    """NAME = several values, or the permission a rule is about."""
    if isinstance(node, ast.Expr) and method(node.value) == "add_perm":
        return str(ast.literal_eval(node.value.args[0]))
    value = getattr(node, "value", None)
    several = (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Call)
    return assigned(node) if assigned(node).isupper() and isinstance(value, several) else ""


def assigned(node: ast.stmt) -> str:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return targets[0].id if isinstance(targets[0], ast.Name) else ""
