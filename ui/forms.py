"""Forms in the look of KERN, through Django's own hooks; the admin's forms stay as they are.

Build every form on `Form` or `ModelForm` from here. They bring the markup, German wording for
dates, and plain text: what is pasted from Word arrives as paragraphs and "- " lists.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ui.amounts import parse_number
from ui.day_fields import DAY_HELP, UNCLEAR, DayField, as_day_field
from ui.periods import END_ERROR, Period
from ui.text import clean_line, clean_text

DASHES = BLANK_CHOICE_DASH[0][1]
# Names of fields that are the beginning and the end of one period.
ENDS = (("valid_from", "valid_until"), ("since", "until"))


class TextInput(forms.TextInput):
    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return clean_line(value) if isinstance(value, str) else value


class EmailInput(forms.EmailInput):
    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return clean_line(value) if isinstance(value, str) else value


class NumberInput(forms.TextInput):
    """Takes 4.000 for four thousand: a browser's own field for numbers hands it on as 4."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        with suppress(ValueError):
            return str(parse_number(value)) if isinstance(value, str) else value
        return value


class Textarea(forms.Textarea):
    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return clean_text(value) if isinstance(value, str) else value


class Select(forms.Select):
    """Django's looks the same and renders two templates for each option, which a list page feels."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        # Not of a model, which are asked for anew, nor in groups, nor of words not known yet.
        choices = tuple(self.choices) if isinstance(self.choices, list) else ()
        if not choices or not all(type(text) is str for choice in choices for text in choice):
            return super().render(name, value, attrs, renderer)
        chosen = frozenset(self.format_value(value))
        named = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", named, options_of(choices, chosen))


@lru_cache(maxsize=200)
def options_of(choices: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> SafeString:
    """Kept, because the same filters offer the same words on every page."""
    options = ((key, " selected" if key in chosen else "", label) for key, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', options)


class RadioSelect(forms.RadioSelect):
    template_name = "ui/choices.html"
    option_template_name = "ui/choice.html"


class CheckboxSelectMultiple(forms.CheckboxSelectMultiple):
    template_name = "ui/choices.html"
    option_template_name = "ui/choice.html"


REPLACED_WIDGETS: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.TextInput: TextInput,
    forms.EmailInput: EmailInput,
    forms.Textarea: Textarea,
    forms.NumberInput: NumberInput,
}

WIDGET_CLASSES: tuple[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str], ...] = (
    (forms.Textarea, "kern-form-input__input textarea"),
    ((forms.RadioSelect, forms.CheckboxSelectMultiple), ""),
    (forms.CheckboxInput, "kern-form-check__checkbox"),
    (forms.Select, "kern-form-input__select"),
    (forms.FileInput, "kern-form-input__input file-input"),
    (forms.DateInput, "kern-form-input__input date-input"),
    (forms.widgets.Input, "kern-form-input__input"),
)


class KernBoundField(BoundField):
    """Adds KERN's classes, so that `{{ form.name }}` alone already looks right."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        added = self.widget_classes(widget)
        if added:
            own = attrs.get("class") or widget.attrs.get("class", "")
            attrs["class"] = f"{own} {added}".strip()
        if isinstance(widget, forms.DateInput):
            attrs.setdefault("autocomplete", "off")
            attrs.setdefault("inputmode", "decimal")
        if isinstance(widget, forms.Textarea):
            attrs.setdefault("rows", "5")
        return attrs

    def widget_classes(self, widget: forms.Widget) -> str:
        names = next((name for kind, name in WIDGET_CLASSES if isinstance(widget, kind)), "")
        if names and self.errors:
            names = f"{names} {names.split()[0]}--error"
        return names

    @property
    def is_group(self) -> bool:
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_select(self) -> bool:
        return (
            isinstance(self.field.widget, forms.Select)
            and not self.is_group
            and not self.is_multiple
        )

    @property
    def is_multiple(self) -> bool:
        return isinstance(self.field.widget, forms.SelectMultiple)

    @property
    def target_id(self) -> str:
        """The id an error summary links to: the first control of the field."""
        return f"{self.auto_id}_0" if self.is_group else self.auto_id


class KernRenderer(DjangoTemplates):
    """Django's widgets, our templates around them; they come from the project's own engine."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"
    bound_field_class = KernBoundField

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("ui/"):
            return get_template(template_name)
        return super().get_template(template_name)


class Look(forms.BaseForm):
    """What both base forms share."""

    # One for all forms: each renderer has a template engine of its own and would parse them anew.
    default_renderer = KernRenderer()
    use_required_attribute = False  # the server's German sentences instead of the browser's bubbles

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, form_field in self.fields.items():
            if type(form_field) is forms.DateField:
                self.fields[name] = as_day_field(form_field)
            _prepare(self.fields[name])

    def _clean_form(self) -> None:
        super()._clean_form()  # type: ignore[misc]
        for first, last in ENDS:
            begin, end = (self.cleaned_data.get(name) for name in (first, last))
            if begin and end and last_of(end) < first_of(begin):
                self.add_error(last, forms.ValidationError(END_ERROR, code=UNCLEAR))

    def offer(self, **offered: QuerySet[Any] | Sequence[tuple[str, str]]) -> None:
        """What fields have to choose from: rows where they stand for a record, else words."""
        for name, rows in offered.items():
            kept_in = "queryset" if isinstance(rows, QuerySet) else "choices"
            setattr(self.fields[name], kept_in, rows)


def first_of(named: date | Period) -> date:
    return named.first if isinstance(named, Period) else named


def last_of(named: date | Period) -> date:
    return named.end if isinstance(named, Period) else named


def _prepare(form_field: forms.Field) -> None:
    replacement = REPLACED_WIDGETS.get(type(form_field.widget))
    if replacement:
        form_field.widget = replacement(attrs=form_field.widget.attrs)
    elif type(form_field.widget) in (forms.RadioSelect, forms.CheckboxSelectMultiple):
        form_field.widget.template_name = "ui/choices.html"
        form_field.widget.option_template_name = "ui/choice.html"
    elif type(form_field.widget) is forms.Select:
        plain = form_field.widget
        form_field.widget = Select(attrs=plain.attrs, choices=plain.choices)
        form_field.widget.is_required = plain.is_required
    elif type(form_field.widget) is forms.SelectMultiple:
        form_field.widget = CheckboxSelectMultiple(attrs=form_field.widget.attrs)
        form_field.widget.choices = form_field.choices  # type: ignore[attr-defined]
    _say_empty_choice(form_field)
    if isinstance(form_field, DayField):
        form_field.help_text = form_field.help_text or DAY_HELP
    # The same object, not the same words: those would be translated for every field of every form.
    if form_field.error_messages["required"] is forms.Field.default_error_messages["required"]:
        form_field.error_messages["required"] = _required_sentence(form_field.widget)


def _say_empty_choice(form_field: forms.Field) -> None:
    """In words instead of Django's dashes."""
    words = "bitte wählen" if form_field.required else "keine Angabe"
    if hasattr(form_field, "empty_label"):  # that of a filter puts it before its choices each time
        if form_field.empty_label == DASHES:
            form_field.empty_label = words
    elif isinstance(form_field, forms.ChoiceField):
        offered: Any = form_field.choices
        choices = list(offered)
        if choices and choices[0] == ("", DASHES):
            form_field.choices = [("", words), *choices[1:]]


def _required_sentence(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.Select | forms.CheckboxSelectMultiple):
        return "Bitte wählen Sie etwas aus."
    if isinstance(widget, forms.CheckboxInput):
        return "Bitte bestätigen Sie das."
    return "Bitte füllen Sie dieses Feld aus."


class Form(Look, forms.Form):
    """Base of every form that is not bound to one model."""


class ModelForm(Look, forms.ModelForm):
    """Base of every form of one record."""
