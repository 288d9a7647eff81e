"""What the admin's forms refuse: another's newer version, and what the database found wrong."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.http import HttpRequest

from ministries.changes import changes_of
from ministries.models import User

CONTRADICTION = "Diese Angaben widersprechen einem anderen Eintrag. Prüfen Sie Zeiträume und Namen."


def column_names(obj: models.Model, names: Iterable[str]) -> list[str]:
    """Those form fields that are columns of the record itself, without key and relations."""
    columns = {field.name for field in obj._meta.concrete_fields if not field.primary_key}
    return [name for name in names if name in columns]


def posted_version(request: HttpRequest) -> int:
    text = request.POST.get("_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def broken_rule(error: IntegrityError) -> str:
    """The German sentence of the constraint that the database found violated."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    rules = (rule for model in apps.get_models() for rule in model._meta.constraints)
    found = next((rule for rule in rules if rule.name == name), None)
    return str(found.violation_error_message) if found else CONTRADICTION


class BrokenRule:
    """Form mixin: shows what the database refused."""

    message: str

    def clean(self) -> dict[str, Any]:
        super().clean()  # type: ignore[misc]
        raise ValidationError(self.message)


class VersionGuard:
    """Form mixin: refuses, and says what changed, when the record was saved in the meantime."""

    seen_version: int
    viewer: User

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()  # type: ignore[misc]
        obj = self.instance  # type: ignore[attr-defined]
        locked = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
        if locked.version == self.seen_version:
            return cleaned
        raise ValidationError(
            [
                "Inzwischen hat jemand anderes diesen Eintrag gespeichert. Ihre Eingaben stehen "
                "noch hier. Prüfen Sie sie; wenn Sie noch einmal speichern, gelten Ihre Angaben.",
                *self._differences(obj),
            ]
        )

    def _differences(self, obj: Any) -> list[str]:
        return [
            f"{change.actor}: {field.label} „{field.before}“ → „{field.after}“"
            for change in changes_of(obj, viewer=self.viewer, since_version=self.seen_version)
            for field in change.fields
        ]
