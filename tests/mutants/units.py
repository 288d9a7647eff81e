"""Who names whom in the application: functions, classes, values, permissions and addresses."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from tests.mutants.source import Source, method

FLOOR = r"(^|_)(models|actions|forms|views|filters|urls|pages?|desk|importing)$"
WORD = re.compile(r"[^\W\d_]\w*|_\w+")


@dataclass(frozen=True)
class Unit:
    """A function, class, value, permission or address: its name, its module, and who is named in it."""

    name: str
    module: str
    words: frozenset[str]


def room_of(file: str) -> str:
    """What a module is about: `records/contacts/actions.py` and `contact_actions.py` about contacts."""
    path = PurePath(file)
    about = re.sub(FLOOR, "", path.stem)
    return about or path.parent.name


def units_in(source: Source) -> Iterator[Unit]:
    module = room_of(source.file)
    for node in source.tree.body:
        for part in (node, *getattr(node, "body", [])):
            for name in defined(part):
                yield Unit(name, module, words_of(source.text(part)))
    if PurePath(source.file).stem.endswith("urls"):
        for call in ast.walk(source.tree):
            for part in address(call):
                yield Unit(part, "", words_of(source.text(call)))


def defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Expr) and method(node.value) == "add_perm":
        return [ast.literal_eval(node.value.args[0]).rpartition(".")[2]]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def address(node: ast.AST) -> list[str]:
    """The words of `path("zusagen/<int:pk>/erledigen/", …)` or of a tuple that begins like that."""
    values = node.args if isinstance(node, ast.Call) else getattr(node, "elts", [])
    text = getattr(values[0], "value", "") if values else ""
    return re.findall(r"[a-z]{4,}(?=[/-])", text) if isinstance(text, str) else []


def words_of(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text))
