"""The letters nobody has sent yet: one thing to do a round."""

from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from guidelines.request_letters.models import RequestLetter, RequestLetterQuerySet
from ministries.models import User
from ui.offers import DeskItem


def desk_items(user: User, today: date) -> list[DeskItem]:
    letters = _unsent(user).in_protocol_order().select_related("round", "ministry")
    by_round = groupby(sorted(letters, key=attrgetter("round_id")), key=attrgetter("round"))
    return [
        DeskItem(
            verb="Anschreiben versenden",
            object_label=f"{check_round}: "
            + ", ".join(dict.fromkeys(letter.ministry.abbreviation for letter in rows)),
            partnership_name="",
            due_on=None,
            asked_by="Koordinierung",
            url=reverse("guidelines:request-letters", args=[check_round.slug]),
        )
        for check_round, rows in by_round
    ]


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    return [_unsent(user).order_by("round_id").distinct("round_id")] if user.is_coordinator else []


def _unsent(user: User) -> RequestLetterQuerySet:
    if not user.is_coordinator:
        return RequestLetter.objects.none()
    return RequestLetter.objects.visible_to(user).unsent()
