"""The columns of Arbeitsgruppen: in the list, in its file and on the tab of a partnership."""

from django.db.models import F
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from partnerships.records.working_groups.models import WorkingGroup
from ui import markup
from ui.columns import Column

NEXT = F("next_on").asc(nulls_last=True)


def _name(row: WorkingGroup) -> SafeString:
    above = f"Unterarbeitsgruppe von {row.parent.name}" if row.parent else ""
    return markup.noted(markup.row_link(row.get_absolute_url(), row.name), above)


def _next(row: WorkingGroup) -> str:
    return render_to_string("partnerships/_next_session.html", {"group": row})


COLUMNS: list[Column[WorkingGroup]] = [
    Column("name", "Arbeitsgruppe", sort=["name"], cell=_name),
    Column("partnership", "Partnerschaft", "partnership.name", ["partnership__sort_key", "name"]),
    Column("parent", "Unterarbeitsgruppe von", lambda row: row.parent.name if row.parent else ""),
    Column("cadence_months", "tagt alle … Monate"),
    Column("chairs", "Vorsitz (Funktionen)"),
    Column("last", "Letzte Sitzung", "last_held_on", [F("last_held_on").desc(nulls_last=True), "name"]),
    Column("planned_on", "Geplante Sitzung"),
    Column("next", "Nächste Sitzung", "next_on", [NEXT, "name"], _next),
    Column("house", "Ressort", "ministry.abbreviation", ["ministry__sort_order", NEXT], markup.house),
]  # fmt: skip
