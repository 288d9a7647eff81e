"""What the coordination fills in from the evaluation to the decision."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from guidelines.decisions.actions import CheckOutcome, DecisionFacts
from guidelines.decisions.models import Decision, Proposal
from guidelines.rounds.models import GuidelineCheck
from guidelines.states.outcomes import NEEDS_UNTIL, Outcome, in_words
from ministries.clock import today
from ui.day_fields import PastDayField
from ui.forms import Form

LANDTAG = (
    "Schreiben Sie so, dass der Text dem Landtag vorgelegt werden könnte. Keine VS-NfD-Inhalte."
)
OUTCOMES = [("", "Bitte wählen"), *Outcome.choices]
UNTIL_MISSING = "Geben Sie an, bis wann."


def big_text(label: str, rows: int = 6, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=20_000, **options)


class EvaluationForm(Form):
    evaluation = big_text("Auswertung", rows=12, required=False, help_text=LANDTAG)


class ProposalForm(Form):
    outcome = forms.ChoiceField(label="Vorschlag", choices=OUTCOMES)
    until_on = forms.DateField(
        label="bis",
        required=False,
        help_text="Nur bei „befristet fortführen“ und „zurückgestellt bis“.",
    )
    reasons = big_text("Begründung", rows=10, help_text=LANDTAG)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_silent = not cleaned.get("until_on") and "until_on" not in self.errors
        if cleaned.get("outcome") in NEEDS_UNTIL and is_silent:
            self.add_error("until_on", UNTIL_MISSING)
        return cleaned


class DecisionForm(Form):
    """What the decision says for all partnerships it names."""

    body = forms.ChoiceField(label="Beschlossen durch", choices=Decision.Body.choices)
    decided_on = PastDayField(label="Beschlossen am")
    number = forms.CharField(label="Beschluss-Nr., Aktenzeichen", max_length=80)
    wording = big_text("Wortlaut", rows=8, help_text="Aus der E-Akte, für alle Partnerschaften.")
    effective_from = forms.DateField(
        label="Wirksam ab", help_text="Ab diesem Tag gilt ein neuer Status."
    )
    visible_from = forms.DateField(
        label="Sichtbar ab",
        help_text="Bis dahin sehen nur Koordinierung und Chef der Staatskanzlei den Beschluss.",
    )

    def clean_decided_on(self) -> date:
        decided_on: date = self.cleaned_data["decided_on"]
        if decided_on > today():
            raise forms.ValidationError(
                "Das Datum liegt in der Zukunft. Tragen Sie den Beschluss ein, wenn er gefasst ist."
            )
        return decided_on

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        decided_on, visible_from = cleaned.get("decided_on"), cleaned.get("visible_from")
        if decided_on and visible_from and visible_from < decided_on:
            self.add_error(
                "visible_from", "Sichtbar wird ein Beschluss frühestens, wenn er gefasst ist."
            )
        return cleaned

    def facts(self) -> DecisionFacts:
        return DecisionFacts(**self.cleaned_data)


class OutcomeForm(Form):
    """What it says for one of them; prefilled from the proposal."""

    is_included = forms.BooleanField(label="Von diesem Beschluss erfasst", required=False)
    outcome = forms.ChoiceField(label="Ergebnis", choices=OUTCOMES, required=False)
    until_on = forms.DateField(label="bis", required=False)
    resume_condition = big_text("Bedingung für die Wiederaufnahme", rows=3, required=False)
    review_on = forms.DateField(label="Wieder ansehen am", required=False)

    def __init__(self, *args: Any, check: GuidelineCheck, proposal: Proposal | None, **kwargs: Any):
        initial: dict[str, Any] = {"is_included": True}
        if proposal:
            initial |= {"outcome": proposal.outcome, "until_on": proposal.until_on}
        initial |= kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, prefix=f"c{check.pk}", **kwargs)
        self.check, self.proposal = check, proposal

    @property
    def has_conditions(self) -> bool:
        """Whether the part that only some outcomes need stands open."""
        outcome = (
            self.data.get(self.add_prefix("outcome"))
            if self.is_bound
            else self.initial.get("outcome")
        )
        return bool(self.errors) or outcome == Outcome.SUSPEND or outcome in NEEDS_UNTIL

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("is_included"):
            self.errors.clear()
            return cleaned
        outcome = cleaned.get("outcome")
        for name, is_needed, message in (
            ("outcome", True, "Wählen Sie das Ergebnis."),
            ("until_on", outcome in NEEDS_UNTIL, UNTIL_MISSING),
            ("resume_condition", outcome == Outcome.SUSPEND, "Nennen Sie die Bedingung."),
            ("review_on", outcome == Outcome.SUSPEND, "Nennen Sie den Tag."),
        ):
            if is_needed and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, message)
        return cleaned

    @property
    def words(self) -> str:
        return in_words(self.cleaned_data["outcome"], self.cleaned_data["until_on"])

    def chosen(self) -> CheckOutcome:
        names = ("outcome", "until_on", "resume_condition", "review_on")
        return CheckOutcome(self.check, **{name: self.cleaned_data[name] for name in names})


def included(forms_: Sequence[OutcomeForm]) -> list[OutcomeForm]:
    return [form for form in forms_ if form.cleaned_data.get("is_included")]
