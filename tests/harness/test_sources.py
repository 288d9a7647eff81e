"""What every file of ours keeps: floors, names, sizes, and what no code may use."""

import ast
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from django import forms
from django.contrib.contenttypes.admin import GenericInlineModelAdmin
from django_filters import FilterSet
from importlinter.cli import lint_imports

from config.admin_sites import register_site, technical_site
from tests.harness import walk

EMPTY_NAMES = {"utils", "helpers", "common", "core", "misc", "services", "base", "tools"}
LONGEST_FILE, LONGEST_FUNCTION = 350, 40
SIGNALS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
    "django.test.signals",
)
RAW_SQL = {"raw", "extra", "RawSQL"}
UNSAFE = {"mark_safe", "SafeString", "html_safe"}


def test_imports_go_down_only() -> None:
    assert lint_imports() == 0


def test_modules_are_named_after_what_they_do() -> None:
    assert [walk.short(path) for path in walk.python_files() if path.stem in EMPTY_NAMES] == []


def test_modules_can_be_read_in_one_sitting() -> None:
    files = [*walk.python_files(), *walk.style_sheets()]
    assert [walk.short(p) for p in files if len(p.read_text().splitlines()) > LONGEST_FILE] == []


def test_functions_fit_on_a_screen() -> None:
    assert offences(long_functions) == []


def test_no_signal_receivers() -> None:
    assert offences(signals) == []


def test_no_sql_beside_the_orm() -> None:
    """A cursor is for what the ORM cannot say; `.raw`, `.extra` and RawSQL are never needed."""
    assert offences(lambda path: RAW_SQL & called(path)) == []


def test_no_text_is_declared_safe() -> None:
    assert offences(lambda path: UNSAFE & called(path)) == []


def test_html_is_formatted_from_literals() -> None:
    assert offences(lambda path: [call.lineno for call in calls(path) if is_built_html(call)]) == []


def offences(found_in: Callable[[Path], Collection[object]]) -> list[str]:
    """`file: what` for each source file in which something forbidden is found."""
    return [
        f"{walk.short(path)}: {found}" for path in walk.source_files() if (found := found_in(path))
    ]


def long_functions(path: Path) -> list[str]:
    functions = (n for n in ast.walk(walk.tree(path)) if isinstance(n, ast.FunctionDef))
    return [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION]


def signals(path: Path) -> list[str]:
    return [name for name in imported(path) if name.startswith(SIGNALS) or ".signals" in name]


def is_built_html(call: ast.Call) -> bool:
    return name_of(call.func) == "format_html" and not isinstance(call.args[0], ast.Constant)


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(walk.tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(walk.tree(path)) if isinstance(node, ast.Call)]


def called(path: Path) -> set[str]:
    return {name_of(call.func) for call in calls(path)}


def name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


# Forms, filters, admin: what may be written is named, never "everything"


def test_model_forms_name_their_fields() -> None:
    walk.import_everything()
    for form in walk.subclasses(forms.BaseModelForm):
        options = form._meta  # type: ignore[attr-defined]
        if options.model is not None:
            assert options.fields not in (None, "__all__"), form
            assert not options.exclude, form


def test_filter_sets_name_their_fields() -> None:
    walk.import_everything()
    for filter_set in walk.subclasses(FilterSet):
        options = filter_set._meta  # type: ignore[attr-defined]
        if options.model is not None:
            assert options.fields not in (None, "__all__"), filter_set
            assert not options.exclude, filter_set


ADMINS = [admin for site in (register_site, technical_site) for admin in site._registry.values()]
ADMIN = pytest.mark.parametrize(
    "admin", ADMINS, ids=lambda a: f"{a.admin_site.name}-{a.opts.label}"
)


@ADMIN
def test_admin_names_its_fields(admin: object) -> None:
    assert admin.fields or admin.fieldsets  # type: ignore[attr-defined]


@ADMIN
def test_admin_has_the_hardened_base(admin: object) -> None:
    assert any(base.__name__ == "PolicyAdmin" for base in type(admin).__mro__)
    assert not admin.list_editable  # type: ignore[attr-defined]
    assert not admin.save_as  # type: ignore[attr-defined]
    for inline in admin.inlines:  # type: ignore[attr-defined]
        assert not issubclass(inline, GenericInlineModelAdmin)
        assert inline.fields or inline.fieldsets
