"""The coordination's acts on a round: prepare, ask, open, extend."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from guidelines.asking.plans import CheckPlan, RoundPlan, round_plan, shortened
from guidelines.catalogue.models import Edition
from guidelines.catalogue.naming import free_slug
from guidelines.extensions.models import ExtensionRequest
from guidelines.rounds.asking_actions import ask
from guidelines.rounds.conditions import (
    lock_preparing,
    locked_statements,
    require_extendable,
    require_future,
)
from guidelines.rounds.letters import send_extension
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.transitions import perform
from ministries.models import Ministry, User
from partnerships.models import Partnership
from ui.errors import Refusal

ADDED_BY_COORDINATION = "von der Koordinierung hinzugenommen"


@transaction.atomic
def prepare_round(
    *,
    year: int,
    edition: Edition,
    due_on: date,
    is_open_reading: bool,
    partnerships: Iterable[Partnership],
    by: User,
    now: datetime,
) -> CheckRound:
    """A round that only the coordination sees, with the proposed houses already chosen."""
    _require_coordination(by)
    if edition.published_at is None:
        raise Refusal("Wählen Sie eine veröffentlichte Fassung der Leitlinien.")
    require_future(due_on, now)
    try:
        with transaction.atomic():
            check_round = CheckRound.objects.create(
                slug=free_slug(CheckRound.objects.all(), str(year)),
                year=year,
                edition=edition,
                due_on=due_on,
                is_open_reading=is_open_reading,
            )
    except IntegrityError:
        raise Refusal(
            "Gerade hat jemand anderes einen Leitlinien-Check angelegt. Sehen Sie in der Liste nach."
        ) from None
    _choose(check_round, partnerships, now)
    return check_round


@transaction.atomic
def change_round(
    *,
    check_round: CheckRound,
    edition: Edition,
    due_on: date,
    is_open_reading: bool,
    partnerships: Iterable[Partnership],
    expected_version: int,
    by: User,
    now: datetime,
) -> None:
    """Partnerships that stay keep the houses chosen for them."""
    _require_coordination(by)
    lock_preparing(check_round)
    require_future(due_on, now)
    check_round.edition = edition
    check_round.due_on = due_on
    check_round.is_open_reading = is_open_reading
    check_round.save_versioned(
        expected=expected_version, fields=["edition", "due_on", "is_open_reading"]
    )
    _choose(check_round, partnerships, now)


def _choose(check_round: CheckRound, partnerships: Iterable[Partnership], now: datetime) -> None:
    wanted = {partnership.pk: partnership for partnership in partnerships}
    if not wanted:
        raise Refusal("Wählen Sie mindestens eine Partnerschaft.")
    dropped = check_round.checks.exclude(partnership__in=wanted)
    Statement.objects.filter(guideline_check__in=dropped).delete()
    dropped.delete()
    present = set(check_round.checks.values_list("partnership_id", flat=True))
    added = GuidelineCheck.objects.bulk_create(
        GuidelineCheck(round=check_round, partnership=partnership)
        for pk, partnership in wanted.items()
        if pk not in present
    )
    propose_houses(check_round=check_round, checks=added, now=now)


def propose_houses(
    *,
    check_round: CheckRound,
    checks: Collection[GuidelineCheck],
    due_on: date | None = None,
    now: datetime,
) -> RoundPlan:
    """Choose for these checks the houses that the register suggests."""
    plan = round_plan(check_round, _day(now), propose_for={check.pk for check in checks})
    chosen = [row for found in plan.checks if found.check in checks for row in found.statements]
    for statement in chosen:
        statement.due_on = due_on
    Statement.objects.bulk_create(chosen)
    return plan


@transaction.atomic
def set_houses(
    *,
    check_round: CheckRound,
    wanted: Mapping[int, Collection[int]],
    expected_version: int | None = None,
    by: User,
    now: datetime,
) -> None:
    """Check id → ids of the houses to ask; checks that are not named stay as they are."""
    _require_coordination(by)
    lock_preparing(check_round)
    if expected_version is not None:
        check_round.save_versioned(expected=expected_version, fields=[])
    plan = round_plan(check_round, _day(now))
    for check_plan in plan.checks:
        if check_plan.check.pk in wanted:
            _set_houses(check_plan, plan.ministries, wanted[check_plan.check.pk])


def _set_houses(plan: CheckPlan, ministries: list[Ministry], wanted: Collection[int]) -> None:
    present = {statement.ministry_id for statement in plan.statements}
    reasons = {house.ministry.pk: house.because for house in plan.proposed}
    removed = present - set(wanted)
    Statement.objects.filter(guideline_check=plan.check, ministry__in=removed).delete()
    Statement.objects.bulk_create(
        Statement(
            guideline_check=plan.check,
            ministry=ministry,
            asked_because=shortened(reasons.get(ministry.pk, ADDED_BY_COORDINATION)),
        )
        for ministry in ministries
        if ministry.pk in wanted and ministry.pk not in present
    )


@transaction.atomic
def open_round(
    *, check_round: CheckRound, by: User, now: datetime, expected_version: int | None = None
) -> None:
    """From now on the houses are asked: the questions are fixed, each house gets one letter."""
    _require_coordination(by)
    lock_preparing(check_round)
    require_future(check_round.due_on, now)
    plan = round_plan(check_round, _day(now))
    perform(
        check_round,
        "open_round",
        by=by,
        now=now,
        expected_version=expected_version,
        known={"plan": plan},
    )
    ask(check_round, plan, now=now)


@transaction.atomic
def extend_deadline(
    *, statements: Sequence[Statement], due_on: date, by: User, now: datetime
) -> None:
    """Another deadline for statements of one house that have not arrived.

    One mistakenly moved too far may come back, but never before that of the round. It leaves the
    version alone: whoever is typing in the house meets no conflict.
    """
    _require_coordination(by)
    rows = locked_statements(statements)
    for statement in rows:
        require_extendable(statement, due_on, now)
    asking = ExtensionRequest.objects.pending().filter(statement__in=rows, wished_on__gt=due_on)
    if wished := set(asking.values_list("statement", flat=True)):
        names = ", ".join(str(r.guideline_check.partnership) for r in rows if r.pk in wished)
        raise Refusal(
            f"Das Ressort bittet um mehr Zeit: {names}. Beantworten Sie zuerst die Bitte."
        )
    Statement.objects.filter(pk__in=[row.pk for row in rows]).update(due_on=due_on)
    if rows:
        send_extension(rows, due_on)


def _require_coordination(by: User) -> None:
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied


def _day(now: datetime) -> date:
    return timezone.localdate(now)
