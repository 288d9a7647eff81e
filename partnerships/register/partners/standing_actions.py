"""Where a partnership stands: its status over time and the scrutiny mark."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ministries.models import User
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.periods import StatusPeriod
from ui.dates import german_date
from ui.errors import Refusal

ONE_DAY = timedelta(days=1)


@transaction.atomic
def begin_status(
    *,
    partnership: Partnership,
    status: str,
    valid_from: date,
    visible_from: date | None,
    reason: str,
    deciding_body: str,
    reference: str,
    resume_condition: str = "",
    review_on: date | None = None,
    by: User,
    now: datetime,
) -> StatusPeriod:
    """The former status ends the day before; outside the circle it shows until `visible_from`."""
    if not by.has_perm("partnerships.maintain_register", partnership):
        raise PermissionDenied
    periods = partnership.status_periods.select_for_update()
    later = periods.filter(valid_from__gte=valid_from).order_by("valid_from").first()
    if later:
        raise Refusal(
            f"{partnership}: Ab {german_date(later.valid_from)} ist schon der "
            f"Status „{later.get_status_display()}“ erfasst. Wählen Sie einen späteren Tag für „wirksam ab“."
        )
    for former in periods.on(valid_from):
        former.valid_until = valid_from - ONE_DAY
        former.save(update_fields=["valid_until"])
    return StatusPeriod.objects.create(
        partnership=partnership,
        status=status,
        valid_from=valid_from,
        visible_from=visible_from,
        reason=reason,
        deciding_body=deciding_body,
        reference=reference,
        resume_condition=resume_condition,
        review_on=review_on,
        confirmed_on=timezone.localdate(now),
        confirmed_by=by,
    )


@transaction.atomic
def lift_scrutiny(*, partnership: Partnership, from_day: date, visible_from: date | None) -> None:
    """The mark ends the day before `from_day`; a partnership without the mark stays as it is."""
    row = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if row.scrutiny_since is None or (row.scrutiny_until and row.scrutiny_until < from_day):
        return
    row.scrutiny_until = max(row.scrutiny_since, from_day - ONE_DAY)
    row.scrutiny_end_visible_from = visible_from
    row.save_versioned(expected=row.version, fields=["scrutiny_until", "scrutiny_end_visible_from"])
