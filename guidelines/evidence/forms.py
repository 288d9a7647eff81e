"""The ticks beside an answer."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guidelines.evidence.models import LONGEST_WORDING
from guidelines.evidence.pages import cited_keys
from guidelines.evidence.targets import CITED, Target
from guidelines.statements.models import ReviewNote
from ui.forms import TextInput

Choices = list[tuple[str, list[tuple[str, str]]]]
SUGGESTED = "nachweise"  # the list of suggestions on the page

# Names of fields: boxes to tick, and where there are many records the words of one more.
PREFIX, FURTHER = "evidence_", "further_"
MOST_BOXES = 30
KEY = re.compile(rf"({'|'.join(CITED)})-\d{{1,18}}")


class EvidenceSelect(forms.CheckboxSelectMultiple):
    """Django's renders two templates for each of what may be hundreds of boxes.

    Of many only those that are ticked are shown: the others are searched for.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        offered: Any = self.choices
        chosen, is_long = set(value or ()), is_searched(offered)
        shown = [
            (group, key, words)
            for group, options in offered
            for key, words in options
            if key in chosen or not is_long
        ]
        boxes = [
            (
                format_html('<p class="choice-group">{}</p>', group) if is_first else "",
                *(name, key, f"id_{name}_{number}", " checked" if key in chosen else ""),
                *(f"id_{name}_{number}", words),
            )
            for number, (is_first, (group, key, words)) in enumerate(_beginning_groups(shown))
        ]
        return format_html_join(
            "",
            '{}<div class="kern-form-check"><input class="kern-form-check__checkbox" '
            'type="checkbox" name="{}" value="{}" id="{}"{}><label class="kern-label" '
            'for="{}">{}</label></div>',
            boxes,
        )


class EvidenceField(forms.MultipleChoiceField):
    """Keys of records; what is stored or typed is one text of them with blanks between."""

    widget = EvidenceSelect
    default_error_messages = {
        "invalid_choice": "Einer der Nachweise steht nicht mehr zur Wahl. Wählen Sie bitte neu."
    }

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value


class FurtherField(forms.CharField):
    """One record by its words, as they are suggested or as much of them as tells it apart."""

    def __init__(self, *, code: str, choices: Choices) -> None:
        self.keys = {words.casefold(): key for _, options in choices for key, words in options}
        super().__init__(
            label=f"Weiterer Nachweis zu Frage {code}",
            help_text="Titel eintippen und einen Vorschlag wählen.",
            required=False,
            max_length=LONGEST_WORDING,
            widget=TextInput(attrs={"list": SUGGESTED, "autocomplete": "off"}),
        )

    def clean(self, value: Any) -> str:
        """Its key."""
        text = super().clean(value).casefold()
        found = {key for words, key in self.keys.items() if text in words}
        if not text or text in self.keys:
            return self.keys.get(text, "")
        if len(found) == 1:
            return found.pop()
        problem = "passt mehrere Einträge" if found else "passt kein Eintrag"
        raise forms.ValidationError(f"Zu „{value}“ {problem}. Wählen Sie einen Vorschlag.")


def evidence_fields(notes: Iterable[ReviewNote], choices: Choices) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for note in notes:
        code, key = note.criterion.code, note.criterion_id
        label = f"Nachweise zu Frage {code}"
        fields[f"{PREFIX}{key}"] = EvidenceField(label=label, choices=choices, required=False)
        if is_searched(choices):
            fields[f"{FURTHER}{key}"] = FurtherField(code=code, choices=choices)
    return fields


def is_searched(choices: Choices) -> bool:
    return sum(len(options) for _, options in choices) > MOST_BOXES


def _beginning_groups(shown: Sequence[tuple[str, str, str]]) -> Iterator[tuple[bool, Any]]:
    groups = ["", *(group for group, _, _ in shown)]
    return ((one[0] != before, one) for before, one in zip(groups, shown, strict=False))


def choices_of(targets: Sequence[Target]) -> Choices:
    alike = Counter(one.words for one in targets)
    own, others = (
        [_choice(one, alike) for one in targets if one.is_own is is_own] for is_own in (True, False)
    )
    groups = [("Ihr Haus", own), ("Register und andere Ressorts", others)]
    return [group for group in groups if group[1]]


def _choice(target: Target, alike: Mapping[str, int]) -> tuple[str, str]:
    """Two that read the same are told apart by their numbers."""
    words = f"{target.words}, Nr. {target.pk}" if alike[target.words] > 1 else target.words
    return target.key, f"{words} ({target.warning})" if target.warning else words


def evidence_values(notes: Sequence[ReviewNote]) -> dict[str, str]:
    """What is stored, under the names of the form."""
    ticked = {f"{PREFIX}{note.criterion_id}": joined(cited_keys(note)) for note in notes}
    return ticked | {f"{FURTHER}{note.criterion_id}": "" for note in notes}


def typed_evidence(data: Mapping[str, Any], name: str) -> str:
    """Without what no box can have sent."""
    sent = data.getlist(name) if isinstance(data, QueryDict) else str(data.get(name, "")).split()
    return joined([key for key in sent if KEY.fullmatch(key)])


def joined(keys: Sequence[str]) -> str:
    return " ".join(sorted(keys))
