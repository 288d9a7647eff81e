"""The columns of Wiedervorlagen: in the list, in its file and on the tab of a partnership."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from partnerships.records.follow_ups.models import SUBJECTS, FollowUp
from ui import markup
from ui.columns import Column


def about(follow_up: FollowUp) -> str:
    """ "zum Vermerk": which kind of record it is about, without a look at the record."""
    for name in SUBJECTS:
        if getattr(follow_up, f"{name}_id"):
            return str(FollowUp._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return ""


def _text(row: FollowUp) -> SafeString:
    is_open = row.may_write and not row.done_at
    url = reverse("partnerships:follow-up", args=[row.pk])
    return markup.noted(markup.link(url, row.text) if is_open else row.text, about(row))


def _partnership(row: FollowUp) -> SafeString:
    return markup.link(row.get_absolute_url(), row.partnership.name)


def _due(row: FollowUp) -> SafeString:
    late = markup.badge("überfällig", "danger", "clock") if row.is_late else ""
    done = row.done_at and format_html("erledigt am {}", markup.german_date(row.done_at))
    return markup.noted(format_html("{} {}", markup.german_date(row.due_on), late), done)


def _for(row: FollowUp) -> Any:
    return row.assigned_to or "das ganze Haus"


def _person(row: FollowUp) -> SafeString:
    return markup.noted(_for(row), markup.house(row))


COLUMNS: list[Column[FollowUp]] = [
    Column("text", "Anlass", sort=["text"], cell=_text),
    Column("partnership", "Partnerschaft", "partnership.name", ["partnership__sort_key", "due_on"], _partnership),
    Column("about", "Zu", about),
    Column("due", "Fällig", "due_on", ["due_on"], _due),
    Column("person", "Für", _for, ["assigned_to__name", "due_on"], _person),
    Column("house", "Ressort", "ministry.abbreviation"),
    Column("done_at", "Erledigt"),
    Column("act", "Ein Klick", template="partnerships/_follow_up_acts.html", in_file=False),
]  # fmt: skip
