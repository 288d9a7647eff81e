"""A promise is kept or has become void; a mistake is taken back."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.models import User
from partnerships.records.commitments.models import Commitment
from partnerships.records.shared.actions import refuse_archived
from ui.errors import Refusal

STATE = ["outcome", "outcome_note", "settled_on", "settled_by"]


@transaction.atomic
def settle_commitment(
    *,
    commitment: Commitment,
    outcome: str,
    note: str = "",
    expected_version: int,
    by: User,
    today: date,
) -> None:
    """`outcome`: one of `Commitment.Outcome`."""
    row = _locked(commitment, by)
    if row.settled_on is not None:
        raise Refusal(f"Die Zusage ist schon {row.get_outcome_display()}.")
    if outcome not in Commitment.Outcome:
        raise Refusal("Wählen Sie, ob die Zusage erfüllt oder hinfällig ist.")
    row.outcome, row.outcome_note = outcome, note
    row.settled_on, row.settled_by = today, by
    row.save_versioned(expected=expected_version, fields=STATE)


@transaction.atomic
def reopen_commitment(*, commitment: Commitment, expected_version: int, by: User) -> None:
    row = _locked(commitment, by)
    if row.settled_on is None:
        raise Refusal("Die Zusage ist offen.")
    row.outcome = row.outcome_note = ""
    row.settled_on = row.settled_by = None
    row.save_versioned(expected=expected_version, fields=STATE)


def _locked(commitment: Commitment, by: User) -> Commitment:
    if not by.has_perm("partnerships.write_record", commitment):
        raise PermissionDenied
    row = Commitment.objects.select_for_update(of=["self"]).get(pk=commitment.pk)
    refuse_archived(row)
    return row
