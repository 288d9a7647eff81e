"""What the coordination changes outside a Leitlinien-Check: status and scrutiny mark."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.models import User
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.periods import StatusPeriod
from partnerships.register.partners.standing_actions import begin_status, lift_scrutiny
from ui.errors import Refusal


@transaction.atomic
def change_status(
    *,
    partnership: Partnership,
    status: str,
    valid_from: date,
    reason: str,
    deciding_body: str,
    reference: str,
    resume_condition: str,
    review_on: date | None,
    expected_version: int,
    by: User,
    now: datetime,
) -> StatusPeriod:
    _require_upkeep(partnership, by)
    partnership.save_versioned(expected=expected_version, fields=[])
    current = partnership.status_periods.on(valid_from).first()
    if current is not None and current.status == status:
        raise Refusal(
            f"Der Status ist an diesem Tag schon „{current.get_status_display()}“. "
            "Wählen Sie einen anderen."
        )
    is_dormant = status == Partnership.Status.DORMANT
    return begin_status(
        partnership=partnership,
        status=status,
        valid_from=valid_from,
        visible_from=None,
        reason=reason,
        deciding_body=deciding_body,
        reference=reference,
        resume_condition=resume_condition if is_dormant else "",
        review_on=review_on if is_dormant else None,
        by=by,
        now=now,
    )


@transaction.atomic
def complete_dormancy(
    *,
    partnership: Partnership,
    resume_condition: str,
    review_on: date,
    expected_version: int,
    by: User,
    today: date,
) -> StatusPeriod:
    """What a loaded status may lack: under which condition it ends, and when to look again."""
    _require_upkeep(partnership, by)
    partnership.save_versioned(expected=expected_version, fields=[])
    period = partnership.status_periods.select_for_update().current(today).first()
    if period is None or period.status != Partnership.Status.DORMANT:
        raise Refusal("Die Partnerschaft ruht nicht.")
    period.resume_condition, period.review_on = resume_condition, review_on
    period.save(update_fields=["resume_condition", "review_on"])
    return period


@transaction.atomic
def set_scrutiny(
    *, partnership: Partnership, since: date, reason: str, expected_version: int, by: User
) -> None:
    _require_upkeep(partnership, by)
    if partnership.scrutiny_since and partnership.scrutiny_until is None:
        raise Refusal("Die Partnerschaft steht schon auf dem Prüfstand.")
    partnership.scrutiny_since, partnership.scrutiny_reason = since, reason
    partnership.scrutiny_until = partnership.scrutiny_end_visible_from = None
    partnership.save_versioned(
        expected=expected_version,
        fields=[
            "scrutiny_since",
            "scrutiny_reason",
            "scrutiny_until",
            "scrutiny_end_visible_from",
        ],
    )


@transaction.atomic
def end_scrutiny(
    *,
    partnership: Partnership,
    from_day: date | None,
    was_mistake: bool = False,
    expected_version: int,
    by: User,
) -> None:
    """A mark that was set by mistake goes as if it had never been; the history keeps it."""
    _require_upkeep(partnership, by)
    if partnership.scrutiny_since is None or partnership.scrutiny_until is not None:
        raise Refusal("Die Partnerschaft steht nicht auf dem Prüfstand.")
    if was_mistake:
        partnership.scrutiny_since, partnership.scrutiny_reason = None, ""
        partnership.save_versioned(
            expected=expected_version, fields=["scrutiny_since", "scrutiny_reason"]
        )
        return
    if from_day is None or from_day <= partnership.scrutiny_since:
        raise Refusal("Wählen Sie einen Tag nach dem Beginn der Prüfung.")
    partnership.save_versioned(expected=expected_version, fields=[])
    lift_scrutiny(partnership=partnership, from_day=from_day, visible_from=None)


def _require_upkeep(partnership: Partnership, by: User) -> None:
    if not by.has_perm("partnerships.maintain_register", partnership):
        raise PermissionDenied
