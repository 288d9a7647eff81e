"""What the apps offer to the pages that look at everything: desk, search, need for action.

Each app registers its sources in `<app>/sources.py`, found at start-up; the dashboards read them.
A source starts at `visible_to(user)`, like every other read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import QuerySet

if TYPE_CHECKING:
    from ministries.accounts.users import User


class Urgency(StrEnum):
    # Written by others, who cannot go on: before everything one writes oneself.
    TO_RELEASE = "zur Freigabe"
    OVERDUE = "überfällig"
    THIS_WEEK = "diese Woche"
    LATER = "später"


@dataclass(frozen=True)
class DeskButton:
    """Done with one click, without leaving the desk."""

    label: str
    url: str
    version: int
    step: str = ""


@dataclass(frozen=True)
class DeskLink:
    label: str
    url: str


@dataclass(frozen=True)
class DeskItem:
    """One thing somebody owes: "Stellungnahme vorlegen · Flandern · bis 15.12. · SK"."""

    verb: str
    object_label: str
    partnership_name: str
    due_on: date | None
    # Empty where the register itself shows that something is due.
    asked_by: str
    url: str
    # A remark in one line, e.g. "zurückgegeben", "angefangen".
    note: str = ""
    buttons: tuple[DeskButton, ...] = ()
    is_release: bool = False
    # Where this and others can be done together.
    together: DeskLink | None = None

    def urgency(self, today: date) -> Urgency:
        """The week ends on Sunday."""
        if self.is_release:
            return Urgency.TO_RELEASE
        if self.due_on is None:
            return Urgency.LATER
        if self.due_on < today:
            return Urgency.OVERDUE
        sunday = today + timedelta(days=6 - today.weekday())
        return Urgency.THIS_WEEK if self.due_on <= sunday else Urgency.LATER


@dataclass(frozen=True)
class SearchRow:
    title: str
    url: str
    subtitle: str = ""
    # Language of a foreign title, for the `lang` attribute.
    lang: str = ""


@dataclass(frozen=True)
class SearchGroup:
    """The first hits of one kind; `total` counts all of them, `url` leads to them."""

    title: str
    total: int
    rows: list[SearchRow] = field(default_factory=list)
    url: str = ""


@dataclass(frozen=True)
class AttentionItem:
    """Handlungsbedarf: a sentence, who acts, and the page that shows exactly this.

    The heaviest three are shown: 90 something has run out, 70 a deadline has passed,
    50 something is missing, 30 something comes up.
    """

    sentence: str
    who_acts: str
    url: str
    weight: int = 50


DeskList: TypeAlias = Callable[["User", date], list[DeskItem]]
DeskRows: TypeAlias = Callable[["User", date], Sequence[QuerySet[Any]]]
Search: TypeAlias = Callable[["User", str], SearchGroup]
Searches: TypeAlias = Callable[["User", str], list[SearchGroup]]
Attention: TypeAlias = Callable[["User", date], list[AttentionItem]]


@dataclass(frozen=True)
class DeskSource:
    """`rows` are the querysets behind the items, one row an item.

    The navigation counts all of them, of all sources, in a single query. `position` orders what
    is equally urgent.
    """

    items: DeskList
    rows: DeskRows
    position: int = 0


@dataclass(frozen=True)
class OwnData:
    """What an app keeps about a person: pairs of a moment and a text, the newest first."""

    title: str
    rows: Callable[["User"], QuerySet[Any]]
    kept: str


@dataclass(frozen=True)
class AccountLink:
    """An action of the account page, for who holds the permission."""

    label: str
    url_name: str
    permission: str


OWN_DATA: list[OwnData] = []
ACCOUNT_LINKS: list[AccountLink] = []
DESK_SOURCES: list[DeskSource] = []
SEARCH_SOURCES: list[tuple[int, Searches]] = []
ATTENTION_SOURCES: list[Attention] = []
# What Technik calls the jobs of the worker.
JOB_LABELS: dict[str, str] = {}


def register_desk(source: DeskSource) -> None:
    DESK_SOURCES.append(source)
    DESK_SOURCES.sort(key=lambda placed: placed.position)


def register_search(source: Search, *, position: int) -> None:
    """`source(user, text)`: the text comes stripped and not empty, as the person typed it."""
    register_searches(lambda user, text: [source(user, text)], position=position)


def register_searches(source: Searches, *, position: int) -> None:
    """For kinds that are asked together: `source` finds one group of each."""
    SEARCH_SOURCES.append((position, source))
    SEARCH_SOURCES.sort(key=lambda placed: placed[0])


def register_attention(source: Attention) -> None:
    ATTENTION_SOURCES.append(source)


def register_job(task_name: str, label: str) -> None:
    JOB_LABELS[task_name] = label


def register_account_link(link: AccountLink) -> None:
    ACCOUNT_LINKS.append(link)


def register_own_data(source: OwnData) -> None:
    OWN_DATA.append(source)
