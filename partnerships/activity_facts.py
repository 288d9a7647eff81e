"""The activities of one house in a partnership, as facts beside what the house writes about it."""

from collections.abc import Iterable
from typing import Any

from ministries.models import Ministry
from partnerships.activity_costs import sums_by_bearer
from partnerships.facts import Fact, FactGroup
from partnerships.models import Activity, CostLine, Partnership
from ui.dates import euro

SHOWN = 12


def activity_facts(partnership: Partnership, house: Ministry) -> list[FactGroup]:
    """Two queries. A fact sheet travels with the statement: only what every house may read is on it."""
    shared = Activity.objects.open_to_all(besides=partnership).in_use()
    own = shared.filter(ministry=house, partnerships=partnership)
    rows = list(own.order_by("-starts_on", "-pk")[:SHOWN])
    lines = CostLine.objects.filter(activity__in=[row.pk for row in rows])
    return [
        FactGroup(f"Aktivitäten ({house.abbreviation})", [_fact(row) for row in rows]),
        FactGroup("Kosten nach Träger", _costs(lines.select_related("ministry"))),
    ]


def _fact(row: Activity) -> Fact:
    details = (row.get_kind_display(), row.get_state_display(), row.place)
    return Fact(row.period_words, row.title, detail=" · ".join(word for word in details if word))


def _costs(lines: Iterable[Any]) -> list[Fact]:
    return [
        Fact(
            sums.bearer,
            "; ".join(
                f"{word} {euro(value)}"
                for word, value in (("geplant", sums.planned), ("tatsächlich", sums.actual))
                if value is not None
            ),
        )
        for sums in sums_by_bearer(lines)
    ]
