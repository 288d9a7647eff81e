"""What is typed into the table: read as it was sent, and kept as this person's drafts."""

import re
from dataclasses import replace

from django.http import HttpRequest
from django.utils import timezone

from guidelines.answering.actions import Typed
from guidelines.answering.forms import with_answers_for_all
from guidelines.answering.sittings import Row, rows_of, typed_ticks, written_for
from guidelines.statements.draft_actions import discard_drafts, keep_draft
from guidelines.statements.draft_views import is_number
from guidelines.statements.forms import typed_values

VERSION = re.compile(r"version-([0-9]{1,9})")


def posted_rows(request: HttpRequest) -> list[Row]:
    """The rows the page was sent with, though some may be submitted or released by now."""
    keys = [found[1] for name in request.POST if (found := VERSION.fullmatch(name))]
    statements = written_for(request.user).filter(pk__in=keys)
    in_order = list(statements.order_by("guideline_check__partnership__sort_key", "pk"))
    return [replace(row, draft=None) for row in rows_of(in_order, request.user)]


def keep_typed(request: HttpRequest) -> list[int]:
    """As typed, checked by nothing: whatever says anything else than what is stored. Gives back of
    which statements there is a draft of this page now."""
    user, now = request.user, timezone.now()
    unchanged, kept = [], []
    rows = posted_rows(request)
    ticked = typed_ticks([row.statement for row in rows], user)
    for row in rows:
        key = row.statement.pk
        sent = {name: request.POST.get(f"{name}-{key}", "") for name in row.stored}
        data = with_answers_for_all(row, typed_values(sent, list(row.stored)), request.POST)
        version = request.POST[f"version-{key}"]
        typed = Typed(row, data, None, int(version) if is_number(version) else 0)
        ticks, is_shown = ticked.get(key, {}), bool(request.POST.get(f"draft-{key}"))
        if typed.has_changed or (is_shown and ticks):
            kept.append(key)
            keep_draft(
                statement=row.statement,
                data={**data, **ticks},
                based_on_version=typed.version,
                by=user,
                now=now,
            )
        elif is_shown:
            unchanged.append(row.statement)
    discard_drafts(statements=unchanged, by=user)
    return kept
