"""What requests for more time ask of the coordination: one message of a house is one thing to do."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from guidelines.extensions.models import ExtensionRequest
from guidelines.rounds.models import CheckRound
from ministries.models import User
from ui.dates import german_date
from ui.offers import DeskItem

ONE_MESSAGE = (
    "statement__guideline_check__round",
    "statement__ministry",
    "wished_on",
    "reason",
)


def desk_items(user: User, today: date) -> list[DeskItem]:
    return [*map(_item, _messages(_pending(user)))]


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    if not user.is_coordinator:
        return []
    return [_pending(user).order_by(*ONE_MESSAGE).distinct(*ONE_MESSAGE)]


def _pending(user: User) -> QuerySet[ExtensionRequest]:
    if not user.is_coordinator:
        return ExtensionRequest.objects.none()
    return ExtensionRequest.objects.visible_to(user).pending()


def _messages(pending: QuerySet[ExtensionRequest]) -> Iterable[Any]:
    return (
        pending.order_by(*ONE_MESSAGE)
        .values(
            *ONE_MESSAGE,
            house=F("statement__ministry__abbreviation"),
            round_slug=F("statement__guideline_check__round__slug"),
        )
        .annotate(
            number=Count("pk"),
            due=Min(Coalesce("statement__due_on", "statement__guideline_check__round__due_on")),
        )
    )


def _item(asked: Mapping[str, Any]) -> DeskItem:
    number = "1 Stellungnahme" if asked["number"] == 1 else f"{asked['number']} Stellungnahmen"
    check_round = CheckRound(slug=asked["round_slug"])
    return DeskItem(
        verb="Bitte um Fristverlängerung beantworten",
        object_label=f"{check_round}, {asked['house']}: {number} bis "
        f"{german_date(asked['wished_on'])} – {asked['reason']}",
        partnership_name="",
        due_on=asked["due"],
        asked_by=asked["house"],
        url=reverse("guidelines:extensions", args=[check_round.slug]),
    )
