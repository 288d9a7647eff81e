"""Rückfrage: the coordination asks, the house writes its answer and releases it."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from guidelines.queries.models import Query
from guidelines.rounds.letters import send_withdrawal
from guidelines.statements.actions import require_running
from guidelines.statements.draft_actions import discard_draft
from guidelines.statements.notices import tell_author, tell_heads
from guidelines.states.tables import QueryState
from guidelines.states.transitions import perform
from ministries.models import User
from ui.errors import Refusal


@transaction.atomic
def withdraw_query(*, query: Query, by: User, now: datetime) -> None:
    """Asked by mistake, or answered otherwise. What the house has begun stays in its history."""
    row = Query.objects.select_for_update().get(pk=query.pk)
    if not row.is_unanswered:
        raise Refusal("Die Rückfrage ist nicht mehr offen. Bitte laden Sie die Seite neu.")
    perform(row, f"withdraw_{row.state}", by=by, now=now)
    send_withdrawal(row)


@transaction.atomic
def save_reply(
    *,
    query: Query,
    values: Mapping[str, str],
    reply: str,
    expected_version: int,
    by: User,
    now: datetime,
) -> Query:
    """Keep what has been written so far. `values` is empty where the statement stays as it is."""
    if not by.has_perm("guidelines.edit_statement", query):
        raise PermissionDenied
    _require_running(query, now)
    if query.state != QueryState.OPEN:
        raise Refusal(
            "Die Antwort liegt inzwischen zur Freigabe vor oder ist freigegeben. Bitte laden Sie "
            "die Seite neu."
        )
    if (query.values, query.reply) != (dict(values), reply):
        query.values, query.reply = dict(values), reply
        query.save_versioned(expected=expected_version, fields=["values", "reply"])
        query.authors.add(by)
    discard_draft(statement=query.statement, by=by)
    return query


@transaction.atomic
def submit_reply(
    *, query: Query, by: User, now: datetime, expected_version: int | None = None
) -> None:
    _require_running(query, now)
    perform(query, "submit", by=by, now=now, expected_version=expected_version, return_note="")
    query.authors.add(by)
    tell_heads(query, now=now)
    discard_draft(statement=query.statement, by=by)


@transaction.atomic
def take_reply_back(*, query: Query, by: User, now: datetime) -> None:
    _require_running(query, now)
    perform(query, "take_back", by=by, now=now)


@transaction.atomic
def return_reply(
    *, query: Query, note: str, by: User, now: datetime, expected_version: int | None = None
) -> None:
    _require_running(query, now)
    perform(
        query,
        "return_for_revision",
        by=by,
        now=now,
        expected_version=expected_version,
        return_note=note.strip(),
    )
    tell_author(query)


def _require_running(query: Query, now: datetime) -> None:
    require_running(query.statement, now)
