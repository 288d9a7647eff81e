"""What the register asks of the coordination besides agreements: gaps, days to look again."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from ministries.models import User
from partnerships.register.attention import without_lead
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.periods import StatusPeriod
from ui.offers import DeskItem

LOOK_AHEAD = timedelta(days=30)


def desk_items(user: User, today: date) -> list[DeskItem]:
    if not user.is_coordinator:
        return []
    return [
        *map(_look_again, to_look_at_again(user, today).select_related("partnership")),
        *map(_missing_lead, without_lead(user, today)),
    ]


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    if not user.is_coordinator:
        return []
    return [
        to_look_at_again(user, today),
        without_lead(user, today),
    ]


def to_look_at_again(user: User, today: date) -> QuerySet[StatusPeriod]:
    return (
        StatusPeriod.objects.visible_to(user, today)
        .on(today)
        .filter(status=Partnership.Status.DORMANT, review_on__lte=today + LOOK_AHEAD)
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
