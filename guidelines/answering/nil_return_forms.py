"""Why a house files a Fehlanzeige where the register holds something of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from guidelines.answering.holdings import Holding
from guidelines.answering.sittings import key_of
from guidelines.statements.models import Statement
from ui.forms import Form

FOR_ALL = "reason_alle"


@dataclass(frozen=True)
class Asked:
    """One statement on the page, with what the register holds of the house."""

    statement: Statement
    holding: Holding

    @property
    def name(self) -> str:
        return self.statement.guideline_check.partnership.name

    @property
    def key(self) -> str:
        return key_of(self.statement)

    @property
    def field(self) -> str:
        return f"reason_{self.statement.pk}"


class NilReturnForm(Form):
    """A reason where the register holds something; one for all of them saves typing."""

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:
        self.asked = asked
        self.in_need = [one for one in asked if one.holding.records]
        own: dict[str, forms.Field] = {
            one.field: _reason(f"Grund zu {one.name}") for one in self.in_need
        }
        if len(own) > 1:
            own[FOR_ALL] = _reason("Grund für alle, zu denen unten keiner steht")
        self.base_fields = own  # type: ignore[misc]  # one form per choice
        super().__init__(*args, **kwargs)

    @property
    def for_all(self) -> BoundField | None:
        return self[FOR_ALL] if FOR_ALL in self.fields else None

    @property
    def rows(self) -> list[tuple[Asked, BoundField | None]]:
        return [(one, self[one.field] if one in self.in_need else None) for one in self.asked]

    def reason_of(self, one: Asked) -> str:
        if one not in self.in_need:
            return ""
        return str(self.cleaned_data.get(one.field) or self.cleaned_data.get(FOR_ALL) or "")

    def clean(self) -> None:
        for one in self.in_need:
            if not self.reason_of(one) and one.field not in self.errors:
                self.add_error(
                    one.field,
                    "Sagen Sie, warum Ihr Haus trotz dieser Einträge nichts beizutragen hat.",
                )


def _reason(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=1000,
        help_text="Die Staatskanzlei liest nach der Freigabe nur diesen Grund.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
