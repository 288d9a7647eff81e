"""What the history keeps beside the values."""

from typing import Any


def last_event(row: Any) -> Any:
    """The latest row of the history of this record, or of one that is gone."""
    return type(row).pgh_event_model.objects.filter(pgh_obj_id=row.pk).latest("pgh_id")


def last_reason(row: Any) -> str:
    return (last_event(row).pgh_context or {}).get("reason", "")
