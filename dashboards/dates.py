"""The next dates this person may know: deadlines, ends of terms, days to look again."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from guidelines.models import CheckRound
from ministries.models import User
from partnerships.models import Agreement, Partnership, StatusPeriod

SHOWN = 5


@dataclass(frozen=True)
class Upcoming:
    day: date
    words: str
    url: str


def upcoming(user: User, today: date) -> list[Upcoming]:
    dates = [*_deadlines(user, today), *_ends(user, today), *_looks(user, today)]
    return sorted(dates, key=lambda one: one.day)[:SHOWN]


def _deadlines(user: User, today: date) -> list[Upcoming]:
    rounds = CheckRound.objects.visible_to(user).running(user, today).filter(due_on__gte=today)
    return [
        Upcoming(row.due_on, f"{row}: Frist für die Stellungnahmen", row.get_absolute_url())
        for row in rounds[:SHOWN]
    ]


def _ends(user: User, today: date) -> list[Upcoming]:
    ending = (
        Agreement.objects.visible_to(user)
        .ending(after=today, until=date.max)
        .select_related("partnership")
        .order_by("valid_until")
    )
    return [
        Upcoming(
            row.valid_until,
            f"{row.partnership}: Laufzeit endet ({row.get_kind_display()})",
            row.get_absolute_url(),
        )
        for row in ending[:SHOWN]
        if row.valid_until
    ]


def _looks(user: User, today: date) -> list[Upcoming]:
    standing = StatusPeriod.objects.visible_to(user, today).filter(partnership=OuterRef("pk"))
    seen = Partnership.objects.visible_to(user).with_standing(user, today)
    dormant = (
        seen.annotate(look_again_on=Subquery(standing.current(today).values("review_on")[:1]))
        .filter(Q(status=Partnership.Status.DORMANT, look_again_on__gte=today))
        .order_by("look_again_on", "sort_key")
    )
    return [
        Upcoming(
            row.look_again_on,
            f"{row}: ruhende Partnerschaft wieder ansehen",
            row.get_absolute_url(),
        )
        for row in dormant[:SHOWN]
    ]
