"""A house answers for what is said about it: confirms, or asks the coordination to correct."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ministries.models import Ministry, User
from partnerships.house_facts.facts import KINDS, house_facts
from partnerships.house_facts.models import CorrectionRequest
from partnerships.permissions import KEEPERS
from partnerships.records.contacts.actions import keep_until
from partnerships.records.contacts.models import Contact
from partnerships.register.confirmations.actions import write_confirmation
from partnerships.register.partners.partnerships import Partnership
from ui.errors import Refusal


@transaction.atomic
def confirm_for_house(*, keys: Collection[str], by: User, today: date) -> int:
    """How many; `keys` say which ("federfuehrung-7"), of those this person answers for."""
    if not by.has_perm("partnerships.answer_for_house"):
        raise PermissionDenied
    rows: list[Any] = [
        KINDS[row["told_kind"]][0](pk=row["pk"])
        for row in (house_facts(by, today) if keys else [])
        if f"{row['told_kind']}-{row['pk']}" in keys
    ]
    number = write_confirmation(rows, was_confirmed=False, confirmed_on=today, confirmed_by=by)
    contacts = [row.pk for row in rows if isinstance(row, Contact)]
    if contacts:
        Contact.objects.filter(pk__in=contacts).update(delete_after_on=keep_until(today))
    return number


@transaction.atomic
def ask_for_correction(
    *,
    ministry: Ministry,
    kind: str,
    fact_id: int,
    about: str,
    partnership: Partnership | None,
    act: str,
    proposal: str,
    by: User,
    now: datetime,
) -> CorrectionRequest:
    is_own = ministry.pk in by.ministry_ids(*KEEPERS)
    if not is_own or not by.has_perm("partnerships.answer_for_house"):
        raise PermissionDenied
    request = CorrectionRequest(
        ministry=ministry,
        kind=kind,
        fact_id=fact_id,
        about=about[:300],
        partnership=partnership,
        act=act,
        proposal=proposal,
        asked_at=now,
        asked_by=by,
    )
    request.full_clean()
    request.save()
    return request


@transaction.atomic
def answer_correction(
    *,
    request: CorrectionRequest,
    state: str,
    answer: str,
    expected_version: int,
    by: User,
    now: datetime,
) -> None:
    """Says what came of it; the fact itself is changed where the register is kept."""
    if not by.has_perm("partnerships.maintain_register"):
        raise PermissionDenied
    if request.state != CorrectionRequest.State.OPEN:
        raise Refusal("Diese Bitte ist schon beantwortet.")
    values: dict[str, Any] = {
        "state": state,
        "answer": answer,
        "answered_at": now,
        "answered_by": by,
    }
    for name, value in values.items():
        setattr(request, name, value)
    request.save_versioned(expected=expected_version, fields=values)
