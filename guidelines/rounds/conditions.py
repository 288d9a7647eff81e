"""What acts on a round ask first."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.tables import RoundState, StatementState
from ministries.clock import in_a_year
from ministries.working_days import add_working_days, holiday_name, is_working_day
from ui.dates import german_date
from ui.errors import Refusal

PROPOSED = (
    "Der Entscheidungsvorschlag liegt schon vor. Nehmen Sie ihn zuerst mit „Vorschlag überarbeiten“ "
    "zurück."
)


def lock_preparing(check_round: CheckRound) -> None:
    """Two coordinators at once: the second waits and then sees what the first has done."""
    state = (
        CheckRound.objects.select_for_update()
        .filter(pk=check_round.pk)
        .values_list("state", flat=True)
        .first()
    )
    if state is None:
        raise Refusal(f"Der {check_round} ist inzwischen verworfen.")
    if state != RoundState.PREPARING:
        raise Refusal(f"Der {check_round} ist schon eröffnet. Laden Sie die Seite neu.")


def locked_checks(keys: Iterable[int] | QuerySet[Any, Any]) -> list[GuidelineCheck]:
    """Locked in the order in which houses go from one to the next, and read when all are held:
    of whoever held one before it is known what they did, to the round too."""
    rows = GuidelineCheck.objects.filter(pk__in=keys).order_by("partnership__sort_key", "pk")
    held = [row.pk for row in rows.select_for_update(of=["self"]).only("pk")]
    return list(rows.filter(pk__in=held).select_related("round__edition", "partnership"))


def locked_statements(statements: Iterable[Statement]) -> list[Statement]:
    """After their checks, as the closing does, and read when all are held."""
    found = {statement.pk: statement.guideline_check_id for statement in statements}
    locked_checks(found.values())
    rows = Statement.objects.select_for_update(of=["self"]).order_by(
        "guideline_check__partnership__sort_key", "pk"
    )
    check = ("guideline_check__round", "guideline_check__partnership", "guideline_check__decision")
    return list(rows.filter(pk__in=found).select_related("ministry", *check))


def require_future(due_on: date, now: datetime) -> None:
    if due_on <= timezone.localdate(now):
        raise Refusal("Wählen Sie eine Frist, die in der Zukunft liegt.")
    if due_on > in_a_year(in_a_year(timezone.localdate(now))):
        raise Refusal(
            f"Der {german_date(due_on)} liegt mehr als zwei Jahre voraus. Prüfen Sie die Jahreszahl."
        )


def require_in(check: GuidelineCheck) -> None:
    if check.is_out:
        raise Refusal(f"{check.partnership} ist nicht mehr im {check.round}.")


def require_asked(statement: Statement) -> None:
    check = statement.guideline_check
    require_in(check)
    if statement.taken_out_on:
        raise Refusal(f"Das {statement.ministry} ist zu {check.partnership} nicht mehr beteiligt.")


def require_outstanding(statement: Statement) -> None:
    """Only what has not arrived gets more time, or is wanted no more."""
    if statement.guideline_check.round.state != RoundState.OPEN:
        raise Refusal("Das geht nur in einem laufenden Leitlinien-Check.")
    require_asked(statement)
    if statement.state == StatementState.RELEASED:
        raise Refusal(f"Die {statement} liegt schon vor. Laden Sie die Seite neu.")
    if statement.is_closed:
        raise Refusal(
            f"Die Zulieferung zu {statement.guideline_check.partnership} ist geschlossen. Öffnen "
            "Sie sie zuerst mit „Zulieferung wieder öffnen“."
        )


def require_extendable(statement: Statement, due_on: date, now: datetime) -> None:
    require_outstanding(statement)
    require_future(due_on, now)
    if due_on == statement.deadline:
        raise Refusal(f"Die Frist ist schon der {german_date(due_on)}. Wählen Sie einen anderen.")
    if due_on < statement.guideline_check.round.due_on:
        end = german_date(statement.guideline_check.round.due_on)
        raise Refusal(f"Die Frist des Checks ist der {end}. Früher kann sie nicht enden.")


def require_working_day(day: date) -> None:
    if is_working_day(day):
        return
    name, following = holiday_name(day), german_date(add_working_days(day, 1))
    because = f" ({name})" if name else ""
    raise Refusal(
        f"Der {german_date(day)} ist kein Arbeitstag{because}. Der nächste ist der {following}."
    )
