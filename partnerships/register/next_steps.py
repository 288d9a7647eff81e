""" "Als Nächstes" on the page of a partnership, as far as the register itself knows."""

from datetime import date

from django.urls import reverse

from ministries.clock import in_a_year
from ministries.models import User
from partnerships.register.agreements.anniversaries import next_anniversary
from partnerships.register.agreements.models import Agreement
from partnerships.register.agreements.terms import deadline_words, of_kind
from partnerships.register.partners.page import NextStep
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.statuses import RESTING
from ui.dates import german_date


def next_steps(partnership: Partnership, user: User, day: date) -> list[NextStep]:
    """`partnership` comes from `find_partnership`; one query."""
    who = partnership.lead_abbreviation or "Staatskanzlei"
    own = Agreement.objects.filter(partnership=partnership)
    agreements = list(own.with_renewal(day).with_deadlines(day))
    steps = [step for row in agreements if (step := _of_agreement(row, who, day))]
    if partnership.status not in RESTING:
        steps += _anniversaries(partnership, agreements, who, day)
    if partnership.lead_id is None:
        steps.append(
            NextStep("Die Federführung ist nicht erfasst.", "Staatskanzlei", tone="warning")
        )
    if partnership.status == Partnership.Status.DORMANT:
        steps.append(_of_dormancy(partnership, user, day))
    return steps


def _of_agreement(row: Agreement, who: str, day: date) -> NextStep | None:
    url = row.get_absolute_url()
    if row.has_run_out:
        until = german_date(row.valid_until)
        return NextStep(
            f"Die Laufzeit {of_kind(row)} endete am {until}. Eine Verlängerung ist nicht erfasst.",
            who,
            row.valid_until,
            url,
            "Vereinbarung ansehen",
            "danger",
        )
    is_open = not row.is_renewed and not row.terminated_on
    if is_open and row.acts_by and day <= row.acts_by <= in_a_year(day):
        return NextStep(f"Die {deadline_words(row)}.", who, row.acts_by, url, "", "warning")
    if row.review_on and not row.is_renewed:
        sentence = f"{row.title}: zu prüfen am {german_date(row.review_on)}."
        return NextStep(sentence, who, row.review_on, url)
    return None


def _anniversaries(
    partnership: Partnership, agreements: list[Agreement], who: str, day: date
) -> list[NextStep]:
    began = partnership.established_on
    told = [("Partnerschaft", began, partnership.established_on_precision, "")]
    told += [
        (row.title, row.signed_on, row.signed_on_precision, row.get_absolute_url())
        for row in agreements
        if row.signed_on != began
    ]
    return [
        NextStep(f"{found.years} Jahre {what}: {found.words}.", who, found.day, url)
        for what, first, precision, url in told
        if (found := next_anniversary(first, precision, day))
    ]


def _of_dormancy(partnership: Partnership, user: User, day: date) -> NextStep:
    """Who keeps the register gets from here to the form for both facts."""
    maintains = user.has_perm("partnerships.maintain_register", partnership)
    url = reverse("partnerships:dormancy-complete", args=[partnership.slug]) if maintains else ""
    if partnership.status_review_on is None:
        sentence = "Wann wieder hingesehen wird und unter welcher Bedingung, ist nicht erfasst."
        return NextStep(sentence, "Staatskanzlei", url=url, tone="warning")
    tone = "warning" if partnership.status_review_on <= day else "info"
    review_on = german_date(partnership.status_review_on)
    return NextStep(
        f"Wiederaufnahme ansehen am {review_on}.",
        "Staatskanzlei",
        partnership.status_review_on,
        url,
        tone=tone,
    )
