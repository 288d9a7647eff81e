"""Which contacts may be the same person: what the form asks of one, asked of every row of a file.

In memory and in step with `resembling_contacts`, which a test compares; a query for each of five
thousand rows would be slow, and it would not know the rows above in the same file.
"""

import re
from collections import Counter, defaultdict

from partnerships.records.contacts.actions import ALIKE

MOST_NAMED = 3


class Lookalikes:
    """Contacts by address, and by partnership and name."""

    def __init__(self) -> None:
        self._titles: list[str] = []
        self._sizes: list[int] = []
        self._by_email: dict[str, list[int]] = defaultdict(list)
        self._by_trigram: dict[tuple[int | None, str], list[int]] = defaultdict(list)

    def add(self, title: str, *, name: str, email: str, partnership: int | None) -> None:
        number, parts = len(self._titles), trigrams(name)
        self._titles.append(title)
        self._sizes.append(len(parts))
        if email:
            self._by_email[email.upper()].append(number)
        for part in parts:
            self._by_trigram[partnership, part].append(number)

    def of(self, *, name: str, email: str, partnership: int | None) -> list[str]:
        """At most three: the same address, or nearly the same name at the same partnership."""
        parts = trigrams(name)
        shared: Counter[int] = Counter()
        for part in parts:
            shared.update(self._by_trigram.get((partnership, part), ()))
        alike = {
            number
            for number, common in shared.items()
            if common / (len(parts) + self._sizes[number] - common) >= ALIKE
        }
        alike |= set(self._by_email.get(email.upper(), ())) if email else set()
        return [self._titles[number] for number in sorted(alike)[:MOST_NAMED]]


def trigrams(text: str) -> set[str]:
    """As the database takes a text apart."""
    words = (f"  {word} " for word in re.findall(r"[^\W_]+", text.lower()))
    return {word[start : start + 3] for word in words for start in range(len(word) - 2)}
