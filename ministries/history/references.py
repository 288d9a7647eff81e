"""What a record points at is named to whoever may see it; to all others it reads as none."""

from typing import Any

from django.db.models import Prefetch


def with_references(rows: Any, user: Any, *names: str) -> Any:
    """The rows with these foreign keys, a hidden target left out; for reading, not for saving."""
    return rows.prefetch_related(*(Prefetch(name, _seen(rows, name, user)) for name in names))


def _seen(rows: Any, name: str, user: Any) -> Any:
    return rows.model._meta.get_field(name).related_model._default_manager.visible_to(user)
