"""Zulieferung schließen: the collection for partnerships ends; who is missing is told."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from guidelines.rounds.letters import send_closing
from guidelines.rounds.models import GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.tables import CheckState, RoundState
from guidelines.states.transitions import perform, require_unbroken
from ministries.models import User
from ui.errors import Refusal

CLOSING = ("collection_closed_on", "collection_closed_by")


@transaction.atomic
def close_collections(
    *, checks: Collection[GuidelineCheck], by: User, now: datetime
) -> list[Statement]:
    """Nothing can be filed or withdrawn from now on; it says nothing of a decision.

    Gives back what is missing: each house hears of it once, however many partnerships there are.
    """
    rows = _locked(checks, by)
    for row in rows:
        _require_collecting(row)
    # All of them: whoever releases or withdraws at this moment is waited for.
    statements = list(
        Statement.objects.select_for_update(of=["self"])
        .filter(guideline_check__in=rows)
        .select_related("ministry", "guideline_check__round", "guideline_check__partnership")
        .order_by("pk")
    )
    missing = [found for found in statements if found.is_outstanding]
    GuidelineCheck.objects.filter(pk__in=[row.pk for row in rows]).update(
        collection_closed_on=timezone.localdate(now),
        collection_closed_by=by,
        version=F("version") + 1,
    )
    send_closing(missing)
    return missing


def _require_collecting(check: GuidelineCheck) -> None:
    if check.round.state != RoundState.OPEN or check.state == CheckState.DECIDED:
        raise Refusal(
            f"Über {check.partnership} ist schon entschieden. Bitte laden Sie die Seite neu."
        )
    if check.collection_closed_on:
        raise Refusal(f"Die Zulieferung zu {check.partnership} ist schon geschlossen.")


@transaction.atomic
def resume_collection(*, check: GuidelineCheck, by: User, now: datetime) -> None:
    """Back from the evaluation; a closed collection is open again, before the evaluation too."""
    (row,) = _locked([check], by)
    if row.collection_closed_on and row.state == CheckState.COLLECTING:
        row.collection_closed_on = row.collection_closed_by = None
        row.save_versioned(expected=row.version, fields=CLOSING)
        return
    perform(row, "resume_collection", by=by, now=now, **dict.fromkeys(CLOSING))


def _locked(checks: Collection[GuidelineCheck], by: User) -> list[GuidelineCheck]:
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    rows = list(
        GuidelineCheck.objects.select_for_update(of=["self"])
        .filter(pk__in=[check.pk for check in checks])
        .select_related("round", "partnership")
        .order_by("pk")
    )
    for row in rows:
        require_unbroken(row.round)
    return rows
