"""What the register asks of the coordination: renewals, gaps, days to look again."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from ministries.models import User
from ministries.registry import DeskItem
from partnerships.attention import lapsed_with_lead, without_lead
from partnerships.models import Agreement, Partnership, StatusPeriod

LOOK_AHEAD = timedelta(days=30)


def desk_items(user: User, today: date) -> list[DeskItem]:
    if not user.is_coordinator:
        return []
    return [
        *map(_renewal, lapsed_with_lead(user, today)),
        *map(_review, to_review(user, today).select_related("partnership")),
        *map(_look_again, to_look_at_again(user, today).select_related("partnership")),
        *map(_missing_lead, without_lead(user, today)),
    ]


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    if not user.is_coordinator:
        return []
    return [
        lapsed_with_lead(user, today),
        to_review(user, today),
        to_look_at_again(user, today),
        without_lead(user, today),
    ]


def to_review(user: User, today: date) -> QuerySet[Agreement]:
    """Agreements still in force whose day of review is near or past."""
    return (
        Agreement.objects.visible_to(user)
        .without_successor()
        .filter(review_on__lte=today + LOOK_AHEAD)
        .exclude(term=Agreement.Term.FIXED, valid_until__lt=today)
    )


def to_look_at_again(user: User, today: date) -> QuerySet[StatusPeriod]:
    return (
        StatusPeriod.objects.visible_to(user, today)
        .on(today)
        .filter(status=Partnership.Status.DORMANT, review_on__lte=today + LOOK_AHEAD)
    )


def _renewal(agreement: Agreement) -> DeskItem:
    return DeskItem(
        verb="Verlängerung klären",
        object_label=f"{agreement.get_kind_display()}, Laufzeit vorbei",
        partnership_name=agreement.partnership.name,
        due_on=agreement.valid_until,
        asked_by="",
        url=agreement.get_absolute_url(),
    )


def _review(agreement: Agreement) -> DeskItem:
    return DeskItem(
        verb="Vereinbarung prüfen",
        object_label=agreement.get_kind_display(),
        partnership_name=agreement.partnership.name,
        due_on=agreement.review_on,
        asked_by="",
        url=agreement.get_absolute_url(),
    )


def _look_again(period: StatusPeriod) -> DeskItem:
    return DeskItem(
        verb="Wieder ansehen",
        object_label="ruhende Partnerschaft",
        partnership_name=period.partnership.name,
        due_on=period.review_on,
        asked_by=period.deciding_body,
        url=period.partnership.get_absolute_url(),
    )


def _missing_lead(partnership: Partnership) -> DeskItem:
    return DeskItem(
        verb="Federführung klären",
        object_label="kein Ressort erfasst",
        partnership_name=partnership.name,
        due_on=None,
        asked_by="",
        url=partnership.get_absolute_url(),
    )
