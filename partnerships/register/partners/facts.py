"""What is known about a partnership, as groups of facts: for its first tab and for fact sheets."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from ministries.history.dated import Sourced
from ministries.models import User
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod
from partnerships.register.partners.regions import PartnerAuthority, Region
from ui.dates import german_date, german_number, partial_date


@dataclass(frozen=True)
class Origin:
    """The row a fact comes from: what a person confirms is the row, not the single value."""

    model: type[Sourced]
    pk: int
    source: str
    as_of: date | None
    confirmed_on: date | None

    @property
    def kind(self) -> str:
        return self.model.confirmed_as

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_on is not None


@dataclass(frozen=True)
class Fact:
    label: str
    value: str = ""
    origin: Origin | None = None
    # Language of a foreign name, full name of an abbreviation, a second line.
    lang: str = ""
    expansion: str = ""
    detail: str = ""
    needs_action: bool = False


@dataclass(frozen=True)
class FactGroup:
    """With an origin of its own, the group is one row of the register; else each fact is one."""

    title: str
    rows: list[Fact] = field(default_factory=list)
    origin: Origin | None = None
    note: str = ""


def profile(partnership: Partnership, *, user: User, day: date) -> list[FactGroup]:
    """What `user` may know of it on that day, but for the agreements, which have a tab of their own."""
    regions = list(_with_authorities(partnership.regions.all()))
    return [
        _relation(partnership),
        _status_periods(partnership, user, day),
        _leads(partnership, day),
        *(_region(region) for region in regions),
        _authorities(regions, day),
        _subject_areas(partnership, day),
    ]


def as_json(groups: Iterable[FactGroup]) -> list[dict[str, Any]]:
    """To be kept with a statement: labels and values, and what was unconfirmed at the time."""
    return [
        {
            "title": group.title,
            "rows": [_fact_as_json(fact, fact.origin or group.origin) for fact in group.rows],
        }
        for group in groups
    ]


def _fact_as_json(fact: Fact, origin: Origin | None) -> dict[str, Any]:
    kept = asdict(fact)
    del kept["origin"]
    return kept | {
        "source": origin.source if origin else "",
        "unconfirmed": origin is not None and not origin.is_confirmed,
    }


@dataclass(frozen=True)
class Claim:
    """One row of the register in words, as somebody confirms it."""

    title: str
    words: str
    origin: Origin


def claims_of(groups: Iterable[FactGroup]) -> list[Claim]:
    claims = []
    for group in groups:
        if group.origin:
            known = [f"{fact.label}: {fact.value}" for fact in group.rows if fact.value]
            claims.append(Claim(group.title, "; ".join(known), group.origin))
        for fact in group.rows:
            if fact.origin:
                parts = (fact.label, fact.value, fact.detail)
                words = " – ".join(part for part in parts if part)
                claims.append(Claim(group.title, words, fact.origin))
    return claims


def origin_of(row: Sourced) -> Origin:
    return Origin(type(row), row.pk, row.source, row.as_of, row.confirmed_on)


def _relation(partnership: Partnership) -> FactGroup:
    since = partial_date(partnership.established_on, partnership.established_on_precision)
    rows = [
        Fact("Art der Beziehung", partnership.get_kind_display()),
        Fact("Besteht seit", since),
        Fact("Aktenzeichen", partnership.file_reference),
        Fact("Im Leitlinien-Check", "ja" if partnership.in_check else "nein"),
    ]
    return FactGroup("Beziehung", rows, origin_of(partnership))


def _region(region: Region) -> FactGroup:
    inhabitants = german_number(region.population)
    if inhabitants and region.population_year:
        inhabitants += f" ({region.population_year})"
    rows = [
        Fact("Amtlicher Name", region.official_name, lang=region.first_language),
        Fact("Andere Namen", ", ".join(region.alias_list)),
        Fact("Staat", country_name(region.country)),
        Fact("Sitz", region.seat),
        Fact("Einwohner", inhabitants),
        Fact("Verflechtungsraum", "ja" if region.is_border_region else "nein"),
    ]
    return FactGroup(f"Partnerregion {region.name}", rows, origin_of(region))


def country_name(country: Any) -> str:
    return str(country.name)


AUTHORITY = [
    field
    for field in PartnerAuthority._meta.concrete_fields
    if not field.is_relation and field.name != "version"
]


def _with_authorities(regions: QuerySet[Region]) -> QuerySet[Region]:
    """In the same query: forms beside which the facts stand have none to spare."""
    seated = PartnerAuthority.objects.filter(region=OuterRef("pk")).order_by("name", "pk")
    told = JSONObject(**{field.name: F(field.name) for field in AUTHORITY})
    return regions.annotate(told_authorities=ArraySubquery(seated.values(value=told)))


def _authority(row: dict[str, Any]) -> PartnerAuthority:
    return PartnerAuthority(**{field.name: field.to_python(row[field.name]) for field in AUTHORITY})


def _authorities(regions: Iterable[Any], day: date) -> FactGroup:
    rows = [
        Fact(
            authority.get_kind_display(),
            authority.name,
            origin_of(authority),
            detail=period_words(
                authority.valid_from, authority.valid_until, authority.valid_from_precision
            ),
        )
        for region in regions
        for authority in map(_authority, region.told_authorities)
        if authority.contains(day)
    ]
    return FactGroup("Partnerbehörden", rows)


def _status_periods(partnership: Partnership, user: User, day: date) -> FactGroup:
    """The end of the latest visible period is left out: it would tell of a successor not yet seen."""
    periods = list(
        StatusPeriod.objects.visible_to(user, day)
        .filter(partnership=partnership)
        .order_by("valid_from")
    )
    # PostgreSQL sorts an unknown beginning last, in time it comes first.
    periods.sort(key=lambda period: period.valid_from or date.min, reverse=True)
    rows = [
        Fact(
            period_words(
                period.valid_from,
                period.valid_until if position or user.sees_proposals else None,
                period.valid_from_precision,
            ),
            period.get_status_display(),
            origin_of(period),
            detail=_status_detail(period),
        )
        for position, period in enumerate(periods)
    ]
    return FactGroup("Status im Verlauf", rows)


def _status_detail(period: StatusPeriod) -> str:
    parts = [
        period.reason,
        " ".join(part for part in (period.deciding_body, period.reference) if part),
    ]
    if period.status == Partnership.Status.DORMANT:
        condition = period.resume_condition or "nicht erfasst"
        parts.append(f"Bedingung für die Wiederaufnahme: {condition}")
        parts.append(f"Wieder ansehen am: {german_date(period.review_on) or 'nicht erfasst'}")
    return ". ".join(part.rstrip(".") for part in parts if part)


def _leads(partnership: Partnership, day: date) -> FactGroup:
    leads = list(partnership.leads.select_related("ministry"))
    leads.sort(key=lambda lead: lead.valid_from or date.min, reverse=True)
    rows = [
        Fact(
            period_words(lead.valid_from, lead.valid_until),
            lead.ministry.abbreviation,
            origin_of(lead),
            expansion=lead.ministry.name,
            detail=_lead_detail(lead),
        )
        for lead in leads
    ]
    is_known = any(lead.contains(day) for lead in leads)
    return FactGroup("Federführung im Verlauf", rows, note="" if is_known else LEAD_UNKNOWN)


def _lead_detail(lead: Lead) -> str:
    parts = [lead.reason.rstrip(".")]
    if lead.awaits_acknowledgement:
        parts.append("Übernahme noch nicht bestätigt")
    elif lead.acknowledged_on:
        parts.append(f"Übernahme bestätigt am {german_date(lead.acknowledged_on)}")
    return ". ".join(part for part in parts if part)


LEAD_UNKNOWN = "Federführung nicht erfasst. Bis sie geklärt ist, antwortet die Staatskanzlei."


def _subject_areas(partnership: Partnership, day: date) -> FactGroup:
    participations: Any = (
        partnership.participations.with_houses(day)
        .select_related("subject_area")
        .order_by("subject_area__sort_order", "subject_area__name")
    )
    rows = [
        Fact(
            participation.subject_area.name,
            participation.house_abbreviation or "",
            origin_of(participation),
            expansion=participation.house_name or "",
        )
        for participation in participations
    ]
    return FactGroup("Fachgebiete und heute zuständige Ressorts", rows)


def period_words(first: date | None, last: date | None, precision: str = "day") -> str:
    """ "seit 1999", "17.09.1999 bis 23.02.2022", "Beginn nicht erfasst"."""
    begin = partial_date(first, precision)
    if last is None:
        return f"seit {begin}" if begin else "Beginn nicht erfasst"
    return f"{begin} bis {german_date(last)}" if begin else f"bis {german_date(last)}"
