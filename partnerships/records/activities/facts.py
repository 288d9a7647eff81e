"""The activities of one house in a partnership, as facts beside what the house writes about it."""

from collections.abc import Iterable

from ministries.models import Ministry
from partnerships.records.activities.costs import Cost, costs_of, sums_by_bearer, with_cost_lines
from partnerships.records.activities.models import Activity
from partnerships.register.partners.facts import Fact, FactGroup, origin_of
from partnerships.register.partners.partnerships import Partnership
from ui.dates import euro

SHOWN = 12


def activity_facts(partnership: Partnership, house: Ministry) -> list[FactGroup]:
    """One query. A fact sheet travels with the statement: only what every house may read is on it."""
    shared = Activity.objects.open_to_all(besides=partnership).in_use()
    own = shared.filter(ministry=house, partnerships=partnership)
    named = own.select_related("ministry", "house_then").order_by("-starts_on", "-pk")
    rows = list(with_cost_lines(named)[:SHOWN])
    costs = [cost for row in rows for cost in costs_of(row)]
    return [
        FactGroup(f"Aktivitäten ({house.abbreviation})", [_fact(row) for row in rows]),
        FactGroup("Kosten dieser Aktivitäten nach Träger", _sums(costs)),
    ]


def _fact(row: Activity) -> Fact:
    then = row.house_then_words
    details = (
        *(row.get_kind_display(), row.get_state_display(), row.get_level_display(), row.place),
        then and f"damals: {then}",
    )
    return Fact(
        row.period_words,
        row.title,
        origin_of(row) if row.source else None,
        detail=" · ".join(word for word in details if word),
    )


def _sums(costs: Iterable[Cost]) -> list[Fact]:
    return [
        Fact(
            sums.bearer,
            "; ".join(
                f"{word} {euro(value)}"
                for word, value in (("geplant", sums.planned), ("tatsächlich", sums.actual))
                if value is not None
            ),
        )
        for sums in sums_by_bearer(costs)
    ]
