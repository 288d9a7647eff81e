"""What the public register tells and a house has entered itself: perhaps twice the same occasion."""

from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, When
from django.db.models.functions import Cast, JSONObject

from ministries.history.dated import Precision
from partnerships.records.activities.models import Activity, ActivityQuerySet

MOST = 3
LAST_DAY = Cast(
    Case(
        When(ends_on__isnull=False, then=F("ends_on")),
        When(starts_on_precision=Precision.MONTH, then=F("starts_on") + timedelta(days=30)),
        When(starts_on_precision=Precision.YEAR, then=F("starts_on") + timedelta(days=365)),
        default=F("starts_on"),
        output_field=DateField(),
    ),
    DateField(),
)


def with_twins(rows: ActivityQuerySet, seen: ActivityQuerySet) -> ActivityQuerySet:
    """Unconfirmed ones of the register with `twins`: key, title and house of those of `seen` alike.

    With a partnership in common, in the same days, and of the same kind or with a similar title;
    of two projects that run for years the kind says nothing.
    """
    links: Any = Activity.partnerships.through.objects
    own = {"partnership__activities": OuterRef(OuterRef("pk"))}
    shared = Exists(links.filter(activity=OuterRef("pk"), **own))
    is_same_kind = Q(kind=OuterRef("kind")) & ~Q(kind=Activity.Kind.PROJECT)
    alike = Q(title__trigram_similar=OuterRef("title")) | is_same_kind
    at_that_time = Q(starts_on__lte=OuterRef("last"), last__gte=OuterRef("starts_on"))
    entered = seen.in_use().filter(external_key=None).alias(last=LAST_DAY)
    found = entered.filter(shared, alike, at_that_time).order_by("pk")
    told = JSONObject(pk="pk", title="title", house="ministry__abbreviation")
    open_rows: Any = rows.in_use().filter(external_key__isnull=False, confirmed_on=None)
    twins = ArraySubquery(found.values(told=told)[:MOST])
    return open_rows.alias(last=LAST_DAY).annotate(twins=twins)
