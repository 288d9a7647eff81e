"""What the register knows about a partnership, its agreements included."""

from datetime import date

from ministries.models import User
from partnerships.register.agreements.terms import term_words
from partnerships.register.partners.facts import Fact, FactGroup, origin_of, profile
from partnerships.register.partners.partnerships import Partnership
from ui.dates import partial_date


def fact_sheet(partnership: Partnership, *, user: User, day: date) -> list[FactGroup]:
    """Everything `user` may know of it on that day; six queries."""
    return [*profile(partnership, user=user, day=day), _agreements(partnership, day)]


def _agreements(partnership: Partnership, day: date) -> FactGroup:
    agreements = list(partnership.agreements.all())
    renewed = {agreement.predecessor_id for agreement in agreements}
    rows = []
    for agreement in agreements:
        has_lapsed = agreement.has_lapsed(day) and agreement.pk not in renewed
        signed = partial_date(agreement.signed_on, agreement.signed_on_precision)
        rows.append(
            Fact(
                signed or "Datum nicht erfasst",
                agreement.title,
                origin_of(agreement),
                detail=term_words(agreement, day, is_renewed=agreement.pk in renewed),
                needs_action=has_lapsed,
            )
        )
    return FactGroup("Vereinbarungen", rows)
