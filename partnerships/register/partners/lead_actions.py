"""Who answers for a partnership, from which day on."""

from datetime import date, timedelta

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.models import Ministry, User
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.periods import Lead
from ui.dates import german_date
from ui.errors import Refusal


@transaction.atomic
def change_lead(
    *,
    partnership: Partnership,
    ministry: Ministry | None,
    valid_from: date,
    reason: str,
    expected_version: int,
    by: User,
    today: date,
) -> Lead | None:
    """The former house leads until the day before; without `ministry` a gap is left on purpose."""
    if not by.has_perm("partnerships.maintain_register", partnership):
        raise PermissionDenied
    _refuse_nonsense(partnership, ministry, valid_from)
    partnership.save_versioned(expected=expected_version, fields=[])
    if ministry is None:
        with pghistory.context(reason=reason):  # a gap has no row of its own that could keep it
            _end_former(partnership, valid_from)
        return None
    _end_former(partnership, valid_from)
    return Lead.objects.create(
        partnership=partnership,
        ministry=ministry,
        valid_from=valid_from,
        reason=reason,
        is_to_be_acknowledged=True,
        confirmed_on=today,
        confirmed_by=by,
    )


@transaction.atomic
def acknowledge_lead(*, lead: Lead, expected_version: int, by: User, today: date) -> None:
    """Übernahme bestätigen, by the house that leads now; `expected_version` is the partnership's."""
    if not by.has_perm("partnerships.acknowledge_lead", lead):
        raise PermissionDenied
    row = Lead.objects.select_for_update(of=("self",)).get(pk=lead.pk)
    if not row.awaits_acknowledgement:
        raise Refusal("Die Übernahme der Federführung ist schon bestätigt.")
    row.partnership.save_versioned(expected=expected_version, fields=[])
    row.acknowledged_on, row.acknowledged_by = today, by
    row.save(update_fields=["acknowledged_on", "acknowledged_by"])


def _end_former(partnership: Partnership, valid_from: date) -> None:
    for former in partnership.leads.on(valid_from):
        former.valid_until = valid_from - timedelta(days=1)
        former.save(update_fields=["valid_until"])


def _refuse_nonsense(partnership: Partnership, ministry: Ministry | None, valid_from: date) -> None:
    leads = partnership.leads.select_for_update()
    later = leads.filter(valid_from__gte=valid_from).order_by("valid_from").first()
    if later:
        raise Refusal(
            f"Ab {german_date(later.valid_from)} ist schon eine Federführung erfasst. "
            "Wählen Sie einen späteren Tag."
        )
    current = partnership.leads.on(valid_from).first()
    if ministry is None and current is None:
        raise Refusal("Es ist keine Federführung erfasst. Wählen Sie ein Ressort.")
    if ministry is not None and current is not None and current.ministry_id == ministry.pk:
        raise Refusal(f"{ministry} ist schon federführend. Wählen Sie ein anderes Ressort.")
    if ministry is not None and not ministry.contains(valid_from):
        raise Refusal(
            f"{ministry} besteht am {german_date(valid_from)} nicht unter diesem Namen. Wählen Sie "
            "das Ressort, das an diesem Tag besteht."
        )
