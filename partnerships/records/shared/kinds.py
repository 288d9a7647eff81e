"""The kinds of records of the houses: each room declares its own, `partnerships/kinds.py` names all.

What lies above them, like a section of the dossier, goes by the slug of the kind.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from ministries.accounts.users import User
from partnerships.imports import registry
from partnerships.imports.kinds import ImportKind
from partnerships.records.shared.models import Owned
from partnerships.register.partners.page import Tab, count_of, register_tab
from ui.offers import DeskSource, Search, register_desk, register_search


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of record, as the pages that show all kinds know it."""

    model: type[Owned]
    # Stands for the kind in addresses.
    slug: str
    # On the page of a partnership; it counts what is in use, or the rows of `counted`.
    tab: Tab
    counted: Callable[[User, date], QuerySet[Any]] | None = None
    # The field that leads to the partnership.
    about: str = "partnership"
    desk: DeskSource | None = None
    search: tuple[int, Search] | None = None
    # Found by its name in one query with others of this sort: heading, list.
    found_as: tuple[str, str] | None = None
    importer: type[ImportKind] | None = None
    # What hangs on a record: told to its own house, or to all who see the record.
    parts: tuple[type[Model], ...] = ()
    open_parts: tuple[type[Model], ...] = ()
    # Proxies of its join tables, with `owner` and `told_as`.
    links: tuple[Any, ...] = ()

    def rows(self, user: User, day: date) -> QuerySet[Any]:
        if self.counted:
            return self.counted(user, day)
        return self.model.every().visible_to(user).in_use()

    def owner_in(self, part: type[Model]) -> str:
        """The field of a part or link that leads to the record."""
        fields = part._meta.concrete_fields
        return next(f.name for f in fields if f.is_relation and f.related_model is self.model)


KINDS: dict[str, Kind] = {}


def offer(*kinds: Kind) -> None:
    """In the order in which pages name them."""
    for kind in kinds:
        KINDS[kind.slug] = kind
        register_tab(counting(kind.tab, kind.rows, kind.about))
        if kind.desk:
            register_desk(kind.desk)
        if kind.search:
            register_search(kind.search[1], position=kind.search[0])
        if kind.importer:
            registry.offer(kind.importer)


def counting(
    tab: Tab, rows: Callable[[User, date], QuerySet[Any]], about: str = "partnership"
) -> Tab:
    return replace(tab, count=lambda user, day: count_of(rows(user, day), about))


def kind_of(record: Owned) -> str:
    return next(slug for slug, kind in KINDS.items() if kind.model is type(record))
