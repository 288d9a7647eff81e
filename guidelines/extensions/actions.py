"""More time: a house asks, the coordination grants, grants another day or declines."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guidelines.extensions.letters import send_requests
from guidelines.extensions.models import ExtensionRequest
from guidelines.rounds.conditions import locked_statements, require_future, require_working_day
from guidelines.statements.conditions import require_awaited
from guidelines.statements.models import Statement
from guidelines.states.tables import StatementState
from guidelines.states.transitions import perform
from ministries.models import Ministry, User
from ui.dates import german_date
from ui.errors import Refusal

RELATED = (
    "statement__ministry",
    "statement__guideline_check__round",
    "statement__guideline_check__partnership",
)


@transaction.atomic
def ask_for_time(
    *, statements: Collection[Statement], wished_on: date, reason: str, by: User, now: datetime
) -> list[ExtensionRequest]:
    """A message of the house: until it is answered its statements are as due as before."""
    if not all(by.has_perm("guidelines.edit_statement", row) for row in statements):
        raise PermissionDenied
    if not statements:
        raise Refusal("Wählen Sie mindestens eine Stellungnahme aus.")
    if not reason.strip():
        raise Refusal("Begründen Sie die Bitte in einer Zeile.")
    require_future(wished_on, now)
    require_working_day(wished_on)
    rows = locked_statements(statements)
    for row in rows:
        require_awaited(row, now)
        _require_later(row, wished_on)
    _end_former(rows, by, now)
    requests = ExtensionRequest.objects.bulk_create(
        ExtensionRequest(
            statement=row, wished_on=wished_on, reason=reason, asked_at=now, asked_by=by
        )
        for row in rows
    )
    houses = Ministry.objects.on(timezone.localdate(now))
    send_requests(requests, houses.filter(is_chancellery=True).first())
    return requests


def _require_later(statement: Statement, wished_on: date) -> None:
    name = statement.guideline_check.partnership
    if statement.state == StatementState.RELEASED:
        raise Refusal(f"{name}: Die Stellungnahme ist schon freigegeben und braucht keine Frist.")
    if wished_on <= statement.deadline:
        day = german_date(statement.deadline)
        raise Refusal(f"{name}: Die Frist ist der {day}. Wählen Sie einen späteren Tag.")


def _end_former(statements: Collection[Statement], by: User, now: datetime) -> None:
    """One that waits is taken back first; one that needs no answer any more ends here."""
    of_statement = {row.pk: row for row in statements}
    for former in ExtensionRequest.objects.filter(statement__in=of_statement, state="open"):
        former.statement = of_statement[former.statement_id]
        if former.is_pending:
            raise Refusal(
                f"{former.statement.guideline_check.partnership}: Ihr Haus hat schon bis zum "
                f"{german_date(former.wished_on)} um mehr Zeit gebeten. Nehmen Sie diese Bitte "
                "zuerst zurück."
            )
        perform(former, "withdraw_request", by=by, now=now)


@transaction.atomic
def take_request_back(*, request: ExtensionRequest, by: User, now: datetime) -> None:
    if not by.has_perm("guidelines.edit_statement", request):
        raise PermissionDenied
    (row,) = _held([request])
    require_awaited(row.statement, now)
    perform(row, "withdraw_request", by=by, now=now)


def _held(requests: Collection[ExtensionRequest]) -> list[ExtensionRequest]:
    """Locked after their statements, and read when all are held."""
    statements = {row.pk: row for row in locked_statements([one.statement for one in requests])}
    held = ExtensionRequest.objects.select_for_update().order_by("pk")
    rows = list(held.filter(pk__in=[one.pk for one in requests]))
    for row in rows:
        row.statement = statements[row.statement_id]
    return rows
