"""One search over everything a person may read."""

from dataclasses import dataclass

from ministries.models import User
from ui.offers import SEARCH_SOURCES, SearchGroup

SHORTEST = 2
LONGEST = 100


@dataclass(frozen=True)
class Results:
    groups: list[SearchGroup]

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)


def search_everything(user: User, text: str) -> Results:
    groups = [group for _, source in SEARCH_SOURCES for group in source(user, text)]
    return Results([group for group in groups if group.total])
