"""Handlungsbedarf that the register itself shows: one sentence each, and who acts."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from ministries.models import Ministry, User
from ministries.registry import AttentionItem
from partnerships.models import Agreement, Lead, Partnership
from ui.dates import german_date

NAMED_AT_MOST = 3
TERM_OF = {
    Agreement.Kind.JOINT_DECLARATION: "der Gemeinsamen Erklärung",
    Agreement.Kind.COOPERATION_AGREEMENT: "der Kooperationsvereinbarung",
    Agreement.Kind.MEMORANDUM: "des Memorandums",
    Agreement.Kind.LETTER_OF_INTENT: "der Absichtserklärung",
    Agreement.Kind.COMMUNIQUE: "des Kommuniqués",
    Agreement.Kind.WORK_PROGRAMME: "des Arbeitsprogramms",
}


def attention_items(user: User, today: date) -> list[AttentionItem]:
    return [*lapsed_agreements(user, today), *missing_leads(user, today)]


def lapsed_agreements(user: User, today: date) -> list[AttentionItem]:
    """A single one is told in full, several by the names of the partnerships."""
    lapsed = lapsed_with_lead(user, today)[: NAMED_AT_MOST + 1]
    found: list[Any] = list(lapsed)
    if not found:
        return []
    if len(found) == 1:
        agreement = found[0]
        sentence = (
            f"{agreement.partnership}: Laufzeit {TERM_OF[Agreement.Kind(agreement.kind)]} "
            f"endete am {german_date(agreement.valid_until)}. Verlängerung nicht erfasst."
        )
    else:
        names = names_of([agreement.partnership.name for agreement in found])
        sentence = f"{names}: Laufzeit der Vereinbarung vorbei. Verlängerung nicht erfasst."
    houses = dict.fromkeys(agreement.who_acts for agreement in found)
    return [
        AttentionItem(
            sentence=sentence,
            who_acts=", ".join(houses),
            url=f"{reverse('partnerships:agreements_list')}?end=lapsed",
            weight=90,
        )
    ]


def lapsed_with_lead(user: User, today: date) -> QuerySet[Agreement]:
    """Adds `who_acts`: the lead's house, or the Staatskanzlei in its place."""
    lead = Lead.objects.on(today).filter(partnership=OuterRef("partnership"))
    return (
        Agreement.objects.visible_to(user)
        .lapsed(today)
        .select_related("partnership")
        .annotate(
            who_acts=Coalesce(
                Subquery(lead.values("ministry__abbreviation")[:1]), chancellery(today)
            )
        )
        .order_by("-valid_until", "partnership__sort_key", "pk")
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
