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
    _require_writer(statement, by)
    draft, _ = StatementDraft.objects.update_or_create(
        statement=statement,
        user=by,
        is_reply=is_reply,
        defaults={"data": dict(data), "based_on_version": based_on_version, "saved_at": now},
    )
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
