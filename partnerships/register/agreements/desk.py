"""What agreements ask for: the coordination hears of all of it, the house in the lead what lies ahead.

A term is told of in steps: for a month from twelve and from six months before the day to decide,
then for the last three months.
"""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.urls import reverse

from ministries.clock import months_later
from ministries.models import User
from partnerships.permissions import WRITERS
from partnerships.register.agreements.anniversaries import (
    Anniversary,
    has_anniversary,
    next_anniversary,
)
from partnerships.register.agreements.models import Agreement
from partnerships.register.agreements.terms import deadline_words
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.periods import Lead
from partnerships.register.partners.resting import rests
from ui.offers import DeskItem

LOOK_AHEAD = timedelta(days=30)
LAST_MONTHS = 3
EARLY_MONTHS = (12, 6)
SHOWN_FOR = timedelta(days=30)
COLUMNS = (
    *("asks", "pk", "title", "kind", "term", "valid_until", "review_on", "acts_by", "notice_by"),
    *("signed_on", "signed_on_precision", "partnership_name"),
)


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    about_agreements = list(_by_what_they_ask(user, today).values())
    return [*about_agreements, celebrated_partnerships(user, today)] if about_agreements else []


def desk_items(user: User, today: date) -> list[DeskItem]:
    """Two queries."""
    found = _by_what_they_ask(user, today)
    if not found:
        return []
    first, *others = (_told(rows, asks, today) for asks, rows in found.items())
    rows = [SimpleNamespace(**row) for row in first.union(*others, all=True)]
    celebrated = celebrated_partnerships(user, today)
    return [
        *(ITEMS[row.asks](row, today) for row in rows),
        *(_partnership_jubilee(row, today) for row in celebrated),
    ]


def _by_what_they_ask(user: User, today: date) -> dict[str, QuerySet[Agreement]]:
    """The keys are those of `ITEMS`."""
    seen = Agreement.objects.visible_to(user)
    ahead: dict[str, QuerySet[Agreement]] = {
        "decide": to_decide_soon(user, today),
        "jubilee": celebrated_agreements(user, today),
    }
    if user.is_coordinator:
        return {"renew": seen.lapsed(today), "review": to_review(user, today), **ahead}
    return ahead if user.ministry_ids(*WRITERS) else {}


def _told(rows: Any, asks: str, today: date) -> QuerySet[Any]:
    marked = rows.with_deadlines(today).annotate(
        asks=Value(asks, CharField()), partnership_name=F("partnership__name")
    )
    told: QuerySet[Any] = marked.order_by().values(*COLUMNS)
    return told


def to_review(user: User, today: date) -> QuerySet[Agreement]:
    """Agreements still in force whose day of review is near or past."""
    return (
        Agreement.objects.visible_to(user)
        .without_successor()
        .filter(review_on__lte=today + LOOK_AHEAD)
        .exclude(term=Agreement.Term.FIXED, valid_until__lt=today)
        .exclude(terminated_on__lt=today)
    )


def to_decide_soon(user: User, today: date) -> QuerySet[Agreement]:
    rows: Any = Agreement.objects.visible_to(user).filter(_is_mine(user, today, "partnership"))
    steps = Q(acts_by__lte=months_later(today, LAST_MONTHS))
    for months in EARLY_MONTHS:
        begins = months_later(today, months)
        steps |= Q(acts_by__gt=begins - SHOWN_FOR, acts_by__lte=begins)
    until = months_later(today, max(EARLY_MONTHS))
    found: QuerySet[Agreement] = rows.to_decide(after=today, until=until).filter(steps)
    return found


def celebrated_agreements(user: User, today: date) -> QuerySet[Agreement]:
    """Not the one the partnership itself began with."""
    rows = Agreement.objects.visible_to(user).filter(has_anniversary("signed_on", today))
    return rows.filter(
        _is_mine(user, today, "partnership"), ~rests(user, today, "partnership")
    ).exclude(signed_on=F("partnership__established_on"), partnership__established_on__isnull=False)


def celebrated_partnerships(user: User, today: date) -> QuerySet[Partnership]:
    rows = Partnership.objects.visible_to(user).filter(has_anniversary("established_on", today))
    return rows.filter(_is_mine(user, today, "pk"), ~rests(user, today, "pk"))


def _is_mine(user: User, today: date, field: str) -> Q:
    if user.is_coordinator:
        return Q(pk__isnull=False)
    leads = Lead.objects.on(today).filter(ministry__in=user.ministry_ids(*WRITERS))
    return Q((f"{field}__in", leads.values("partnership")))


def _item(row: Any, verb: str, what: str, due_on: date | None) -> DeskItem:
    return DeskItem(
        verb=verb,
        object_label=what,
        partnership_name=row.partnership_name,
        due_on=due_on,
        asked_by="",
        url=reverse("partnerships:agreement", args=[row.pk]),
    )


def _renew(row: Any, today: date) -> DeskItem:
    kind = Agreement.Kind(row.kind).label
    return _item(row, "Verlängerung klären", f"{kind}, Laufzeit vorbei", row.valid_until)


def _review(row: Any, today: date) -> DeskItem:
    kind = str(Agreement.Kind(row.kind).label)
    return _item(row, "Vereinbarung prüfen", kind, row.review_on)


def _decide(row: Any, today: date) -> DeskItem:
    return _item(row, "Über Verlängerung entscheiden", deadline_words(row), row.acts_by)


def _agreement_jubilee(row: Any, today: date) -> DeskItem:
    found = next_anniversary(row.signed_on, row.signed_on_precision, today)
    return _item(
        row, "Jubiläum vorbereiten", _years(found, row.title), found.day if found else None
    )


ITEMS = {
    "renew": _renew,
    "review": _review,
    "decide": _decide,
    "jubilee": _agreement_jubilee,
}


def _partnership_jubilee(row: Partnership, today: date) -> DeskItem:
    found = next_anniversary(row.established_on, row.established_on_precision, today)
    return DeskItem(
        verb="Jubiläum vorbereiten",
        object_label=_years(found, "Partnerschaft"),
        partnership_name=row.name,
        due_on=found.day if found else None,
        asked_by="",
        url=row.get_absolute_url(),
    )


def _years(found: Anniversary | None, what: str) -> str:
    return f"{found.years} Jahre {what} ({found.words})" if found else what
