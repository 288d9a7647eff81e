"""Two people recorded a decision about one partnership: what the second typed beside what stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from guidelines.decisions.forms import DecisionForm, OutcomeForm
from guidelines.decisions.models import Decision
from ui.conflicts import ConflictField, compare_forms

COMMON = ("body", "decided_on", "number", "wording", "effective_from", "visible_from")
OF_ONE = ("outcome", "until_on", "resume_condition", "review_on")


@dataclass(frozen=True)
class Decided:
    """A partnership about which somebody else recorded a decision meanwhile."""

    decision: Decision
    fields: list[ConflictField]

    @property
    def is_same(self) -> bool:
        return not any(field.differs for field in self.fields)


def decided_meanwhile(
    form: DecisionForm, outcomes: Sequence[OutcomeForm], decisions: Sequence[Decision]
) -> list[Decided]:
    typed = {outcome.check.pk: outcome for outcome in outcomes}
    return [
        Decided(decision, _compared(form, typed[decision.guideline_check_id], decision))
        for decision in decisions
        if decision.guideline_check_id in typed
    ]


def _compared(form: DecisionForm, outcome: OutcomeForm, decision: Decision) -> list[ConflictField]:
    """What was typed is compared as it was typed, valid or not."""
    stored = DecisionForm(initial={name: getattr(decision, name) for name in COMMON})
    of_one = {name: getattr(decision, name) for name in OF_ONE}
    stored_outcome = OutcomeForm(
        check=outcome.check, proposal=None, initial={"is_included": True, **of_one}
    )
    return [*compare_forms(form, stored), *compare_forms(outcome, stored_outcome)]
