"""The columns of the list of activities; of what is kept back only the outline is told."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Sum
from django.db.models.functions import JSONObject

from partnerships.records.activities.parts import CostLine


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


COLUMNS: list[tuple[str, str, Callable[[Any], Any]]] = [
    ("title", "Aktivität", lambda row: row.outline_title if row.is_outline else row.title),
    ("period", "Zeitraum", lambda row: row.period_words),
    ("starts", "Beginn", lambda row: row.starts_on),
    ("ends", "Ende", lambda row: row.last_day),
    ("kind", "Art", _own(lambda row: row.get_kind_display())),
    ("state", "Stand", _own(lambda row: row.get_state_display())),
    ("house", "Ressort", lambda row: row.ministry.abbreviation),
    ("participating", "Beteiligte Ressorts", _own(lambda r: _names(r.house_links, "abbreviation"))),
    ("partnerships", "Partnerschaften", lambda row: _names(row.partnership_links)),
    ("countries", "Weitere Staaten", lambda row: ", ".join(str(c.name) for c in row.countries)),
    ("areas", "Fachgebiete", _own(lambda row: ", ".join(row.area_names))),
    ("place", "Ort", _own(lambda row: row.place)),
    ("leader", "Leitung", _own(lambda row: row.leader)),
    ("aims", "Ziele", _own(lambda row: row.aims)),
    ("results", "Ergebnisse", _own(lambda row: row.results)),
    ("visibility", "Wer sieht das?", lambda row: row.get_visibility_display()),
    ("reference", "Aktenzeichen", _own(lambda row: row.file_reference)),
    ("number", "Nr.", _own(lambda row: row.pk)),
    *(
        (f"{bearer.value}_{kind}", f"{bearer.label}: {words} (Euro)", _cost(bearer.value, kind))
        for bearer in CostLine.Bearer
        for kind, words in (("planned", "geplant"), ("actual", "tatsächlich"))
    ),
]
