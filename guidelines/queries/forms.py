"""What the coordination asks, and what the house answers: the statement's own form and a reply."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from django import forms

from guidelines.evidence.forms import PREFIX, evidence_values, joined
from guidelines.queries.evidence import cited_in
from guidelines.queries.models import Query
from guidelines.rounds.deadlines import AskedBack
from guidelines.statements.forms import StatementForm, stored_values
from guidelines.statements.models import ReviewNote
from guidelines.states.outcomes import NEEDS_UNTIL
from ui.dates import german_date


class QueryForm(AskedBack):
    note = forms.CharField(
        label="Ihre Rückfrage",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=3000,
        help_text="Das Ressort sieht den Text über seiner Antwort. Die Nachricht an das "
        "Funktionspostfach enthält ihn nicht.",
        error_messages={"required": "Schreiben Sie, was Sie wissen möchten."},
    )
    due_on = forms.DateField(
        label="Antwort bis",
        error_messages={"required": "Geben Sie an, bis wann das Ressort antworten soll."},
    )


class ReplyForm(StatementForm):
    reply = forms.CharField(
        label="Ihre Antwort an die Staatskanzlei",
        required=False,
        max_length=3000,
        help_text="Nötig nur, wenn die Stellungnahme bleibt, wie sie ist. Die Koordinierung liest "
        "sie nach der Freigabe neben ihrer Rückfrage.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def values(self) -> dict[str, str]:
        """The new version, as a Rückfrage keeps it."""
        vote, until_on = self.cleaned_data["vote"], self.cleaned_data["vote_until_on"]
        values = {
            "vote": vote,
            "vote_until_on": german_date(until_on) if not vote or vote in NEEDS_UNTIL else "",
            "key_message": self.cleaned_data["key_message"],
        }
        for kind, texts in (("answer", self.answers), ("reason", self.reasons)):
            values |= {f"{kind}_{pk}": text for pk, text in texts.items()}
        return values


def written_values(
    query: Query, notes: Sequence[ReviewNote], offered: Container[str]
) -> dict[str, str]:
    """What the house has written so far, under the names of the form.

    Of what it cites that which is offered: of the rest this person does not learn.
    """
    stored = stored_values(query.statement, notes) | evidence_values(notes)
    cited = _offered_in(query.values, offered)
    return {**stored, **query.values, **cited, "reply": query.reply}


def former_values(
    event: Any, query: Query, notes: Sequence[ReviewNote], offered: Container[str]
) -> dict[str, str]:
    """The same of an earlier version, from its row in the history, as a conflict compares it."""
    stored = stored_values(query.statement, notes)
    cited = evidence_values(notes) | _offered_in(event.values, offered)
    lines = {name: text.replace(" ", "\n") for name, text in cited.items()}
    return {**stored, **event.values, **lines, "reply": event.reply}


def _offered_in(values: Mapping[str, str], offered: Container[str]) -> dict[str, str]:
    return {
        f"{PREFIX}{criterion}": joined([key for key in keys if key in offered])
        for criterion, keys in cited_in(values).items()
    }


def reply_names(notes: Sequence[ReviewNote]) -> list[str]:
    """Of all that can be typed, however few records there are to choose from."""
    return [*dict.fromkeys([*ReplyForm(notes=notes, targets=()).fields, *evidence_values(notes)])]
