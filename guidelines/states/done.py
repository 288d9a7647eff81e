"""What went well and what did not, where somebody acts on several at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import transaction

from ui.errors import Conflict, Refusal

Acted = TypeVar("Acted")


@dataclass
class Done(Generic[Acted]):
    """`refused` says of each why."""

    acted: list[Acted] = field(default_factory=list)
    refused: list[tuple[Acted, str]] = field(default_factory=list)

    def attempt(self, one: Acted, act: Callable[[], object]) -> bool:
        """Where nothing is written yet: what is refused leaves nothing to take back."""
        try:
            act()
        except (Refusal, Conflict) as problem:
            self.refused.append((one, str(problem)))
            return False
        self.acted.append(one)
        return True


def attempt(done: Done[Acted], one: Acted, act: Callable[[], object]) -> bool:
    """In a transaction of its own: what is refused leaves the others as they are."""
    return done.attempt(one, transaction.atomic(act))
