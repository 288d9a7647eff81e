"""Zulieferung schließen: the collection for one partnership ends; who is missing is told."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guidelines.rounds.letters import send_closing
from guidelines.rounds.models import GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.tables import CheckState, RoundState
from guidelines.states.transitions import perform
from ministries.models import User
from ui.errors import Refusal

CLOSING = ("collection_closed_on", "collection_closed_by")


@transaction.atomic
def close_collection(
    *, check: GuidelineCheck, by: User, now: datetime, expected_version: int | None = None
) -> None:
    """Nothing can be filed or withdrawn from now on; it says nothing of a decision."""
    row = _locked(check, by)
    if row.round.state != RoundState.OPEN or row.state == CheckState.DECIDED:
        raise Refusal(
            f"Über {row.partnership} ist schon entschieden. Bitte laden Sie die Seite neu."
        )
    if row.collection_closed_on:
        raise Refusal(f"Die Zulieferung zu {row.partnership} ist schon geschlossen.")
    missing = list(
        Statement.objects.select_for_update(of=["self"])
        .filter(guideline_check=row)
        .outstanding()
        .select_related("ministry", "guideline_check__round", "guideline_check__partnership")
        .order_by("ministry__sort_order", "pk")
    )
    row.collection_closed_on, row.collection_closed_by = timezone.localdate(now), by
    expected = row.version if expected_version is None else expected_version
    row.save_versioned(expected=expected, fields=CLOSING)
    send_closing(missing)


@transaction.atomic
def resume_collection(*, check: GuidelineCheck, by: User, now: datetime) -> None:
    """Back from the evaluation; a closed collection is open again, before the evaluation too."""
    row = _locked(check, by)
    if row.collection_closed_on and row.state == CheckState.COLLECTING:
        row.collection_closed_on = row.collection_closed_by = None
        row.save_versioned(expected=row.version, fields=CLOSING)
        return
    perform(row, "resume_collection", by=by, now=now, **dict.fromkeys(CLOSING))


def _locked(check: GuidelineCheck, by: User) -> GuidelineCheck:
    if not by.has_perm("guidelines.coordinate"):
        raise PermissionDenied
    return (
        GuidelineCheck.objects.select_for_update(of=["self"])
        .select_related("round", "partnership")
        .get(pk=check.pk)
    )
