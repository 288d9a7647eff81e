"""What the search finds in the register."""

from django.db.models import Q
from django.urls import reverse

from ministries.accounts.users import User
from ministries.clock import today
from ministries.houses.models import Ministry
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.country_names import country_name
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.regions import Region
from ui.dates import german_date
from ui.offers import SearchGroup, SearchRow
from ui.search import best_of, best_or_alike, list_address


def search_partnerships(user: User, text: str) -> SearchGroup:
    seen = Partnership.objects.visible_to(user).with_standing(user, today())
    rows, total = best_or_alike(seen.order_by("sort_key", "pk"), text)
    return SearchGroup(
        "Partnerschaften",
        total,
        [SearchRow(row.name, row.get_absolute_url(), _standing(row)) for row in rows],
        list_address("partnerships:list", text),
    )


def search_regions(user: User, text: str) -> SearchGroup:
    seen = Region.objects.visible_to(user)
    rows, total = best_or_alike(seen.order_by("sort_key", "pk"), text)
    return SearchGroup(
        "Partnerregionen",
        total,
        [SearchRow(row.name, row.get_absolute_url(), _place(row)) for row in rows],
        list_address("partnerships:regions", text),
    )


def search_agreements(user: User, text: str) -> SearchGroup:
    seen = Agreement.objects.visible_to(user).select_related("partnership")
    rows, total = best_or_alike(seen.order_by("partnership__sort_key", "-signed_on", "pk"), text)
    return SearchGroup(
        "Vereinbarungen",
        total,
        [SearchRow(row.title, row.get_absolute_url(), _signed(row)) for row in rows],
        list_address("partnerships:agreements_list", text),
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


def _standing(partnership: Partnership) -> str:
    words = [Partnership.Status(partnership.status).label] if partnership.status else []
    if partnership.is_under_scrutiny:
        words.append("auf dem Prüfstand")
    words.append(f"Federführung: {partnership.lead_abbreviation or 'nicht erfasst'}")
    return " · ".join(words)


def _place(region: Region) -> str:
    names = [country_name(region.country), region.official_name, *region.alias_list]
    return " · ".join(name for name in names if name and name != region.name)


def _signed(agreement: Agreement) -> str:
    parts = [agreement.partnership.name, agreement.get_kind_display()]
    if agreement.signed_on:
        parts.append(f"unterzeichnet {agreement.signed_words}")
    if agreement.valid_until:
        parts.append(f"Laufzeit bis {german_date(agreement.valid_until)}")
    return " · ".join(parts)
