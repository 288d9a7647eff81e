"""What a record points at is named to whoever may see it; to all others it reads as none."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Prefetch, QuerySet

if TYPE_CHECKING:
    from ministries.accounts.users import User

Row = TypeVar("Row", bound=Model)


def with_references(rows: QuerySet[Row], user: "User", *names: str) -> QuerySet[Row]:
    """The rows with these foreign keys, a hidden target left out; for reading, not for saving."""
    return rows.prefetch_related(*(Prefetch(name, _seen(rows, name, user)) for name in names))


def _seen(rows: QuerySet[Any], name: str, user: "User") -> QuerySet[Any]:
    return visible(rows.model._meta.get_field(name).related_model, user)


def visible(model: type[Model], user: "User") -> QuerySet[Any]:
    """What this person may see of a model; one without a policy is not shown at all."""
    manager = model._default_manager
    if not hasattr(manager, "visible_to"):
        raise ImproperlyConfigured(f"{model.__name__} hat keine Regel, wer es sehen darf.")
    rows: QuerySet[Any] = manager.visible_to(user)
    return rows
