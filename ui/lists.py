"""The state of a list page, read from the query string once and shown in many places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.forms.utils import ErrorList
from django.http import QueryDict

from ui.columns import Column
from ui.day_fields import UNCLEAR
from ui.filters import FilterSet, shown_values

Sorts = Mapping[str, Sequence[Any]]
LONGEST_VALUE = 500


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter; `url` is the list without it."""

    name: str
    label: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A segment such as „Mein Ressort | Alle“."""

    label: str
    url: str
    active: bool
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything the templates of a list need; `rows` are those of the shown page."""

    page: Page[Any]
    sort: str
    descending: bool
    default_sort: str
    noun: tuple[str, str]
    chips: Sequence[Chip] = ()
    ignored: Sequence[str] = ()
    scopes: Sequence[Scope] = ()
    primary: Sequence[Any] = ()
    further: Sequence[Any] = ()
    further_active: int = 0
    columns: Sequence[Column] = ()

    @property
    def rows(self) -> Any:
        return self.page.object_list

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def chosen_sort(self) -> str:
        """The sort as the address names it, empty for the default."""
        named = f"-{self.sort}" if self.descending else self.sort
        return "" if named == self.default_sort else named

    @property
    def word(self) -> str:
        return self.noun[0] if self.count == 1 else self.noun[1]


def chosen_sort(sorts: Sorts, wanted: str, default: str) -> tuple[str, bool]:
    """A declared key and whether it descends ("-key"); anything else means the default."""
    key = wanted if wanted.removeprefix("-") in sorts else default
    name = key.removeprefix("-")
    return (name, key.startswith("-")) if name in sorts else ("", False)


def sorted_by(queryset: QuerySet[Any], sorts: Sorts, sort: str, descending: bool) -> QuerySet[Any]:
    if not sort:
        return queryset
    order = [_turned(one) if descending else one for one in sorts[sort]]
    return queryset.order_by(*order, "pk")


def page_of(queryset: QuerySet[Any], number: str, per_page: int, count: int) -> Page[Any]:
    """The wanted page; garbage means the first, too high a number the last."""
    paginator = Paginator(queryset, per_page)
    paginator.count = count
    return paginator.get_page(number[:9] if number.isascii() and number.isdigit() else 1)


def clean_query(data: QueryDict, known: Sequence[str]) -> QueryDict:
    """Only known, non-empty, not absurdly long parameters: what links are built from."""
    kept = QueryDict(mutable=True)
    for key in (*known, "sort"):
        values = [
            value for value in data.getlist(key) if value.strip() and len(value) <= LONGEST_VALUE
        ]
        if values:
            kept.setlist(key, values)
    return kept


def url_with(path: str, query: QueryDict) -> str:
    encoded = query.urlencode()
    return f"{path}?{encoded}" if encoded else path


def chips_of(
    filterset: FilterSet, path: str, query: QueryDict, hidden: Sequence[str] = ()
) -> list[Chip]:
    chips = []
    for name, value in getattr(filterset.form, "cleaned_data", {}).items():
        if name in hidden or name not in query:
            continue
        bound = filterset.form[name]
        for raw, words in shown_values(bound, value):
            url = url_with(path, _without(query, name, raw))
            chips.append(Chip(name, str(bound.label), words, url))
    return chips


def ignored_of(filterset: FilterSet) -> list[str]:
    """Sentences about values of the query string that no filter knows."""
    form = filterset.form
    return [
        _ignored(form[name].label, form.errors[name]) for name in form.errors if name in form.fields
    ]


def _ignored(label: str, errors: ErrorList) -> str:
    if errors.as_data()[0].code == UNCLEAR:
        return f"Der Filter „{label}“ wurde nicht angewendet: {errors[0]}"
    return f"Der Filter „{label}“ enthält einen unbekannten Wert und wurde nicht angewendet."


def _without(query: QueryDict, name: str, raw: str) -> QueryDict:
    rest = query.copy()
    values = [value for value in query.getlist(name) if value != raw]
    if len(values) == len(query.getlist(name)):
        values = []
    rest.setlist(name, values) if values else rest.pop(name, None)
    return rest


def _turned(order: Any) -> Any:
    if isinstance(order, OrderBy):
        turned = order.copy()
        turned.reverse_ordering()
        return turned
    if isinstance(order, str):
        return order.removeprefix("-") if order.startswith("-") else f"-{order}"
    return order.desc() if isinstance(order, F) or hasattr(order, "desc") else order
