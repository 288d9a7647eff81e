"""Handlungsbedarf of the running Leitlinien-Check, as far as this person may know of it."""

from collections import Counter
from datetime import date

from django.urls import reverse

from guidelines.models import CheckRound
from guidelines.progress import Overdue, RoundProgress, round_progress
from ministries.models import User
from ministries.registry import AttentionItem

NAMED_AT_MOST = 3


def attention_items(user: User, today: date) -> list[AttentionItem]:
    return [
        item
        for check_round in CheckRound.objects.visible_to(user).running()
        for item in overdue_statements(check_round, user, today)
    ]


def overdue_statements(check_round: CheckRound, user: User, today: date) -> list[AttentionItem]:
    progress = round_progress(check_round, user, today)
    if not progress.overdue:
        return []
    if user.sees_proposals:
        return [_named(check_round, progress)]
    return [_counted(check_round, progress)]


def _named(check_round: CheckRound, progress: RoundProgress) -> AttentionItem:
    """For coordination and Chef der Staatskanzlei: each house with its number."""
    houses = Counter(overdue.ministry_abbreviation for overdue in progress.overdue_named)
    return AttentionItem(
        sentence=f"{check_round}: {_statements(progress.overdue)} überfällig.",
        who_acts=", ".join(f"{house} ({number})" for house, number in houses.items()),
        url=f"{check_round.get_absolute_url()}?state=overdue",
        weight=70,
    )


def _counted(check_round: CheckRound, progress: RoundProgress) -> AttentionItem:
    """For everybody else: the own house by name, the others as a number."""
    own = progress.overdue_named
    sentence = f"{check_round}: {_statements(progress.overdue)} überfällig"
    if not own:
        return AttentionItem(
            sentence=f"{sentence}, keine aus Ihrem Haus.",
            who_acts="die angefragten Ressorts",
            url=check_round.get_absolute_url(),
            weight=20,
        )
    return AttentionItem(
        sentence=f"{sentence}, davon {len(own)} aus Ihrem Haus ({_places(own)}).",
        who_acts=", ".join(dict.fromkeys(overdue.ministry_abbreviation for overdue in own)),
        url=f"{reverse('guidelines:statements')}?state=overdue",
        weight=70,
    )


def _statements(number: int) -> str:
    return "1 Stellungnahme" if number == 1 else f"{number} Stellungnahmen"


def _places(overdue: tuple[Overdue, ...]) -> str:
    names = [row.partnership_name for row in overdue]
    shown = ", ".join(names[:NAMED_AT_MOST])
    return f"{shown} und weitere" if len(names) > NAMED_AT_MOST else shown
