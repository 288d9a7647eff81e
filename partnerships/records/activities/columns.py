"""The columns of the list of activities; of what is kept back only the outline is told."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Sum
from django.db.models.functions import JSONObject
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from partnerships.records.activities.levels import NOT_RECORDED
from partnerships.records.activities.models import Activity
from partnerships.records.activities.parts import CostLine
from partnerships.register.partners.country_names import country_name
from partnerships.register.partners.list_rows import partnership_lines
from ui import markup
from ui.columns import Column

Told: TypeAlias = Callable[[Activity], Any]


def with_costs(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Adds `cost_sums`: planned and actual sums of each kind of bearer."""
    lines = CostLine.objects.filter(activity=OuterRef("pk")).order_by().values("bearer")
    sums = lines.annotate(all_planned=Sum("planned"), all_actual=Sum("actual"))
    told = JSONObject(bearer="bearer", planned="all_planned", actual="all_actual")
    return rows.annotate(cost_sums=ArraySubquery(sums.values(told=told)))


def _own(value: Told) -> Told:
    """Empty where only the outline may be known."""
    return lambda row: "" if row.is_outline else value(row)


def _cost(bearer: str, kind: str) -> Told:
    def value(row: Any) -> Decimal | str:
        sums = [one[kind] for one in row.cost_sums if one["bearer"] == bearer]
        return Decimal(str(sums[0])) if sums and sums[0] is not None else ""

    return _own(value)


def _names(links: list[dict[str, str]], name: str = "name") -> str:
    return ", ".join(link[name] for link in links)


def _told(cell: Told) -> Told:
    return lambda row: markup.nothing("nicht mitgeteilt") if row.is_outline else cell(row)


def _title(row: Activity) -> SafeString:
    if row.is_outline:
        return markup.noted(row.outline_title, "nur Zeitraum und Region")
    doubt = "unbestätigt" if row.awaits_confirmation else ""
    link = markup.row_link(row.get_absolute_url(), row.title)
    return markup.noted(link, _circle(row), row.place, doubt)


def _circle(row: Activity) -> str:
    if row.is_confidential:
        return "vertraulich"
    return "nur das Haus" if row.visibility == "house" else ""


def _state(row: Activity) -> str:
    return render_to_string("partnerships/_activity_state.html", {"activity": row})


def _level(row: Activity) -> str:
    return row.get_level_display() or markup.nothing(NOT_RECORDED)


def _houses(row: Activity) -> SafeString:
    if row.is_outline:
        return markup.house(row)
    others, then = _names(row.house_links, "abbreviation"), row.house_then_words
    return markup.noted(markup.house(row), then and f"damals: {then}", others and f"mit {others}")


def _partners(row: Activity) -> SafeString:
    countries = [markup.line(country_name(code)) for code in row.countries]
    return markup.lines([*partnership_lines(row.partnership_links), *countries], "keine")


# What is kept back has no place of its own in an order by what is kept back.
COLUMNS: list[Column[Activity]] = [
    Column("title", "Aktivität", lambda row: row.outline_title if row.is_outline else row.title,
           ["is_outline", "told_title", "starts_on"], _title),
    Column("period", "Zeitraum", "period_words", ["starts_on"]),
    Column("starts_on", "Beginn"),
    Column("last_day", "Ende"),
    Column("kind", "Art", _own(lambda row: row.get_kind_display()), ["is_outline", "told_kind", "starts_on"],
           _told(lambda row: row.get_kind_display())),
    Column("state", "Stand", _own(lambda row: row.get_state_display()), ["is_outline", "told_state", "starts_on"],
           _told(_state)),
    Column("level", "Kontaktebene", _own(lambda row: row.get_level_display()),
           ["is_outline", "told_level", "starts_on"], _told(_level)),
    Column("house", "Ressort", "ministry.abbreviation", ["ministry__sort_order", "starts_on"], _houses),
    Column("house_then", "Damaliges Ressort", _own(lambda row: row.house_then_words)),
    Column("participating", "Beteiligte Ressorts", _own(lambda r: _names(r.house_links, "abbreviation"))),
    Column("partnerships", "Partnerschaften", lambda row: _names(row.partnership_links), cell=_partners),
    Column("countries", "Weitere Staaten", lambda row: ", ".join(map(country_name, row.countries))),
    Column("areas", "Fachgebiete", _own(lambda row: ", ".join(row.area_names))),
    Column("place", "Ort", _own(lambda row: row.place)),
    Column("leader", "Leitung", _own(lambda row: row.leader)),
    Column("aims", "Ziele", _own(lambda row: row.aims)),
    Column("results", "Ergebnisse", _own(lambda row: row.results)),
    Column("source", "Quelle", _own(lambda row: row.source)),
    Column("confirmed", "Bestätigt", _own(lambda row: "unbestätigt" if row.awaits_confirmation else "")),
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
]  # fmt: skip
ON_PAGE = ("title", "period", "kind", "state", "level", "house", "partnerships")
