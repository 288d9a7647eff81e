"""Contacts: confirmed once a year or gone, never twice."""

from datetime import date
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.search import TrigramSimilarity
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from ministries.clock import months_later
from ministries.models import User
from partnerships.records.contacts.models import Contact
from partnerships.records.follow_ups.models import FollowUp
from partnerships.records.shared.actions import archive_record, create_record, refuse_archived
from partnerships.records.shared.models import Visibility
from partnerships.register.partners.partnerships import Partnership
from ui.errors import Refusal

ALIKE = 0.55
TAKEN_OVER = (
    *("function", "name", "salutation", "email", "phone", "language", "remarks"),
    *("authority", "organisation", "partnership", "valid_from"),
)

MERGED = (*TAKEN_OVER, "is_confidential", "visibility")


def keep_until(day: date) -> date:
    """Two years after the last confirmation, unless the settings say otherwise."""
    return months_later(day, settings.CONTACT_MONTHS)


@transaction.atomic
def create_contact(*, contact: Contact, links: dict[str, Any], by: User, today: date) -> Contact:
    contact.confirmed_on, contact.confirmed_by = today, by
    contact.delete_after_on = keep_until(today)
    return create_record(record=contact, links=links, by=by)


@transaction.atomic
def confirm_contact(*, contact: Contact, expected_version: int, by: User, today: date) -> None:
    if not by.has_perm("partnerships.write_record", contact):
        raise PermissionDenied
    refuse_archived(contact)
    contact.confirmed_on, contact.confirmed_by = today, by
    contact.delete_after_on = keep_until(today)
    contact.save_versioned(
        expected=expected_version, fields=["confirmed_on", "confirmed_by", "delete_after_on"]
    )


@transaction.atomic
def merge_contacts(
    *, kept: Contact, other: Contact, expected_version: int, by: User, today: date
) -> Contact:
    """What the kept one lacks is taken over; the other is archived, its follow-ups move.

    What was confidential stays so, for everybody who was in the circle of either, and what only
    the house read stays in the house.
    """
    seen = Contact.objects.visible_to(by).filter(pk__in=(kept.pk, other.pk))
    if not by.has_perm("partnerships.write_record", kept) or kept not in seen:
        raise PermissionDenied
    if other not in seen:
        raise Refusal("Diesen Eintrag gibt es nicht. Wählen Sie einen anderen.")
    if kept.pk == other.pk or kept.ministry_id != other.ministry_id:
        raise Refusal("Zusammengeführt werden zwei Einträge desselben Ressorts.")
    refuse_archived(kept)
    for name in TAKEN_OVER:
        if getattr(kept, name) in (None, ""):
            setattr(kept, name, getattr(other, name))
    if kept.valid_from and kept.valid_until and kept.valid_until < kept.valid_from:
        raise Refusal("Der eine Eintrag endet, bevor der andere beginnt. Prüfen Sie die Amtszeit.")
    circle = _common_circle(kept, other, by)
    kept.is_confidential = kept.is_confidential or other.is_confidential
    kept.visibility = min(kept.visibility, other.visibility, key=Visibility.values.index)
    reason = f"zusammengeführt mit Nr. {kept.pk}"
    with pghistory.context(reason=f"zusammengeführt mit Nr. {other.pk}"):
        kept.save_versioned(expected=expected_version, fields=MERGED)
        kept.circle.set(circle)
        FollowUp.objects.filter(contact=other).update(contact=kept)
    archive_record(record=other, reason=reason, expected_version=other.version, by=by, today=today)
    return kept


def _common_circle(kept: Contact, other: Contact, by: User) -> set[int]:
    """Of both; where the kept one was open until now, whoever merges does not lock themselves out."""
    confidential = [contact for contact in (kept, other) if contact.is_confidential]
    circle = {person.pk for contact in confidential for person in contact.circle.all()}
    return circle | {by.pk} if confidential and not kept.is_confidential else circle


def resembling_contacts(
    *, name: str, email: str, partnership: Partnership | None, user: User
) -> list[Contact]:
    """At most three of those the person sees: the same address, or nearly the same name."""
    same = Q(email__iexact=email) if email else Q(pk__in=[])
    rows = Contact.objects.visible_to(user).in_use()
    if name:
        rows = rows.annotate(alike=TrigramSimilarity("name", name))
        same |= Q(alike__gte=ALIKE, partnership=partnership)
    return list(rows.filter(same).order_by("pk")[:3]) if name or email else []
