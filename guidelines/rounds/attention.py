"""Handlungsbedarf of the running Leitlinien-Check, as far as this person may know of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count
from django.urls import reverse

from guidelines.rounds.models import CheckRound
from guidelines.rounds.progress import counted_while_running
from ministries.models import User
from ui.offers import AttentionItem

NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Overdue:
    """How many statements of one house are overdue in one round."""

    round_slug: str
    ministry_id: int
    ministry_abbreviation: str
    number: int


def attention_items(user: User, today: date) -> list[AttentionItem]:
    """One query, and one more for a house with overdue statements of its own."""
    if not user.reads_content:
        return []
    by_round = groupby(overdue_by_house(user, today), key=lambda overdue: overdue.round_slug)
    return [_item(CheckRound(slug=slug), list(late), user, today) for slug, late in by_round]


def overdue_by_house(user: User, today: date) -> Iterable[Overdue]:
    rows = (
        counted_while_running(user, today)
        .overdue(today)
        .values_list("guideline_check__round__slug", "ministry", "ministry__abbreviation")
        .order_by("guideline_check__round", "ministry__sort_order", "ministry")
        .annotate(number=Count("pk"))
    )
    return [Overdue(*row) for row in rows]


def _item(
    check_round: CheckRound, overdue: list[Overdue], user: User, today: date
) -> AttentionItem:
    sentence = f"{check_round}: {_statements(sum(late.number for late in overdue))} überfällig"
    own = [late for late in overdue if late.ministry_id in user.ministry_ids()]
    if user.sees_proposals:
        return AttentionItem(
            sentence=f"{sentence}.",
            who_acts=", ".join(f"{late.ministry_abbreviation} ({late.number})" for late in overdue),
            url=f"{check_round.get_absolute_url()}?state=overdue",
            weight=70,
        )
    if not own:
        return AttentionItem(
            sentence=f"{sentence}, keine aus Ihrem Haus.",
            who_acts="die angefragten Ressorts",
            url=check_round.get_absolute_url(),
            weight=20,
        )
    places = _places(check_round, own, user, today)
    number = sum(late.number for late in own)
    return AttentionItem(
        sentence=f"{sentence}, davon {number} aus Ihrem Haus ({places}).",
        who_acts=", ".join(late.ministry_abbreviation for late in own),
        url=f"{reverse('guidelines:statements')}?state=overdue",
        weight=70,
    )


def _statements(number: int) -> str:
    return "1 Stellungnahme" if number == 1 else f"{number} Stellungnahmen"


def _places(check_round: CheckRound, own: list[Overdue], user: User, today: date) -> str:
    late = counted_while_running(user, today).overdue(today)
    names = (
        late.filter(
            guideline_check__round__slug=check_round.slug,
            ministry__in=[overdue.ministry_id for overdue in own],
        )
        .order_by("guideline_check__partnership__sort_key", "ministry__sort_order", "pk")
        .values_list("guideline_check__partnership__name", flat=True)[: NAMED_AT_MOST + 1]
    )
    shown = ", ".join(names[:NAMED_AT_MOST])
    return f"{shown} und weitere" if len(names) > NAMED_AT_MOST else shown
