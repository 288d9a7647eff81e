""" "Als Nächstes" on the page of a partnership, as far as the register itself knows."""

from datetime import date
from typing import Any

from django.urls import reverse

from ministries.clock import in_a_year
from ministries.models import User
from partnerships.attention import TERM_OF
from partnerships.models import Agreement, Partnership
from partnerships.page import NextStep
from ui.dates import german_date


def next_steps(partnership: Any, user: User, day: date) -> list[NextStep]:
    """`partnership` comes from `find_partnership`; one query."""
    who = partnership.lead_abbreviation or "Staatskanzlei"
    agreements = Agreement.objects.filter(partnership=partnership).with_renewal(day)
    steps = [step for row in agreements if (step := _of_agreement(row, partnership, who, day))]
    if partnership.lead_id is None:
        steps.append(
            NextStep("Die Federführung ist nicht erfasst.", "Staatskanzlei", tone="warning")
        )
    if partnership.status == Partnership.Status.DORMANT:
        steps.append(_of_dormancy(partnership, user, day))
    return steps


def _of_agreement(row: Any, partnership: Any, who: str, day: date) -> NextStep | None:
    url = f"{reverse('partnerships:agreements', args=[partnership.slug])}#{row.slug}"
    term = f"Laufzeit {TERM_OF[Agreement.Kind(row.kind)]}"
    until = german_date(row.valid_until)
    if row.has_run_out:
        return NextStep(
            f"Die {term} endete am {until}. Eine Verlängerung ist nicht erfasst.",
            who,
            row.valid_until,
            url,
            "Vereinbarung ansehen",
            "danger",
        )
    ends = row.term == Agreement.Term.FIXED and not row.is_renewed
    if ends and row.valid_until <= in_a_year(day):
        return NextStep(f"Die {term} endet am {until}.", who, row.valid_until, url, "", "warning")
    if row.review_on and not row.is_renewed:
        sentence = f"{row.title}: zu prüfen am {german_date(row.review_on)}."
        return NextStep(sentence, who, row.review_on, url)
    return None


def _of_dormancy(partnership: Any, user: User, day: date) -> NextStep:
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
