"""Every public function of an `actions` module has a test that it works, refuses what it must, and refuses a stranger.

Read from the tests' text: a call of the function is a proof that it works, within
`pytest.raises(PermissionDenied)` that a stranger is refused, within any other `pytest.raises` that
it refuses; a function of the tests stands for those it calls. Who takes `by` has to refuse
strangers; who raises or saves a version has to refuse.
"""

import ast
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
APPS = ("reports", "dashboards", "guidelines", "partnerships", "ministries")
# Nobody is a stranger to these, each with its reason.
FOR_EVERYBODY = {
    "ministries.accounts.address_actions.confirm_address": "one's own account, which the key names",
    "ministries.accounts.disclosure_actions.handed_out": "one's own",
    "ministries.accounts.disclosure_actions.open_readings": "one's own",
    "ministries.accounts.disclosure_actions.record_disclosure": "writes down what one was allowed",
    "ministries.accounts.letter_actions.post_invitation": "the invitation was allowed before",
}
# What is refused there, is refused by what it calls; each with its reason.
NEVER_REFUSES = {
    "partnerships.register.partners.standing_actions.lift_scrutiny": "the row was locked a moment before",
}
REFUSING = ("raise ", ".save_versioned(", "refuse_")


def actions() -> Iterator[Callable[..., Any]]:
    for app in APPS:
        package = import_module(app)
        for found in pkgutil.walk_packages(package.__path__, f"{app}."):
            if found.name.endswith("actions"):
                yield from _public(import_module(found.name))


def _public(module: Any) -> Iterator[Callable[..., Any]]:
    for name, value in vars(module).items():
        function = inspect.unwrap(value) if callable(value) else None
        own = inspect.isfunction(function) and function.__module__ == module.__name__
        if own and not name.startswith("_"):
            yield function


@cache
def proofs() -> dict[str, set[str]]:
    """Kind of proof → names of the functions that some test calls in that way."""
    found: dict[str, set[str]] = {"works": set(), "refuses": set(), "stranger": set()}
    for path in sorted(TESTS.rglob("test_*.py")):
        _read(tree(path), "works", found, helpers(path))
    return found


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def helpers(path: Path) -> dict[str, set[str]]:
    """Functions of the tests that this file has or imports → what they call."""
    known = _called_by_functions(path)
    for node in tree(path).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests."):
            home = TESTS.parent / f"{str(node.module).replace('.', '/')}.py"
            called = _called_by_functions(home) if home.exists() else {}
            known |= {name.name: called.get(name.name, set()) for name in node.names}
    return known


@cache
def _called_by_functions(path: Path) -> dict[str, set[str]]:
    return {
        function.name: {
            _name(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)
        }
        for function in tree(path).body
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("test_")
    }


def _read(node: ast.AST, kind: str, found: dict[str, set[str]], known: dict[str, set[str]]) -> None:
    if isinstance(node, ast.Call):
        found[kind] |= {_name(node.func)}
        if isinstance(node.func, ast.Name):
            found[kind] |= known.get(node.func.id, set())
    if isinstance(node, ast.With):
        kind = next((k for item in node.items if (k := _raised(item.context_expr))), kind)
    for child in ast.iter_child_nodes(node):
        _read(child, kind, found, known)


def _raised(expression: ast.expr) -> str:
    if not isinstance(expression, ast.Call) or _name(expression.func) != "raises":
        return ""
    return "stranger" if _name(expression.args[0]) == "PermissionDenied" else "refuses"


def _name(expression: ast.expr) -> str:
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""


ACTIONS = sorted(actions(), key=lambda act: (act.__module__, act.__name__))


def told(act: Callable[..., Any]) -> str:
    return f"{act.__module__}.{act.__name__}"


def owes(act: Callable[..., Any]) -> set[str]:
    kinds = {"works"}
    if "by" in inspect.signature(act).parameters and told(act) not in FOR_EVERYBODY:
        kinds.add("stranger")
    source = inspect.getsource(act).replace("raise PermissionDenied", "")
    if any(word in source for word in REFUSING) and told(act) not in NEVER_REFUSES:
        kinds.add("refuses")
    return kinds


@pytest.mark.parametrize("kind", ["works", "refuses", "stranger"])
def test_every_action_is_proven(kind: str) -> None:
    owing = [act for act in ACTIONS if kind in owes(act)]
    assert [told(act) for act in owing if act.__name__ not in proofs()[kind]] == []


def test_every_exception_is_an_action() -> None:
    assert FOR_EVERYBODY.keys() | NEVER_REFUSES.keys() <= {told(act) for act in ACTIONS}
