"""One record of many, found by its words: what is typed is completed from a list."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ui.forms import TextInput

HINT = "Anfang oder ein Wort eintippen und einen Vorschlag wählen."


class SuggestedInput(TextInput):
    """The browser's own list of suggestions; without it whole words do."""

    choices: Any = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        offered = f"{name}-vorschlaege"
        given = {**(attrs or {}), "list": offered, "autocomplete": "off"}
        field = super().render(name, value, given, renderer)
        words = ((label,) for key, label in self.choices if key)
        options = format_html_join("", '<option value="{}">', words)
        return format_html('{}<datalist id="{}">{}</datalist>', field, offered, options)


class _Named(ModelChoiceIterator):
    def __iter__(self) -> Iterator[tuple[Any, str]]:
        field: Any = self.field
        return iter(field.named)


class SuggestedChoice(forms.ModelChoiceField):
    """As many as there are; `label_from_instance` says how each reads."""

    widget = SuggestedInput
    iterator = _Named

    @cached_property
    def named(self) -> list[tuple[Any, str]]:
        """Two that read the same are told apart by their numbers."""
        rows = [(row.pk, self.label_from_instance(row)) for row in self.queryset or ()]
        alike = Counter(words for _, words in rows)
        return [(pk, f"{words}, Nr. {pk}" if alike[words] > 1 else words) for pk, words in rows]

    def prepare_value(self, value: Any) -> Any:
        """The words of what is stored; what was typed stays as it is."""
        pk = getattr(value, "pk", value)
        return dict(self.named).get(pk, value) if isinstance(pk, int) else value

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        return super().to_python(self._key(value.strip()))

    def _key(self, text: str) -> Any:
        keys = {words.casefold(): pk for pk, words in self.named}
        wanted = text.casefold()
        if wanted in keys:
            return keys[wanted]
        found = [pk for words, pk in keys.items() if wanted in words]
        if len(found) == 1:
            return found[0]
        # A page from before the list was searched sends the number.
        if text in map(str, keys.values()):
            return text
        problem = "passt mehrere Einträge" if found else "passt kein Eintrag"
        raise forms.ValidationError(f"Zu „{text}“ {problem}. Wählen Sie einen Vorschlag.")
