"""The columns of the list of activities; of what is kept back only the outline is told."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Sum
from django.db.models.functions import JSONObject

from partnerships.records.activities.parts import CostLine
from ui.columns import Column


def with_costs(rows: Any) -> Any:
    """Adds `cost_sums`: planned and actual sums of each kind of bearer."""
    lines = CostLine.objects.filter(activity=OuterRef("pk")).order_by().values("bearer")
    sums = lines.annotate(all_planned=Sum("planned"), all_actual=Sum("actual"))
    told = JSONObject(bearer="bearer", planned="all_planned", actual="all_actual")
    return rows.annotate(cost_sums=ArraySubquery(sums.values(told=told)))


def _own(value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Empty where only the outline may be known."""
    return lambda row: "" if row.is_outline else value(row)


def _cost(bearer: str, kind: str) -> Callable[[Any], Any]:
    def value(row: Any) -> Any:
        sums = [one[kind] for one in row.cost_sums if one["bearer"] == bearer]
        return Decimal(str(sums[0])) if sums and sums[0] is not None else ""

    return _own(value)


def _names(links: list[dict[str, str]], name: str = "name") -> str:
    return ", ".join(link[name] for link in links)


# What is kept back has no place of its own in an order by what is kept back.
COLUMNS = [
    Column(
        "title",
        "Aktivität",
        lambda row: row.outline_title if row.is_outline else row.title,
        ["is_outline", "told_title", "starts_on"],
    ),
    Column("period", "Zeitraum", "period_words", ["starts_on"]),
    Column("starts_on", "Beginn"),
    Column("last_day", "Ende"),
    Column(
        "kind",
        "Art",
        _own(lambda row: row.get_kind_display()),
        ["is_outline", "told_kind", "starts_on"],
    ),
    Column(
        "state",
        "Stand",
        _own(lambda row: row.get_state_display()),
        ["is_outline", "told_state", "starts_on"],
    ),
    Column("house", "Ressort", "ministry.abbreviation", ["ministry__sort_order", "starts_on"]),
    Column(
        "participating",
        "Beteiligte Ressorts",
        _own(lambda r: _names(r.house_links, "abbreviation")),
    ),
    Column("partnerships", "Partnerschaften", lambda row: _names(row.partnership_links)),
    Column(
        "countries", "Weitere Staaten", lambda row: ", ".join(str(c.name) for c in row.countries)
    ),
    Column("areas", "Fachgebiete", _own(lambda row: ", ".join(row.area_names))),
    Column("place", "Ort", _own(lambda row: row.place)),
    Column("leader", "Leitung", _own(lambda row: row.leader)),
    Column("aims", "Ziele", _own(lambda row: row.aims)),
    Column("results", "Ergebnisse", _own(lambda row: row.results)),
    Column("visibility", "Wer sieht das?", lambda row: row.get_visibility_display()),
    Column("reference", "Aktenzeichen", _own(lambda row: row.file_reference)),
    Column("number", "Nr.", _own(lambda row: row.pk)),
    *(
        Column(
            f"{bearer.value}_{kind}", f"{bearer.label}: {words} (Euro)", _cost(bearer.value, kind)
        )
        for bearer in CostLine.Bearer
        for kind, words in (("planned", "geplant"), ("actual", "tatsächlich"))
    ),
]
