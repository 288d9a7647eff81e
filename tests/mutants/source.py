"""A module of ours as text and as syntax tree. Places in the text are counted in bytes, like the tree's columns."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("config", "reports", "dashboards", "guidelines", "partnerships", "ministries", "ui")
LOGS = {"log", "logger"}
Function = ast.FunctionDef | ast.AsyncFunctionDef
Members = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Edit:
    """The bytes from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


class Source:
    """`file` is its path below the project's folder; `members` are those of enumerations, by name."""

    def __init__(self, file: str, content: bytes, members: Members | None = None) -> None:
        self.file = file
        self.content = content
        self.members = members or {}

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.content)

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    @cached_property
    def line_starts(self) -> list[int]:
        starts = [0]
        for line in self.content.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts

    def span(self, node: Any) -> tuple[int, int]:
        return (
            self.line_starts[node.lineno - 1] + node.col_offset,
            self.line_starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def text(self, node: ast.AST) -> str:
        start, end = self.span(node)
        return self.content[start:end].decode()

    def replaced(self, node: ast.AST, text: str) -> Edit:
        return Edit(*self.span(node), text)

    def function_around(self, node: ast.AST) -> Function | None:
        above: ast.AST | None = node
        while above is not None and not isinstance(above, Function):
            above = self.parents.get(above)
        return above

    def with_edit(self, edit: Edit) -> bytes:
        return self.content[: edit.start] + edit.text.encode() + self.content[edit.end :]

    def line_number(self, position: int) -> int:
        return self.content.count(b"\n", 0, position) + 1


def application(root: Path = ROOT) -> list[Source]:
    """Every module of the application, migrations left out."""
    paths = [
        path
        for folder in FLOORS
        for path in sorted((root / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]
    contents = {str(path.relative_to(root)): path.read_bytes() for path in paths}
    members = enumerations(contents.values())
    return [Source(file, content, members) for file, content in contents.items()]


def enumerations(contents: Iterable[bytes]) -> Members:
    """The members of every class of choices, in their order."""
    classes = (
        node
        for content in contents
        for node in ast.walk(ast.parse(content))
        if isinstance(node, ast.ClassDef)
    )
    return {
        found.name: [ast.unparse(p.targets[0]) for p in found.body if isinstance(p, ast.Assign)]
        for found in classes
        if any("Choices" in ast.unparse(base) for base in found.bases)
    }


def changeable(node: ast.AST) -> Iterator[ast.AST]:
    """What may be wrong in a statement: all but type hints, decorators, what is said to people, and logs."""
    yield node
    for part in _parts(node):
        if not _is_left_alone(part):
            yield from changeable(part)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, Function):
        yield from (*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body)
    elif isinstance(node, ast.AnnAssign):
        yield from filter(None, [node.value])
    elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("isinstance", "cast"):
        yield node.args[0 if node.func.id == "isinstance" else 1]
    else:
        yield from ast.iter_child_nodes(node)


def _is_left_alone(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or receiver(node.value) in LOGS
    return isinstance(node, ast.Raise | ast.JoinedStr | ast.Assert)


def method(node: ast.AST) -> str:
    """The name of the method that is called, empty for anything else."""
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return node.func.attr if is_call else ""


def receiver(node: ast.AST) -> str:
    return ast.unparse(node.func.value) if method(node) else ""
