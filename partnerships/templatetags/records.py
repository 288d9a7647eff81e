"""`{% load records %}`: what the page of a record needs to know of the person who looks at it."""

from typing import Any

from django import template

from partnerships.records.commitments.columns import COLUMNS
from partnerships.records.commitments.models import Commitment
from partnerships.records.follow_ups.models import FollowUp
from partnerships.records.shared.acts import RecordAct, acts_on
from ui.columns import chosen

register = template.Library()


@register.inclusion_tag("ui/_table.html")
def commitment_table(rows: list[Commitment], labelled_by: str) -> dict[str, Any]:
    """Those of one partnership."""
    columns = chosen(COLUMNS, ("title", "side", "due", "house"))
    return {"rows": rows, "columns": columns, "labelled_by": labelled_by}


@register.simple_tag(takes_context=True)
def record_acts(context: template.Context, record: Any) -> list[RecordAct]:
    return acts_on(record, context["request"].user)


@register.simple_tag(takes_context=True)
def open_follow_ups(context: template.Context, record: Any) -> list[Any]:
    """The Wiedervorlagen of a record that the person who looks at it has open; one query."""
    user = context["request"].user
    if not user.has_perm("partnerships.add_follow_up"):
        return []
    found = FollowUp.objects.about(record, user).open().select_related("assigned_to")
    rows: list[Any] = list(found.order_by("due_on", "pk"))
    for row in rows:
        row.may_write = user.has_perm("partnerships.write_follow_up", row)
    return rows
