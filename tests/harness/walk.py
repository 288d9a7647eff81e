"""What the walking tests walk over: our apps, models, files and templates."""

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db.models import Model

ROOT = Path(settings.BASE_DIR)
# From the lowest floor to the highest; imports and foreign keys go down only.
FLOORS = ("ui", "ministries", "partnerships", "guidelines", "dashboards", "reports", "config")


def floor(app_label: str) -> int:
    return FLOORS.index(app_label)


def event_models() -> list[type[Model]]:
    return [m for m in _all_of_ours() if issubclass(m, pghistory.models.Event)]


def models() -> list[type[Model]]:
    """Our tables, without the event tables and the join tables Django makes for a many-to-many."""
    return [m for m in _all_of_ours() if not issubclass(m, pghistory.models.Event)]


def join_tables() -> list[type[Model]]:
    """The tables Django makes for a many-to-many of ours."""
    fields = [field for model in models() for field in model._meta.local_many_to_many]
    return [f.remote_field.through for f in fields if f.remote_field.through._meta.auto_created]


def _all_of_ours() -> list[type[Model]]:
    every = (model for model in apps.get_models() if model._meta.app_label in FLOORS)
    return [model for model in every if not model._meta.proxy]


def label(model: type[Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


@cache
def python_files() -> list[Path]:
    """Everything we write in Python; migrations are generated."""
    folders = [ROOT / name for name in (*FLOORS, "tests")]
    found = (path for folder in folders for path in folder.rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def style_sheets() -> list[Path]:
    return sorted((ROOT / "ui" / "static").rglob("*.css"))


def source_files() -> list[Path]:
    return [path for path in python_files() if path.relative_to(ROOT).parts[0] != "tests"]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def templates() -> list[Path]:
    return sorted(
        path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt")
    )


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def import_everything() -> None:
    for path in source_files():
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[-1] not in ("__main__", "gunicorn_conf", "wsgi", "settings"):
            importlib.import_module(".".join(parts).removesuffix(".__init__"))


def subclasses(base: type) -> Iterator[type]:
    """Every class of ours below `base`, however deep; call `import_everything` first."""
    for child in base.__subclasses__():
        if child.__module__.split(".")[0] in FLOORS:
            yield child
        yield from subclasses(child)
