"""What the page of a partnership is made of; higher apps add their part in `<app>/sources.py`.

    register_tab(Tab("checks", "Leitlinien-Checks", "guidelines:of_partnership", count=checks_of))
    register_next_steps(next_steps)

`count(user, day)` is an expression on `Partnership` and becomes part of the one query that finds
it. A view of such a tab starts with `find_partnership` and renders a template that extends
`partnerships/partnership_page.html` with the context of `page_context`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse

from ministries.kept import instance_of, kept
from ministries.models import User
from partnerships.register.partners.partnerships import Partnership

CountOf: TypeAlias = Callable[[User, date], Combinable]


@dataclass(frozen=True)
class Tab:
    """`url_name` takes the partnership's slug; `is_further` puts it under "Weitere"."""

    key: str
    label: str
    url_name: str
    position: int = 50
    count: CountOf | None = None
    is_further: bool = False


@dataclass(frozen=True)
class NextStep:
    """Something due or missing: tone `danger` has run out, `warning` is missing, `info` comes up."""

    sentence: str
    who_acts: str = ""
    due_on: date | None = None
    url: str = ""
    link_label: str = ""
    tone: str = "info"


@dataclass(frozen=True)
class TabLink:
    label: str
    url: str
    active: bool
    count: int | None = None


NextSteps: TypeAlias = Callable[[Partnership, User, date], list[NextStep]]


@dataclass(frozen=True)
class PageAction:
    """A link beside the name, for everybody who sees the page; `url_name` takes the slug."""

    label: str
    url_name: str


TABS: list[Tab] = []
PAGE_ACTIONS: list[PageAction] = []
NEXT_STEPS: list[NextSteps] = []
_TONES = ("danger", "warning", "info")


def register_tab(tab: Tab) -> None:
    TABS.append(tab)


def register_page_action(action: PageAction) -> None:
    PAGE_ACTIONS.append(action)


def register_next_steps(source: NextSteps) -> None:
    """`source(partnership, user, day)`: at most one query, the page has a budget."""
    NEXT_STEPS.append(source)


def count_of(rows: QuerySet[Any], field: str = "partnership") -> Combinable:
    """How many of `rows` belong to a partnership, as an expression for `Tab.count`."""
    own = rows.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), Value(0))


def find_partnership(user: User, slug: str, day: date) -> Partnership:
    """The partnership with its standing and the counts of its tabs, or 404."""
    found = _with_counts(user, day, tuple(TABS)).where("kept.slug = %s", slug).first()
    if found is None:
        raise Http404
    return instance_of(Partnership, found)


@kept
def _with_counts(user: User, day: date, tabs: tuple[Tab, ...]) -> QuerySet[Partnership]:
    counts = {f"{tab.key}_count": tab.count(user, day) for tab in tabs if tab.count}
    visible = Partnership.objects.visible_to(user).with_standing(user, day).order_by()
    return visible.with_status_details(user, day).annotate(**counts)


def page_context(partnership: Partnership, user: User, day: date, *, active: str) -> dict[str, Any]:
    """What `partnerships/partnership_page.html` needs; `active` is the key of the tab shown."""
    links = [(tab, _link(tab, partnership, active)) for tab in sorted(TABS, key=_position)]
    steps = [step for source in NEXT_STEPS for step in source(partnership, user, day)]
    return {
        "partnership": partnership,
        "title": partnership.name,
        "today": day,
        "tab_links": [link for tab, link in links if not tab.is_further],
        "further_links": [link for tab, link in links if tab.is_further],
        "page_actions": [
            (action.label, reverse(action.url_name, args=[partnership.slug]))
            for action in PAGE_ACTIONS
        ],
        "next_steps": sorted(steps, key=lambda step: _TONES.index(step.tone)),
        "has_quiet_steps": any(step.tone != "danger" for step in steps),
        "may_add_records": user.has_perm("partnerships.add_record"),
        "maintains": user.has_perm("partnerships.maintain_register"),
    }


def _position(tab: Tab) -> int:
    return tab.position


def _link(tab: Tab, partnership: Partnership, active: str) -> TabLink:
    count = getattr(partnership, f"{tab.key}_count") if tab.count else None
    url = reverse(tab.url_name, args=[partnership.slug])
    return TabLink(tab.label, url, tab.key == active, count)
