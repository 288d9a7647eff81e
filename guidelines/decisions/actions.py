"""From the evaluation of a check to the decision about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guidelines.decisions.models import Decision, Proposal
from guidelines.rounds.conditions import locked_checks
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.states.outcomes import KEEPS_SCRUTINY, NEEDS_UNTIL, STATUS_AFTER, Outcome, misfit
from guidelines.states.tables import CheckState, RoundState
from guidelines.states.transitions import perform, require_fit, require_opened, require_unbroken
from ministries.models import User
from partnerships.models import Partnership
from partnerships.register.partners.standing_actions import begin_status, lift_scrutiny
from ui.dates import german_date
from ui.errors import Conflict, Refusal

MOST_APART = timedelta(days=366)


@dataclass(frozen=True)
class DecisionFacts:
    """What a cabinet decision says for all partnerships it names."""

    body: str
    decided_on: date
    number: str
    wording: str
    effective_from: date
    visible_from: date


@dataclass(frozen=True)
class CheckOutcome:
    """What it says for one of them."""

    check: GuidelineCheck
    outcome: str
    until_on: date | None = None
    resume_condition: str = ""
    review_on: date | None = None


@transaction.atomic
def begin_evaluation(*, check: GuidelineCheck, by: User, now: datetime) -> None:
    _require_coordination(by)
    row = _locked(check)
    require_opened(row.round)
    perform(row, "begin_evaluation", by=by, now=now)


@transaction.atomic
def revise_proposal(*, check: GuidelineCheck, by: User, now: datetime) -> None:
    """Back to the evaluation, so that houses can be asked again."""
    perform(_locked(check), "revise_proposal", by=by, now=now)


@transaction.atomic
def write_evaluation(
    *, check: GuidelineCheck, evaluation: str, expected_version: int, by: User, now: datetime
) -> None:
    _require_coordination(by)
    row = _locked(check)
    if row.state not in (CheckState.EVALUATING, CheckState.PROPOSED):
        raise Refusal("Beginnen Sie zuerst die Auswertung.")
    row.evaluation = evaluation
    row.save_versioned(expected=expected_version, fields=["evaluation"])


@transaction.atomic
def propose(
    *,
    check: GuidelineCheck,
    outcome: str,
    until_on: date | None,
    reasons: str,
    expected_version: int | None = None,
    by: User,
    now: datetime,
) -> Proposal:
    """A new wording is a new version; the former ones stay."""
    _require_coordination(by)
    row = _locked(check)
    expected = row.version if expected_version is None else expected_version
    if row.state == CheckState.PROPOSED:
        perform(row, "revise_proposal", by=by, now=now, expected_version=expected)
        expected = row.version
    require_fit(row, "propose")
    _require_fitting(row.partnership, outcome, timezone.localdate(now))
    if outcome in NEEDS_UNTIL and until_on and until_on <= timezone.localdate(now):
        raise Refusal("Der Tag nach „bis“ liegt nicht in der Zukunft. Wählen Sie einen späteren.")
    latest = row.proposals.order_by("-number").first()
    proposal = Proposal.objects.create(
        guideline_check=row,
        number=latest.number + 1 if latest else 1,
        outcome=outcome,
        until_on=until_on if outcome in NEEDS_UNTIL else None,
        reasons=reasons,
        written_at=now,
        written_by=by,
    )
    perform(row, "propose", by=by, now=now, expected_version=expected)
    return proposal


@transaction.atomic
def record_decisions(
    *,
    check_round: CheckRound,
    facts: DecisionFacts,
    outcomes: Sequence[CheckOutcome],
    by: User,
    now: datetime,
) -> list[Decision]:
    """One decision of a body about several partnerships, with everything that follows from it.

    When the last check of the round is decided, the round closes and never changes again. Raises
    `Conflict` with the decisions that somebody else has recorded meanwhile.
    """
    _require_coordination(by)
    locked = CheckRound.objects.select_for_update().get(pk=check_round.pk)
    if recorded := decisions_about([outcome.check for outcome in outcomes]):
        raise Conflict(current=recorded)
    if locked.state != RoundState.OPEN:
        raise Refusal("Beschlüsse lassen sich nur in einem laufenden Leitlinien-Check eintragen.")
    if not outcomes:
        raise Refusal("Wählen Sie mindestens eine Partnerschaft, über die entschieden wurde.")
    if facts.decided_on > timezone.localdate(now):
        raise Refusal("Das Datum des Beschlusses liegt in der Zukunft. Berichtigen Sie das Datum.")
    if abs(facts.effective_from - facts.decided_on) > MOST_APART:
        raise Refusal(
            "„Wirksam ab“ liegt mehr als ein Jahr vom Beschluss entfernt. Prüfen Sie die Jahreszahl."
        )
    decisions = [_decide(facts, outcome, by=by, now=now) for outcome in outcomes]
    if not locked.checks.undecided().exists():
        perform(locked, "close_round", by=by, now=now)
    return decisions


def decisions_about(checks: Sequence[GuidelineCheck]) -> list[Decision]:
    """Those recorded already, of checks the caller may see."""
    return list(
        Decision.objects.filter(guideline_check__in=checks)
        .select_related("guideline_check__round", "guideline_check__partnership")
        .order_by("guideline_check__partnership__sort_key")
    )


def _decide(facts: DecisionFacts, chosen: CheckOutcome, *, by: User, now: datetime) -> Decision:
    check = _locked(chosen.check)
    is_suspended = chosen.outcome == Outcome.SUSPEND
    if check.state != CheckState.PROPOSED:
        raise Refusal(
            f"{check.partnership}: Ein Beschluss setzt einen Entscheidungsvorschlag voraus "
            f"(Stand: {check.get_state_display()})."
        )
    _require_fitting(check.partnership, chosen.outcome, facts.effective_from)
    _require_later(check.partnership, chosen, facts.effective_from)
    decision = Decision.objects.create(
        guideline_check=check,
        body=facts.body,
        decided_on=facts.decided_on,
        number=facts.number,
        wording=facts.wording,
        outcome=chosen.outcome,
        until_on=chosen.until_on if chosen.outcome in NEEDS_UNTIL else None,
        effective_from=facts.effective_from,
        visible_from=facts.visible_from,
        resume_condition=chosen.resume_condition if is_suspended else "",
        review_on=chosen.review_on if is_suspended else None,
        recorded_at=now,
        recorded_by=by,
    )
    perform(check, "decide", by=by, now=now, known={"day": timezone.localdate(now)})
    _follow(decision, check.partnership, by=by, now=now)
    return decision


def _require_fitting(partnership: Partnership, outcome: str, day: date) -> None:
    period = partnership.status_periods.on(day).first()
    if reason := misfit(outcome, period.status if period else None):
        raise Refusal(f"{partnership}: {reason}")


def _require_later(partnership: Partnership, chosen: CheckOutcome, effective_from: date) -> None:
    until_on = chosen.until_on if chosen.outcome in NEEDS_UNTIL else None
    review_on = chosen.review_on if chosen.outcome == Outcome.SUSPEND else None
    for name, day in (("bis", until_on), ("wieder ansehen am", review_on)):
        if day and day <= effective_from:
            raise Refusal(
                f"{partnership}: „{name}“ ({german_date(day)}) liegt nicht nach „wirksam ab“ "
                f"({german_date(effective_from)}). Berichtigen Sie einen der beiden Tage."
            )


def _follow(decision: Decision, partnership: Partnership, *, by: User, now: datetime) -> None:
    """Status and scrutiny mark, dated from the effective day."""
    status = STATUS_AFTER.get(decision.outcome)
    if status:
        begin_status(
            partnership=partnership,
            status=status,
            valid_from=decision.effective_from,
            visible_from=decision.visible_from,
            reason=f"{decision.guideline_check.round}: {decision.get_outcome_display()}",
            deciding_body=decision.get_body_display(),
            reference=decision.number,
            resume_condition=decision.resume_condition,
            review_on=decision.review_on,
            by=by,
            now=now,
        )
    if decision.outcome not in KEEPS_SCRUTINY:
        lift_scrutiny(
            partnership=partnership,
            from_day=decision.effective_from,
            visible_from=decision.visible_from,
        )


def _locked(check: GuidelineCheck) -> GuidelineCheck:
    (row,) = locked_checks([check.pk])
    require_unbroken(row.round)
    return row


def _require_coordination(by: User) -> None:
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
