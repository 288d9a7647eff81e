"""Every change leaves a row in an event table, written by the database itself."""

from typing import Any

import pghistory


def track(*, exclude: list[str] | None = None) -> Any:
    """Class decorator: insert, update and delete of the model are recorded field by field.

    Personal fields of people outside the house belong into `exclude`.
    """
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=exclude,
    )


def track_links() -> Any:
    """For a proxy of the join table of a many-to-many field: links made and cut are recorded."""
    return pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
