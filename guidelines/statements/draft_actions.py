"""What somebody has typed but not saved: kept apart, for this person alone, without a version."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied

from guidelines.statements.drafts import StatementDraft
from guidelines.statements.models import Statement
from ministries.models import User


def keep_draft(
    *,
    statement: Statement,
    data: Mapping[str, str],
    based_on_version: int,
    by: User,
    now: datetime,
    is_reply: bool = False,
) -> StatementDraft:
    """What a page does not ask for stays as it was typed on another."""
    _require_writer(statement, by)
    typed = {"data": dict(data), "based_on_version": based_on_version, "saved_at": now}
    draft, is_new = StatementDraft.objects.get_or_create(
        statement=statement, user=by, is_reply=is_reply, defaults=typed
    )
    if not is_new:
        for name, value in {**typed, "data": {**draft.data, **data}}.items():
            setattr(draft, name, value)
        draft.save(update_fields=list(typed))
    return draft


def discard_draft(*, statement: Statement, by: User, is_reply: bool = False) -> None:
    discard_drafts(statements=[statement], by=by, is_reply=is_reply)


def discard_drafts(*, statements: Sequence[Statement], by: User, is_reply: bool = False) -> None:
    for statement in statements:
        _require_writer(statement, by)
    StatementDraft.objects.filter(statement__in=statements, user=by, is_reply=is_reply).delete()


def _require_writer(statement: Statement, by: User) -> None:
    if not by.has_perm("guidelines.edit_statement", statement):
        raise PermissionDenied
