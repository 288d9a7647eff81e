"""What the search finds in the register."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, F, Q, QuerySet, Value, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from ministries.clock import today
from ministries.models import Ministry, User
from partnerships.records.activities.models import Activity
from partnerships.records.commitments.models import Commitment
from partnerships.records.contacts.models import Contact
from partnerships.records.documents.models import Document
from partnerships.records.notes.models import Note
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.records.working_groups.models import WorkingGroup
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.regions import Region
from ui.dates import german_date
from ui.offers import SearchGroup, SearchRow

SHOWN = 8


def search_partnerships(user: User, text: str) -> SearchGroup:
    seen = Partnership.objects.visible_to(user).with_standing(user, today())
    rows, total = _best_of(seen.order_by("sort_key", "pk"), text)
    return SearchGroup(
        "Partnerschaften",
        total,
        [SearchRow(row.name, row.get_absolute_url(), _standing(row)) for row in rows],
        _list("partnerships:list", text),
    )


def search_regions(user: User, text: str) -> SearchGroup:
    seen = Region.objects.visible_to(user)
    rows, total = _best_of(seen.order_by("sort_key", "pk"), text)
    return SearchGroup(
        "Partnerregionen",
        total,
        [SearchRow(row.name, row.get_absolute_url(), _place(row)) for row in rows],
        _list("partnerships:regions", text),
    )


def search_agreements(user: User, text: str) -> SearchGroup:
    seen = Agreement.objects.visible_to(user).select_related("partnership")
    rows, total = _best_of(seen.order_by("partnership__sort_key", "-signed_on", "pk"), text)
    return SearchGroup(
        "Vereinbarungen",
        total,
        [SearchRow(row.title, row.get_absolute_url(), _signed(row)) for row in rows],
        _list("partnerships:agreements_list", text),
    )


def search_houses(user: User, text: str) -> SearchGroup:
    """By the abbreviation or a part of the name, as they are today."""
    seen = Ministry.objects.visible_to(user).on(today()).in_protocol_order()
    rows, total = best_of(seen.filter(Q(abbreviation__iexact=text) | Q(name__icontains=text)))
    return SearchGroup(
        "Ressorts",
        total,
        [
            SearchRow(row.name, reverse("partnerships:house", args=[row.slug]), row.abbreviation)
            for row in rows
        ],
        reverse("partnerships:house-list"),
    )


def search_activities(user: User, text: str) -> SearchGroup:
    """In full or not at all: what is kept back is not found by its words."""
    seen = Activity.objects.visible_to(user).in_use().order_by("-starts_on", "-pk")
    rows, total = best_of(seen.matching(text))
    return SearchGroup(
        "Aktivitäten",
        total,
        [SearchRow(row.title, row.get_absolute_url(), _event(row)) for row in rows],
        _list("partnerships:activities_list", text),
    )


# Kinds that are told by a title and their partnership: heading, field of the title, list.
TITLED: dict[type[Any], tuple[str, str, str]] = {
    WorkingGroup: ("Arbeitsgruppen", "name", "partnerships:working-group-list"),
    Commitment: ("Zusagen", "title", "partnerships:commitment-list"),
    Document: ("Dokumente", "title", ""),
}


def search_titled(user: User, text: str) -> list[SearchGroup]:
    """One query for all of them."""
    first, *others = (_titled(model, user, text) for model in TITLED)
    found = list(first.union(*others, all=True))
    groups = []
    for model, (heading, _, url_name) in TITLED.items():
        rows = [row for row in found if row["heading"] == heading]
        told = [
            SearchRow(row["label"], model(pk=row["pk"]).get_absolute_url(), row["place"])
            for row in sorted(rows, key=lambda row: row["rank"])
        ]
        total = rows[0]["hits"] if rows else 0
        groups.append(SearchGroup(heading, total, told, _list(url_name, text) if url_name else ""))
    return groups


def _titled(model: Any, user: User, text: str) -> QuerySet[Any]:
    """In the order of the model, with their rank in it and the number of all."""
    heading, title, _ = TITLED[model]
    seen = model.objects.visible_to(user).in_use().matching(text)
    rank = Window(RowNumber(), order_by=model._meta.ordering)
    told = seen.annotate(
        heading=Value(heading, CharField()),
        label=F(title),
        place=F("partnership__name"),
        rank=rank,
        hits=Window(Count("*")),
    )
    columns = ("heading", "pk", "label", "place", "rank", "hits")
    first: QuerySet[Any] = told.values(*columns).order_by("rank")[:SHOWN]
    return first


def search_contacts(user: User, text: str) -> SearchGroup:
    seen = Contact.objects.visible_to(user).in_use().on(today()).select_related("partnership")
    rows, total = best_of(seen.matching(text))
    return SearchGroup(
        "Kontakte",
        total,
        [SearchRow(str(row), row.get_absolute_url(), str(row.partnership or "")) for row in rows],
        _list("partnerships:contact-list", text),
    )


def search_notes(user: User, text: str) -> SearchGroup:
    seen = Note.objects.visible_to(user).in_use().select_related("partnership")
    rows, total = best_of(seen.matching(text))
    found = [(row, f"{row.partnership.name} · {german_date(row.noted_on)}") for row in rows]
    return SearchGroup(
        "Vermerke",
        total,
        [SearchRow(row.title, row.get_absolute_url(), place) for row, place in found],
    )


def search_subject_records(user: User, text: str) -> SearchGroup:
    seen = SubjectRecord.objects.visible_to(user).in_use()
    rows, total = best_of(seen.matching(text).select_related("partnership", "subject_area"))
    return SearchGroup(
        "Sachstände",
        total,
        [SearchRow(str(row), row.get_absolute_url()) for row in rows],
        _list("partnerships:subject-record-list", text),
    )


def best_of(found: QuerySet[Any]) -> tuple[list[Any], int]:
    """The first rows and the number of all, in one query."""
    rows = list(found.annotate(hits=Window(Count("*")))[:SHOWN])
    return rows, rows[0].hits if rows else 0


def _best_of(seen: Any, text: str) -> tuple[list[Any], int]:
    """What contains the text; only if there is nothing, what resembles it."""
    rows, total = best_of(seen.matching(text))
    return (rows, total) if rows else best_of(seen.resembling(text))


def _list(url_name: str, text: str) -> str:
    return f"{reverse(url_name)}?{urlencode({'q': text})}"


def _standing(partnership: Any) -> str:
    words = [Partnership.Status(partnership.status).label] if partnership.status else []
    if partnership.is_under_scrutiny:
        words.append("auf dem Prüfstand")
    words.append(f"Federführung: {partnership.lead_abbreviation or 'nicht erfasst'}")
    return " · ".join(words)


def _place(region: Any) -> str:
    names = [region.country.name, region.official_name, *region.alias_list]
    return " · ".join(name for name in names if name and name != region.name)


def _signed(agreement: Agreement) -> str:
    parts = [agreement.partnership.name, agreement.get_kind_display()]
    if agreement.signed_on:
        parts.append(f"unterzeichnet {agreement.signed_words}")
    if agreement.valid_until:
        parts.append(f"Laufzeit bis {german_date(agreement.valid_until)}")
    return " · ".join(parts)


def _event(activity: Activity) -> str:
    parts = (activity.get_kind_display(), activity.period_words, activity.place)
    return " · ".join(part for part in parts if part)
