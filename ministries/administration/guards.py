"""What the admin's forms refuse: another's newer version, and what the database found wrong."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.forms import BaseInlineFormSet, BaseModelForm, ModelChoiceField, ModelForm
from django.forms.models import model_to_dict
from django.http import HttpRequest

from ministries.accounts.users import User
from ministries.history.changes import changes_of, shown
from ministries.history.versioned import Versioned

SAVED_MEANWHILE = (
    "Inzwischen hat jemand anderes {} gespeichert. Ihre Eingaben stehen noch hier. Prüfen Sie sie; "
    "wenn Sie noch einmal speichern, gelten Ihre Angaben."
)
CONTRADICTION = "Diese Angaben widersprechen einem anderen Eintrag. Prüfen Sie Zeiträume und Namen."


def column_names(obj: models.Model, names: Iterable[str]) -> list[str]:
    """Those form fields that are columns of the record itself, without key and relations."""
    columns = {field.name for field in obj._meta.concrete_fields if not field.primary_key}
    return [name for name in names if name in columns]


def posted_state(request: HttpRequest) -> str:
    """The first word: the state of the record itself; the others are of its rows."""
    return request.POST.get("_version", "").partition(" ")[0]


def broken_rule(error: IntegrityError) -> str:
    """The German sentence of the constraint that the database found violated."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    rules = (rule for model in apps.get_models() for rule in model._meta.constraints)
    found = next((rule for rule in rules if rule.name == name), None)
    return str(found.violation_error_message) if found else CONTRADICTION


class BrokenRule(ModelForm):
    """Before the form of a page: shows what the database refused."""

    message: str

    def clean(self) -> dict[str, Any]:
        super().clean()
        raise ValidationError(self.message)


class VersionGuard(ModelForm):
    """The same: refuses, and says what changed, when the record was saved in the meantime."""

    seen: str
    viewer: User

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        obj: models.Model = self.instance
        locked = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
        if state_of(locked, model_to_dict(locked, list(self.initial))) == self.seen:
            return cleaned
        differences = (
            self._differences(obj) if isinstance(obj, Versioned) else stored_now(locked, self)
        )
        raise ValidationError([SAVED_MEANWHILE.format("diesen Eintrag"), *differences])

    def _differences(self, obj: models.Model) -> list[str]:
        since = int(self.seen) if _is_version(self.seen) else 0
        return [
            f"{change.actor}: {field.label} „{field.before}“ → „{field.after}“"
            for change in changes_of(obj, viewer=self.viewer, since_version=since)
            for field in change.fields
        ]


class GuardedRows(BaseInlineFormSet):
    """The same for each row below a record: somebody may have saved it here or on its own page."""

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        """The key of another record's row is as unknown as one that does not exist."""
        super().add_fields(form, index)
        key = form.fields.get(self.model._meta.pk.name)  # type: ignore[union-attr]
        if isinstance(key, ModelChoiceField):
            key.queryset = self.queryset

    def clean(self) -> None:
        super().clean()
        changed = {form.instance.pk: form for form in self.initial_forms if form.has_changed()}
        if not changed:
            return
        seen = seen_rows(self.data.get("_version", ""))
        model: Any = self.model
        locked = model._base_manager.select_for_update().in_bulk(list(changed))
        for pk, form in changed.items():
            row = locked.get(pk)
            if row is None:
                continue  # a choice that Django refuses by itself
            state = state_of(row, model_to_dict(row, list(form.initial)))
            if state != seen.get(f"{self.prefix}.{pk}"):
                stored = stored_now(row, form)
                form.add_error(None, [SAVED_MEANWHILE.format("diese Zeile"), *stored])


def page_state(
    obj: models.Model, form: BaseModelForm, formsets: Iterable[BaseInlineFormSet]
) -> str:
    """What a page shows of its record and the rows below, to be sent back with it."""
    rows = [
        f"{formset.prefix}.{row.instance.pk}={state_of(row.instance, row.initial)}"
        for formset in formsets
        for row in formset.initial_forms
    ]
    return " ".join([state_of(obj, form.initial), *rows])


def seen_rows(text: str) -> dict[str, str]:
    pairs = (word.partition("=") for word in text.split())
    return {key: state for key, _, state in pairs}


def state_of(obj: models.Model, shown_values: Mapping[str, Any]) -> str:
    """The version of a record; without one, a digest of what its form shows."""
    if isinstance(obj, Versioned):
        return str(obj.version)
    plain = [(name, _plain(value)) for name, value in sorted(shown_values.items())]
    return blake2b(repr(plain).encode(), digest_size=8).hexdigest()


def stored_now(row: models.Model, form: BaseModelForm) -> list[str]:
    """The fields whose stored value is another than the one that was just sent."""
    names = column_names(row, form.changed_data)
    columns = {field.name: field for field in row._meta.concrete_fields}
    return [
        f"Gespeichert ist jetzt: {columns[name].verbose_name} „{_words(row, columns[name])}“"
        for name in names
    ]


def _words(row: models.Model, field: models.Field) -> str:
    value = getattr(row, field.attname)
    if not field.is_relation or value is None:
        return shown(field, value, {})
    related = getattr(row, field.name)
    return str(getattr(related, "label", related))


def _plain(value: Any) -> Any:
    if isinstance(value, list | models.QuerySet):
        return sorted(str(row.pk) for row in value)
    return "" if value is None else str(value)


def _is_version(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
