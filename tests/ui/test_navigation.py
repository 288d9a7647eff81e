"""Who sees which entry, and which one is marked as the current one."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from ui.navigation import Entry, NavigationItem, navigation_for

pytestmark = pytest.mark.urls("tests.ui.pages")

ENTRIES = (
    Entry("Liste", "probe-list", children=(Entry("Galerie", "probe-gallery"),)),
    Entry("Absturz", "probe-crash", prefixes=("/probe/regionen/7/",), count=lambda request: 3),
    Entry("Geheim", "probe-drop", predicate=lambda user: False),
    Entry("Noch nicht gebaut", "gibt-es-noch-nicht"),
)


def items(path: str) -> list[NavigationItem]:
    request: HttpRequest = RequestFactory().get(path)
    return navigation_for(request, ENTRIES)


def test_navigation_hides_what_is_not_allowed_or_not_there() -> None:
    assert [item.label for item in items("/")] == ["Liste", "Absturz"]


def test_navigation_marks_the_page_below_an_entry() -> None:
    assert [item.label for item in items("/probe/regionen/5/") if item.active] == ["Liste"]


def test_navigation_longest_prefix_wins() -> None:
    assert [item.label for item in items("/probe/regionen/7/x/") if item.active] == ["Absturz"]


def test_navigation_shows_children_of_the_current_entry_only() -> None:
    assert items("/probe/regionen/")[0].children[0].label == "Galerie"
    assert items("/probe/absturz/")[0].children == ()


def test_navigation_carries_counts() -> None:
    assert items("/")[1].count == 3


@pytest.mark.parametrize(
    ("count", "words"), [(None, ""), (0, ""), (1, "1"), (99, "99"), (100, "99+"), (2_000, "99+")]
)
def test_large_counts_are_only_told_to_be_large(count: int | None, words: str) -> None:
    assert NavigationItem("Zu erledigen", "/", count=count).count_words == words
