"""What every act on a statement asks first, and what a release keeps of its day."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from guidelines.queries.models import Query
from guidelines.rounds.models import GuidelineCheck
from guidelines.statements.fact_sheets import facts_beside
from guidelines.statements.models import Statement
from guidelines.states.tables import StatementState
from ministries.models import Role, User
from partnerships.register.partners.facts import as_json
from ui.errors import Refusal


def require_past(released_on: date, now: datetime) -> None:
    if released_on > timezone.localdate(now):
        raise Refusal("Die Freigabe liegt in der Zukunft. Tragen Sie sie ein, wenn sie da ist.")


def require_running(statement: Statement, now: datetime) -> None:
    """As the house may know it: no refusal tells of a decision that is not visible.

    Whoever closes, reopens or decides at this moment is waited for, and what they did is what
    counts. Who acts on several statements goes by their partnerships, as the closing does.
    """
    check = GuidelineCheck.objects.select_for_update(no_key=True).filter(
        pk=statement.guideline_check_id
    )
    check.values_list("pk").get()
    found = Statement.objects.select_related(
        "guideline_check__round", "guideline_check__partnership", "guideline_check__decision"
    ).get(pk=statement.pk)
    statement.guideline_check, statement.is_reopened = found.guideline_check, found.is_reopened
    statement.taken_out_on = found.taken_out_on
    require_awaited(statement, now)


def require_awaited(statement: Statement, now: datetime) -> None:
    """Of one that is held, with its check."""
    if statement.taken_out_on:
        raise Refusal(
            f"Ihr Haus ist zu {statement.guideline_check.partnership} nicht mehr beteiligt. Der "
            "Grund steht über der Stellungnahme."
        )
    if not statement.is_awaited(timezone.localdate(now)):
        raise Refusal(
            f"Die Zulieferung zu {statement.guideline_check.partnership} ist beendet. "
            "Wenden Sie sich bitte an die Staatskanzlei, wenn noch etwas fehlt."
        )


def require_withdrawable(statement: Statement, now: datetime) -> None:
    """Of a released one."""
    if timezone.localdate(now) > statement.deadline:
        raise Refusal(
            "Die Frist ist vorbei. Bitten Sie die Staatskanzlei um eine Rückfrage zu dieser "
            "Stellungnahme, dann können Sie sie wieder bearbeiten."
        )
    if Query.objects.filter(statement=statement).unanswered().exists():
        raise Refusal(
            "Zu dieser Stellungnahme ist eine Rückfrage offen. Ändern Sie sie mit der Antwort "
            "darauf; bis dahin gilt, was freigegeben ist."
        )


def require_writable(statement: Statement, by: User, now: datetime) -> None:
    if not by.has_perm("guidelines.edit_statement", statement):
        raise PermissionDenied
    require_running(statement, now)
    require_open(statement)


def require_open(statement: Statement) -> None:
    if statement.state == StatementState.SUBMITTED:
        raise Refusal(
            "Die Stellungnahme liegt inzwischen zur Freigabe vor. Holen Sie sie mit "
            "„Wieder bearbeiten“ zurück, um weiterzuschreiben."
        )
    if statement.state == StatementState.RELEASED:
        raise Refusal(
            "Die Stellungnahme ist inzwischen freigegeben. Zum Ändern muss sie erst "
            "zurückgezogen werden."
        )


def facts_of_today(statement: Statement, *, by: User, now: datetime) -> list[dict[str, Any]]:
    return as_json(facts_beside(statement, by, timezone.localdate(now)))


def acts_as_deputy(by: User, ministry_id: int, roles: Collection[Role] = (Role.HEAD,)) -> bool:
    """i. V.: only as somebody's deputy has this person such a function in the house."""
    held = [c for c in by.capacities if c.role in roles and c.ministry_id == ministry_id]
    return bool(held) and all(c.is_deputy for c in held)
