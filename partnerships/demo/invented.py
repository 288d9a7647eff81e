"""Musterland, a partner region that exists nowhere: what is hard to say is said of it alone.

A region needs a state with a code of ISO 3166-1. Antarctica has one and nobody governs there, so
nobody is meant.
"""

from datetime import date

import pghistory
from django.db import transaction

from ministries.clock import months_later
from ministries.houses.models import current_chancellery
from ministries.models import SubjectArea
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Participation, Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod
from partnerships.register.partners.regions import Region
from ui.demo import MARK

MUSTERLAND = "musterland"
NAME = "Musterland (frei erfunden)"
NOBODYS = "AQ"
AREAS = "bildung europa-internationales gesundheit kommunales-sport kultur wirtschaft-aussenhandel"
ORIGIN = {"source": MARK}


@transaction.atomic
def build_musterland(today: date) -> Partnership:
    """A second call finds it and leaves it as it is."""
    existing = Partnership.objects.filter(slug=MUSTERLAND).first()
    if existing:
        return existing
    begun = date(today.year - 6, 5, 4)
    with pghistory.context(area="Demonstration"):
        region = Region.objects.create(
            slug=MUSTERLAND, name=NAME, country=NOBODYS, seat="Musterstadt", **ORIGIN
        )
        partnership = Partnership.objects.create(
            slug=MUSTERLAND,
            name=NAME,
            kind=Partnership.Kind.PARTNERSHIP,
            in_check=True,
            established_on=begun,
            scrutiny_since=months_later(today, -9),
            scrutiny_reason=MARK,
            **ORIGIN,
        )
        partnership.regions.add(region)
        owned = {"partnership": partnership, **ORIGIN}
        house = current_chancellery(today)
        StatusPeriod.objects.create(status=Partnership.Status.ACTIVE, valid_from=begun, **owned)
        Lead.objects.create(ministry=house, **owned)
        Agreement.objects.create(
            slug=f"{MUSTERLAND}-{begun.year}",
            kind=Agreement.Kind.COOPERATION_AGREEMENT,
            title="Kooperationsvereinbarung (Beispiel)",
            signed_on=begun,
            place="Musterstadt",
            term=Agreement.Term.FIXED,
            valid_until=months_later(begun, 96),
            **owned,
        )
        for area in SubjectArea.objects.filter(slug__in=AREAS.split()):
            Participation.objects.create(subject_area=area, **owned)
    return partnership
