"""More time: a house asks, the coordination grants, grants another day or declines."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guidelines.extensions.letters import send_answers, send_requests
from guidelines.extensions.models import ExtensionRequest
from guidelines.rounds.conditions import (
    locked_statements,
    require_extendable,
    require_future,
    require_outstanding,
    require_working_day,
)
from guidelines.statements.conditions import require_awaited
from guidelines.statements.models import Statement
from guidelines.states.done import Done
from guidelines.states.tables import StatementState
from guidelines.states.transitions import allowed, perform, require_fit
from ministries.models import Ministry, User
from ui.dates import german_date
from ui.errors import Refusal

ANSWERED = ("state", "granted_on", "remark", "answered_at", "answered_by", "version")
RELATED = (
    "statement__ministry",
    "statement__guideline_check__round",
    "statement__guideline_check__partnership",
)


@dataclass(frozen=True)
class Answer:
    request: ExtensionRequest
    # None: not granted.
    granted_on: date | None
    remark: str = ""


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


@transaction.atomic
def answer_requests(
    *, answers: Sequence[Answer], by: User, now: datetime
) -> Done[ExtensionRequest]:
    """Each by itself; it is written together, when all are found fit or not.

    Each house gets one letter, whatever the number of its requests.
    """
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    rows = {row.pk: row for row in _held([answer.request for answer in answers])}
    done: Done[ExtensionRequest] = Done()
    for answer in answers:
        row = rows[answer.request.pk]
        done.attempt(row, partial(_answer, row, answer, by, now))
    _keep(done.acted)
    send_answers(done.acted)
    return done


def _answer(row: ExtensionRequest, answer: Answer, by: User, now: datetime) -> None:
    require_fit(row, "grant")
    name, day = "decline", answer.granted_on
    if day is None:
        require_outstanding(row.statement)
    else:
        require_extendable(row.statement, day, now)
        require_working_day(day)
        if day < row.statement.deadline:
            until = german_date(row.statement.deadline)
            raise Refusal(f"Die Frist ist inzwischen der {until}. Wählen Sie einen späteren Tag.")
        name, row.statement.due_on = "grant", day
    values = allowed(row, name, by=by, now=now, granted_on=day, remark=answer.remark)
    for field, value in values.items():
        setattr(row, field, value)
    row.version += 1


def _keep(answered: Collection[ExtensionRequest]) -> None:
    """A deadline leaves the version of the statement alone, as any other does."""
    ExtensionRequest.objects.bulk_update(answered, ANSWERED)
    granted = [row.statement for row in answered if row.granted_on]
    Statement.objects.bulk_update(granted, ["due_on"])


def _held(requests: Collection[ExtensionRequest]) -> list[ExtensionRequest]:
    """Locked after their statements, and read when all are held."""
    statements = {row.pk: row for row in locked_statements([one.statement for one in requests])}
    held = ExtensionRequest.objects.select_for_update().order_by("pk")
    rows = list(held.filter(pk__in=[one.pk for one in requests]))
    for row in rows:
        row.statement = statements[row.statement_id]
    return rows
