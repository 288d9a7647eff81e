"""The one door through which whatever has a state in the tables changes it.

    perform(statement, "submit", by=user, now=now)

looks the row up in the state tables, and refuses a source state that does not fit, a person without
the permission (PermissionDenied) and an incomplete record (Refusal). `fields` are written with the
state in one versioned update; a lost race raises Conflict.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from guidelines.delegations.models import Delegation
from guidelines.extensions.models import ExtensionRequest
from guidelines.queries.models import Query
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.completeness import CHECKS, Gap
from guidelines.states.tables import (
    CHECK_TRANSITIONS,
    DELEGATION_TRANSITIONS,
    EXTENSION_TRANSITIONS,
    QUERY_TRANSITIONS,
    ROUND_TRANSITIONS,
    STATEMENT_TRANSITIONS,
    RoundState,
    Transition,
)
from ministries.models import User
from ui.errors import Refusal

Stateful = CheckRound | GuidelineCheck | Statement | Query | Delegation | ExtensionRequest

TABLES: dict[type[Stateful], Mapping[str, Transition]] = {
    CheckRound: {row.name: row for row in ROUND_TRANSITIONS},
    GuidelineCheck: {row.name: row for row in CHECK_TRANSITIONS},
    Statement: {row.name: row for row in STATEMENT_TRANSITIONS},
    Query: {row.name: row for row in QUERY_TRANSITIONS},
    Delegation: {row.name: row for row in DELEGATION_TRANSITIONS},
    ExtensionRequest: {row.name: row for row in EXTENSION_TRANSITIONS},
}

# Transitions that record who and when: `submitted` stands for submitted_at and submitted_by.
STAMPS = {
    "open_round": "opened",
    "close_round": "closed",
    "break_off_round": "broken_off",
    "submit": "submitted",
    "release": "released",
    "record_release": "released",
    "answer": "answered",
    "record_answer": "answered",
    "withdraw_open": "withdrawn",
    "withdraw_submitted": "withdrawn",
    "withdraw_delegation": "withdrawn",
    "grant": "answered",
    "decline": "answered",
    "withdraw_request": "withdrawn",
}

# A Fehlanzeige that comes back is an open statement like any other.
NOT_NIL: dict[str, Any] = {"is_nil_return": False, "nil_reason": ""}

# What a statement loses when it goes back to the house; the history keeps it.
REOPENED: dict[str, Any] = {
    "released_at": None,
    "released_by": None,
    "is_released_by_deputy": False,
    "released_outside_on": None,
    "released_outside_function": "",
    "released_outside_reference": "",
    "fact_sheet": None,
    **NOT_NIL,
}


def transition(obj: Stateful, name: str) -> Transition:
    return TABLES[type(obj)][name]


def fits(obj: Stateful, name: str) -> bool:
    """Whether the state allows it, whoever asks."""
    return obj.state == transition(obj, name).source


def require_fit(obj: Stateful, name: str) -> None:
    """For acts that write something else before they move the state."""
    if isinstance(obj, GuidelineCheck) and obj.is_out:
        raise Refusal(f"{obj.partnership} ist nicht mehr im {obj.round}. Laden Sie die Seite neu.")
    if not fits(obj, name):
        raise Refusal(
            f"„{transition(obj, name).label}“ ist nicht möglich: Der Stand ist inzwischen "
            f"„{obj.get_state_display()}“. Bitte laden Sie die Seite neu."
        )


def may(obj: Stateful, name: str, by: User) -> bool:
    """Whether to offer the act: state and permission fit, completeness comes later."""
    return fits(obj, name) and by.has_perm(transition(obj, name).permission, obj)


def gaps(obj: Stateful, name: str, **fields: Any) -> list[Gap]:
    """What is still missing for this transition."""
    row = transition(obj, name)
    return CHECKS[row.complete](obj, fields) if row.complete else []


def require_opened(check_round: CheckRound) -> None:
    if check_round.state == RoundState.PREPARING:
        raise Refusal(f"Der {check_round} ist noch nicht eröffnet.")


def require_unbroken(check_round: CheckRound) -> None:
    if check_round.state == RoundState.BROKEN_OFF:
        raise Refusal(f"Der {check_round} wird nicht mehr geändert. Bitte laden Sie die Seite neu.")


def allowed(
    obj: Stateful,
    name: str,
    *,
    by: User,
    now: datetime,
    known: Mapping[str, Any] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """What the transition writes, once nothing speaks against it; for many rows in one update."""
    row = transition(obj, name)
    if not by.has_perm(row.permission, obj):
        raise PermissionDenied
    require_fit(obj, name)
    missing = gaps(obj, name, **fields, **(known or {}))
    if missing:
        raise Refusal(" ".join(gap.sentence for gap in missing))
    stamp = STAMPS.get(name)
    stamps = {f"{stamp}_at": now, f"{stamp}_by": by} if stamp else {}
    return {**stamps, **fields, "state": row.target}


@transaction.atomic
def perform(
    obj: Stateful,
    name: str,
    *,
    by: User,
    now: datetime,
    expected_version: int | None = None,
    known: Mapping[str, Any] | None = None,
    **fields: Any,
) -> None:
    """`known` is what the caller has already read and the completeness check would read again."""
    values = allowed(obj, name, by=by, now=now, known=known, **fields)
    expected = obj.version if expected_version is None else expected_version
    former = {field: getattr(obj, field) for field in values}
    for field, value in values.items():
        setattr(obj, field, value)
    try:
        obj.save_versioned(expected=expected, fields=former)
    except Exception:
        for field, value in former.items():
            setattr(obj, field, value)
        raise
