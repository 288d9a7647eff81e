"""Two people saved one record: both texts side by side, differences marked, one choice a field.

The page posts, for each differing field, `_choice.<name>` (mine, stored or merged) and the texts
behind the choices; `resolved()` turns that back into the plain form data the same view expects.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from ui.filters import shown_values

SOURCES = ("mine", "stored", "merged")
CHOICE_PREFIX = "_choice."
MOST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class ConflictField:
    """One field of the conflict page: raw values for posting back, parts for reading."""

    name: str
    label: str
    mine: tuple[str, ...]
    stored: tuple[str, ...]
    mine_parts: tuple[Part, ...]
    stored_parts: tuple[Part, ...]
    is_text: bool
    # The choice made beforehand: "mine", "stored" or none.
    choice: str = ""

    def preselected(self, base: str | None) -> "ConflictField":
        """With the text both started from: where only one of them changed it, take that one."""
        texts = {"mine": "\n".join(self.mine), "stored": "\n".join(self.stored)}
        changed = [source for source, text in texts.items() if base is not None and text != base]
        return replace(self, choice=changed[0]) if len(changed) == 1 else self

    @property
    def differs(self) -> bool:
        return self.mine != self.stored

    @property
    def merged(self) -> str:
        """Both texts one after the other, so that merging means cutting, not typing."""
        return "\n\n".join(text for text in (*self.mine, *self.stored) if text)


def compare_texts(*, name: str, label: str, mine: str, stored: str) -> ConflictField:
    """Compare two texts of one form field, for pages that do not use one Django form."""
    mine_parts, stored_parts = marked(mine, stored)
    return ConflictField(name, label, (mine,), (stored,), mine_parts, stored_parts, True)


def compare_forms(mine: forms.BaseForm, stored: forms.BaseForm) -> list[ConflictField]:
    """Compare what was posted with an unbound form that shows the record as stored."""
    fields = []
    for bound in mine:
        if bound.is_hidden or isinstance(bound.field, forms.FileField):
            continue
        if bound.name not in stored.fields:
            continue  # asked only because of what was typed, and asked again with it
        mine_raw = _raw(bound, bound.value())
        stored_raw = _raw(bound, stored[bound.name].value())
        is_text = isinstance(bound.field.widget, forms.Textarea | forms.TextInput)
        mine_words, stored_words = (_words(bound, raw, is_text) for raw in (mine_raw, stored_raw))
        mine_parts, stored_parts = marked(mine_words, stored_words)
        fields.append(
            ConflictField(
                name=bound.html_name,
                label=str(bound.label),
                mine=mine_raw,
                stored=stored_raw,
                mine_parts=mine_parts,
                stored_parts=stored_parts,
                is_text=is_text,
            )
        )
    return fields


def conflict_page(
    request: HttpRequest,
    *,
    fields: Sequence[ConflictField],
    version: int | None,
    title: str,
    back_url: str,
) -> HttpResponse:
    """The 409 page; posting it goes to the same address with the stored version."""
    context = {
        "fields": [field for field in fields if field.differs],
        "same": [field for field in fields if not field.differs],
        "version": version,
        "title": title,
        "back_url": back_url,
    }
    return render(request, "409.html", context, status=409)


def resolved(data: QueryDict) -> QueryDict:
    """Put the chosen texts under the names the form knows; other posts pass unchanged."""
    choices = [key for key in data if key.startswith(CHOICE_PREFIX)]
    if not choices:
        return data
    plain = data.copy()
    for key in choices:
        name = key.removeprefix(CHOICE_PREFIX)
        source = data[key] if data[key] in SOURCES else "mine"
        plain.setlist(name, data.getlist(f"_{source}.{name}"))
    return plain


def marked(mine: str, stored: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Both texts in parts, those words marked that only one of them has."""
    ours, theirs = _tokens(mine), _tokens(stored)
    if len(ours) + len(theirs) > MOST_WORDS:
        differs = mine != stored
        return (Part(mine, differs),), (Part(stored, differs),)
    opcodes = difflib.SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes()
    return (
        _parts((ours[start:end], tag != "equal") for tag, start, end, _, _ in opcodes),
        _parts((theirs[start:end], tag != "equal") for tag, _, _, start, end in opcodes),
    )


def _tokens(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)


def _parts(pieces: Iterable[tuple[list[str], bool]]) -> tuple[Part, ...]:
    return tuple(Part("".join(words), changed) for words, changed in pieces if words)


def _raw(bound: forms.BoundField, value: Any) -> tuple[str, ...]:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return ("on",) if widget.check_test(value) else ()
    formatted = widget.format_value(value)
    if formatted is None:
        return ()
    if isinstance(formatted, list | tuple):
        return tuple(sorted(str(one) for one in formatted if str(one)))
    return (str(formatted).replace("\r\n", "\n"),) if str(formatted) else ()


def _words(bound: forms.BoundField, raw: tuple[str, ...], is_text: bool) -> str:
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return "ja" if raw else "nein"
    if is_text:
        return "\n".join(raw)
    return ", ".join(words for _, words in shown_values(bound, list(raw)))
