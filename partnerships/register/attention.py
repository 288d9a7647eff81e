"""Handlungsbedarf that the register itself shows: one sentence each, and who acts."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from ministries.clock import in_a_year
from ministries.models import Ministry, User
from partnerships.register.agreements.models import Agreement
from partnerships.register.agreements.terms import deadline_words, of_kind
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.periods import Lead
from ui.dates import german_date
from ui.offers import AttentionItem

NAMED_AT_MOST = 3


def attention_items(user: User, today: date) -> list[AttentionItem]:
    return [*agreements_to_act_on(user, today), *missing_leads(user, today)]


def agreements_to_act_on(user: User, today: date) -> list[AttentionItem]:
    """Terms that have run out, and those that end or renew themselves within a year; one query."""
    seen = Agreement.objects.visible_to(user)
    ahead = seen.to_decide(after=today, until=in_a_year(today))
    over = _first_few(seen.lapsed(today).with_deadlines(today), "-valid_until", today, is_over=True)
    found: list[Any] = list(over.union(_first_few(ahead, "acts_by", today, is_over=False)))
    found.sort(key=lambda row: (row.acts_by, row.pk))
    lapsed = [row for row in reversed(found) if row.is_over]
    coming = [row for row in found if not row.is_over]
    return [*_lapsed(lapsed), *_to_decide(coming)]


def _first_few(rows: Any, order: str, today: date, *, is_over: bool) -> Any:
    """With `who_acts`: the lead's house, or the Staatskanzlei in its place."""
    lead = Lead.objects.on(today).filter(partnership=OuterRef("partnership"))
    house = Subquery(lead.values("ministry__abbreviation")[:1])
    told = rows.annotate(
        partnership_name=F("partnership__name"),
        who_acts=Coalesce(house, chancellery(today)),
        is_over=Value(is_over),
    )
    return told.order_by(order, "partnership__sort_key", "pk")[: NAMED_AT_MOST + 1]


def _lapsed(found: list[Any]) -> list[AttentionItem]:
    """A single one is told in full, several by the names of the partnerships."""
    if not found:
        return []
    if len(found) == 1:
        sentence = (
            f"{found[0].partnership_name}: Laufzeit {of_kind(found[0])} "
            f"endete am {german_date(found[0].valid_until)}. Verlängerung nicht erfasst."
        )
    else:
        names = names_of([row.partnership_name for row in found])
        sentence = f"{names}: Laufzeit der Vereinbarung vorbei. Verlängerung nicht erfasst."
    return [_about(found, sentence, "end=lapsed", 90)]


def _to_decide(found: list[Any]) -> list[AttentionItem]:
    if not found:
        return []
    if len(found) == 1:
        sentence = f"{found[0].partnership_name}: {deadline_words(found[0])}."
    else:
        names = names_of([row.partnership_name for row in found])
        first = german_date(found[0].acts_by)
        sentence = (
            f"{names}: binnen zwölf Monaten über Vereinbarungen entscheiden, zuerst bis {first}."
        )
    return [_about(found, sentence, "deadline=12", 30)]


def _about(found: list[Any], sentence: str, query: str, weight: int) -> AttentionItem:
    return AttentionItem(
        sentence=sentence,
        who_acts=", ".join(dict.fromkeys(row.who_acts for row in found)),
        url=f"{reverse('partnerships:agreements_list')}?{query}",
        weight=weight,
    )


def missing_leads(user: User, today: date) -> list[AttentionItem]:
    found = list(
        without_lead(user, today)
        .annotate(who_acts=chancellery(today))
        .order_by("sort_key", "pk")[: NAMED_AT_MOST + 1]
    )
    if not found:
        return []
    return [
        AttentionItem(
            sentence=f"{names_of([p.name for p in found])}: Federführung nicht erfasst.",
            who_acts=found[0].who_acts,
            url=f"{reverse('partnerships:list')}?lead=none",
            weight=50,
        )
    ]


def without_lead(user: User, today: date) -> QuerySet[Partnership]:
    lead = Lead.objects.on(today).filter(partnership=OuterRef("pk"))
    return Partnership.objects.visible_to(user).filter(~Exists(lead))


def chancellery(today: date) -> Coalesce:
    """The abbreviation of the Staatskanzlei as part of a query."""
    house = Ministry.objects.on(today).filter(is_chancellery=True)
    return Coalesce(Subquery(house.values("abbreviation")[:1]), Value("Staatskanzlei"))


def names_of(names: list[str]) -> str:
    """At most three by name: "Flandern, Latium, Québec und weitere"."""
    shown = ", ".join(names[:NAMED_AT_MOST])
    return f"{shown} und weitere" if len(names) > NAMED_AT_MOST else shown
