"""The fields of the table: those of one statement, and one answer for all of them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guidelines.answering.sittings import Row
from guidelines.catalogue.models import Criterion
from guidelines.statements.forms import ALWAYS_POSSIBLE
from guidelines.statements.models import ReviewNote
from guidelines.states.outcomes import VOTE_CHOICES
from ui.day_fields import DayField, DayInput
from ui.forms import Select, Textarea

FOR_ALL = "alle"


class AnswerSelect(Select):
    """Marks the answers that need a reason, so that the page says it as soon as one is chosen."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        named = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", named, _options(tuple(self.choices), value))


class PlainTextarea(Textarea):
    """Django's renders a template each, which a table of hundreds feels."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        named = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<textarea{}>\n{}</textarea>", named, self.format_value(value) or "")


@lru_cache(maxsize=500)
def _options(choices: tuple[tuple[str, str], ...], chosen: str | None) -> SafeString:
    options = (
        (
            value,
            " selected" if value == (chosen or "") else "",
            " data-needs-reason" if value in ReviewNote.REASON_REQUIRED else "",
            word,
        )
        for value, word in choices
    )
    return format_html_join("", '<option value="{}"{}{}>{}</option>', options)


def fields_of(row: Row) -> dict[str, forms.Field]:
    key, name = row.statement.pk, row.name
    fields: dict[str, forms.Field] = {}
    for note in row.notes:
        fields |= question(str(key), note.criterion, name)
    if row.unconfirmed:
        fields[f"confirmed-{key}"] = forms.BooleanField(
            label=f"Übernommene Antworten zu {name} bestätigen", required=False
        )
    return fields | {
        f"vote-{key}": forms.ChoiceField(
            label=f"{name}: Votum",
            choices=[("", "noch keines"), *VOTE_CHOICES],
            required=False,
            widget=Select(attrs={"aria-label": f"Votum, {name}"}),
        ),
        f"vote_until_on-{key}": DayField(
            label=f"{name}: Votum bis",
            required=False,
            widget=DayInput(attrs={"aria-label": f"Votum bis, {name}", "size": 10}),
        ),
        f"key_message-{key}": forms.CharField(
            label=f"{name}: Kernaussage",
            required=False,
            max_length=600,
            widget=PlainTextarea(attrs={"rows": 2, "aria-label": f"Kernaussage, {name}"}),
        ),
        f"version-{key}": forms.IntegerField(
            min_value=0, max_value=10**9, widget=forms.HiddenInput, required=False
        ),
        # Whether the row shows a draft: one typed on another page meanwhile is left alone.
        f"draft-{key}": forms.CharField(max_length=1, widget=forms.HiddenInput, required=False),
    }


def question(key: str, criterion: Criterion, name: str) -> dict[str, forms.Field]:
    code = criterion.code
    return {
        f"answer_{criterion.pk}-{key}": forms.ChoiceField(
            label=f"{name}: Frage {code}",
            choices=[("", "noch offen"), *criterion.answers, *ALWAYS_POSSIBLE],
            required=False,
            widget=AnswerSelect(attrs={"aria-label": f"Antwort auf Frage {code}, {name}"}),
        ),
        f"reason_{criterion.pk}-{key}": forms.CharField(
            label=f"{name}: Begründung zu Frage {code}",
            required=False,
            max_length=5000,
            widget=PlainTextarea(
                attrs={
                    "rows": 1,
                    "placeholder": " ",
                    "aria-label": f"Begründung zu Frage {code}, {name}",
                }
            ),
        ),
    }


def initial_of(rows: Sequence[Row]) -> dict[str, Any]:
    """What the table shows: stored, or typed and not saved."""
    shown: dict[str, Any] = {}
    for row in rows:
        key = row.statement.pk
        shown |= {f"{name}-{key}": value for name, value in row.shown.items()}
        shown[f"version-{key}"] = row.statement.version
        shown[f"draft-{key}"] = "1" if row.draft else ""
    return shown
