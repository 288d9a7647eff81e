"""The columns of Zusagen: in the list, in its file and wherever some of them are shown."""

from django.db.models import F
from django.utils.html import format_html
from django.utils.safestring import SafeString

from partnerships.records.commitments.models import Commitment
from ui import markup
from ui.columns import Column

DUE = F("due_on").asc(nulls_last=True)


def _due(row: Commitment) -> SafeString:
    due = markup.german_date(row.due_on) if row.due_on else markup.nothing("ohne Tag")
    late = markup.badge("überfällig", "danger", "clock") if row.is_late else ""
    return markup.noted(format_html("{} {}", due, late), _settled(row))


def _settled(row: Commitment) -> str:
    if not row.settled_on:
        return ""
    return format_html("{} am {}", row.get_outcome_display(), markup.german_date(row.settled_on))


COLUMNS: list[Column[Commitment]] = [
    Column("title", "Zusage", sort=["title"]),
    Column("partnership", "Partnerschaft", "partnership.name", ["partnership__sort_key", DUE]),
    Column("owed_by_side", "Wer hat zugesagt?", lambda row: row.get_owed_by_side_display()),
    Column("side", "Wer", sort=["owed_by_side", DUE], cell=lambda row: row.get_owed_by_side_display(), in_file=False),
    Column("due", "Fällig", "due_on", [DUE], _due),
    Column("source_passage", "Fundstelle, Wortlaut"),
    Column("house", "Ressort", "ministry.abbreviation", ["ministry__sort_order", DUE], markup.house),
    Column("outcome", "Ergebnis", lambda row: row.get_outcome_display()),
    Column("settled_on", "Erledigt"),
]  # fmt: skip
