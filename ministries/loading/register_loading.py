"""One run of `load_register`: writes what is new, and leaves alone what people have worked on.

A row of the register is theirs as soon as its history holds one event that this command did not
write: an edit, a confirmation, a deletion. Where such a row differs from the file, it stays and the
run says so.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import Error, models, transaction
from django.db.models import Q

from ministries.history.tracking import events_of
from ministries.history.versioned import Versioned
from ministries.loading.csv_reading import CsvRow, Problem, read_rows

LOADER = "load_register"
CONTEXT = {"command": LOADER}
CLEANED = {"command": "clean_texts"}

Values = Mapping[str, Any]
Row = TypeVar("Row", bound=models.Model)


class RegisterLoad:
    """What one run read, wrote, left alone and could not use."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.problems: list[Problem] = []
        self.kept: list[str] = []
        self.noticed: list[str] = []
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._known: dict[type[models.Model], dict[str, Any]] = {}
        self._written: set[tuple[type[models.Model], str]] = set()

    def rows(self, file: str, columns: str) -> Iterator[CsvRow]:
        for row in read_rows(self.directory / file, columns.split(), self.problems):
            self.counts[file]["rows"] += 1
            yield row

    def known(self, model: type[Row]) -> dict[str, Row | None]:
        """Short name → object; None where the object's own line was refused."""
        if model not in self._known:
            key = key_of(model)
            rows: Iterator[Any] = model._base_manager.exclude(**{key: None}).iterator()
            self._known[model] = {getattr(row, key): row for row in rows}
        return self._known[model]

    def write_named(
        self,
        row: CsvRow,
        model: type[Row],
        values: Values,
        columns: Mapping[str, str] | None = None,
        *,
        fixed: str = "",
    ) -> Row | None:
        """Writes the row under its short name, which must be new in this file."""
        slug = row.slug()
        if slug is None:
            return None
        if (model, slug) in self._written:
            row.refuse("slug", "ein Kurzname, der in dieser Datei nur einmal vorkommt.")
        self._written.add((model, slug))
        written = None
        if row.is_sound:
            key = {key_of(model): slug}
            written = self.write(row, model, key, values, columns, fixed=fixed)
        self.known(model)[slug] = written
        return written

    # Single rows

    def write(
        self,
        row: CsvRow,
        model: type[Row],
        key: Values,
        values: Values,
        columns: Mapping[str, str] | None = None,
        *,
        fixed: str = "",
    ) -> Row | None:
        """The object with this key, created or brought up to the file; None if that failed.

        `columns` names the column of a field where the two differ; `fixed` says why nothing may
        be written any more.
        """
        found = model._base_manager.filter(**key).first()
        if found is None:
            if fixed or deleted_by_hand(model, key):
                self.keep(row, fixed or "wurde von Hand gelöscht und bleibt gelöscht")
                return None
            return self._save(row, model(**key, **values), None, columns)
        changed = differences(found, values)
        if not changed:
            self.counts[row.file]["unchanged"] += 1
            return found
        if fixed or touched_by_hand(found):
            why = fixed or "von Hand gepflegt, bleibt"
            self.keep(row, f"{why} ({', '.join(changed)} anders als die Datei)")
            return found
        for name in changed:
            setattr(found, name, values[name])
        return self._save(row, found, changed, columns)

    def write_links(self, row: CsvRow, instance: Any, field: str, wanted: list[Any]) -> None:
        """The same for a many-to-many field."""
        manager = getattr(instance, field)
        if set(manager.values_list("pk", flat=True)) == {item.pk for item in wanted}:
            return
        if touched_by_hand(instance):
            self.keep(row, f"von Hand gepflegt, bleibt ({field} anders als die Datei)")
        else:
            manager.set(wanted)

    # Periods of one owner belong together: they may not overlap

    def write_periods(
        self,
        model: type[models.Model],
        owner: Values,
        periods: list[tuple[CsvRow, Values]],
        columns: Mapping[str, str] | None = None,
    ) -> None:
        existing = list(model._base_manager.filter(**owner).order_by("valid_from", "pk"))
        if len(existing) == len(periods) and all(
            any(not differences(period, values) for period in existing) for _, values in periods
        ):
            return
        if any(touched_by_hand(period) for period in existing) or deleted_by_hand(model, owner):
            label = model._meta.verbose_name
            self.keep(periods[0][0], f"{label} von Hand gepflegt, bleibt (anders als die Datei)")
            return
        model._base_manager.filter(pk__in=[period.pk for period in existing]).delete()
        for row, values in periods:
            self._save(row, model(**owner, **values), None, columns)

    # What both share

    def keep(self, row: CsvRow, why: str) -> None:
        self.counts[row.file]["kept"] += 1
        self.kept.append(f"{row.file}, Zeile {row.line}: {why}.")

    def notice(self, row: CsvRow, what: str) -> None:
        self.noticed.append(f"{row.file}, Zeile {row.line}: {what}.")

    def _save(
        self,
        row: CsvRow,
        instance: Row,
        changed: list[str] | None,
        columns: Mapping[str, str] | None,
    ) -> Row | None:
        try:
            _save_checked(instance, changed)
        except ValidationError as error:
            self._refuse(row, error, columns or {})
            return None
        except Error as error:
            row.refuse("", f"eine Zeile, die die Datenbank annimmt ({type(error).__name__}).")
            return None
        self.counts[row.file]["changed" if changed else "new"] += 1
        return instance

    @staticmethod
    def _refuse(row: CsvRow, error: ValidationError, columns: Mapping[str, str]) -> None:
        for field, messages in error.message_dict.items():
            column = "" if field == NON_FIELD_ERRORS else columns.get(field, field)
            for message in messages:
                row.refuse(column, f"ein zulässiger Eintrag. {message}")


def _save_checked(instance: models.Model, changed: list[str] | None) -> None:
    """What only the database can tell is asked of it where it refuses, not of each sound row."""
    links = {field.name for field in instance._meta.concrete_fields if field.is_relation}
    instance.full_clean(exclude=links, validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            if changed and isinstance(instance, Versioned):
                instance.save_versioned(expected=instance.version, fields=changed)
            else:
                instance.save()
    except Error:
        instance.full_clean()
        raise


def key_of(model: type[models.Model]) -> str:
    """The field that keeps the short name; what people enter too has it only if it was loaded."""
    return "external_key" if hasattr(model, "external_key") else "slug"


def differences(instance: models.Model, wanted: Values) -> list[str]:
    """The fields that would hold something else; of a link its key is compared."""
    fields = {field.name: field for field in instance._meta.concrete_fields}
    keys = {
        name: fields[name].to_python(getattr(value, "pk", value)) for name, value in wanted.items()
    }
    return [name for name, key in keys.items() if getattr(instance, fields[name].attname) != key]


def touched_by_hand(instance: models.Model) -> bool:
    events = events_of(type(instance)).filter(pgh_obj_id=instance.pk)
    return _not_by_loader(events).exists()


def deleted_by_hand(model: type[models.Model], key: Values) -> bool:
    events = events_of(model).filter(pgh_label="delete", **key)
    return _not_by_loader(events).exists()


def _not_by_loader(events: models.QuerySet[Any]) -> models.QuerySet[Any]:
    by_loader = Q(pgh_context__contains=CONTEXT) | Q(pgh_context__contains=CLEANED)
    return events.exclude(by_loader, pgh_context__isnull=False)


Loader: TypeAlias = Callable[[RegisterLoad], None]
LOADERS: list[tuple[int, Loader]] = []


def register_loader(loader: Loader, *, position: int) -> None:
    """What a room loads; it may refer to rows of lower positions."""
    LOADERS.append((position, loader))
    LOADERS.sort(key=lambda placed: placed[0])
