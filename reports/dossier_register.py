"""The sections of a dossier that come from the register."""

from django.db.models import F

from partnerships.models import Agreement, Lead, StatusPeriod
from partnerships.register.agreements.terms import term_words
from partnerships.register.partners.country_names import country_name
from partnerships.register.partners.facts import period_words
from reports.asked import Asked
from reports.content import Facts, Part, Section, Table, Text
from reports.dossier_gaps import gap_rows
from reports.dossier_marks import doubted
from ui.dates import german_date


def agreed_wording(asked: Asked) -> Section:
    partnership = asked.partnership
    parts: list[Part] = []
    may_go_along = asked.is_internal or not partnership.agreed_wording_is_reactive
    if partnership.agreed_wording and may_go_along:
        agreed = german_date(partnership.agreed_wording_on) or "nicht erfasst"
        reactive = ", nur auf Nachfrage" if partnership.agreed_wording_is_reactive else ""
        parts.append(Text(partnership.agreed_wording, note=f"Abgestimmt am: {agreed}{reactive}"))
    return Section("Sprachregelung", parts, "Keine Sprachregelung erfasst.")


def standing(asked: Asked) -> Section:
    partnership = asked.partnership
    seen = StatusPeriod.objects.visible_to(asked.user, asked.day).filter(partnership=partnership)
    status = seen.current(asked.day).first()
    leads = Lead.objects.visible_to(asked.user).filter(partnership=partnership)
    lead = leads.on(asked.day).select_related("ministry").first()
    rows = [
        ("Art der Beziehung", partnership.get_kind_display()),
        ("Status", doubted(asked, status, _status_words(status)) if status else "nicht erfasst"),
        (
            "Federführend",
            doubted(asked, lead, lead.ministry.name)
            if lead
            else "nicht erfasst; es antwortet die SK",
        ),
    ]
    if asked.is_internal and partnership.is_under_scrutiny:
        rows.append(("Auf dem Prüfstand", partnership.scrutiny_reason))
    regions = partnership.regions.prefetch_related("authorities").order_by("sort_key")
    for region in regions:
        place = ", Sitz ".join(filter(None, (country_name(region.country), region.seat)))
        rows.append((f"Partnerregion {region.name}", doubted(asked, region, place)))
        rows += [
            ("Partnerbehörde", doubted(asked, authority, authority.name))
            for authority in region.authorities.all()
            if authority.contains(asked.day)
        ]
    return Section("Status und Federführung", [Facts(rows)])


def _status_words(period: StatusPeriod) -> str:
    since = period_words(period.valid_from, None, period.valid_from_precision)
    return f"{period.get_status_display()}, {since}" + (
        f" ({period.reason})" if period.reason else ""
    )


def agreements(asked: Asked) -> Section:
    seen = Agreement.objects.visible_to(asked.user).filter(partnership=asked.partnership)
    rows = seen.with_renewal(asked.day).order_by(F("signed_on").desc(nulls_last=True))
    table = [
        (
            doubted(asked, row, row.title),
            ", ".join(part for part in (row.signed_words, row.place) if part),
            "; ".join(part for part in (row.saxon_signatory, row.partner_signatory) if part),
            term_words(row, asked.day, is_renewed=row.is_renewed),
        )
        for row in rows
    ]
    head = ("Vereinbarung", "Unterzeichnet", "Unterzeichner", "Laufzeit")
    return Section("Vereinbarungen", [Table(head, table)] if table else [])


def gaps(asked: Asked) -> Section:
    rows = gap_rows(asked)
    head = ("Was", "Ressort", "Stand")
    parts = [Table(head, rows)] if rows else []
    title = f"Was älter ist als {asked.months} Monate oder fehlt"
    return Section(title, parts, "Alles ist bestätigt und jung genug.")
