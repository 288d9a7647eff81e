"""What went well and what did not, where somebody acts on several at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import transaction

from guidelines.queries.models import Written
from ui.errors import Conflict, Refusal

Acted = TypeVar("Acted", bound=Written)


@dataclass
class Done(Generic[Acted]):
    """`refused` says of each why."""

    statements: list[Acted] = field(default_factory=list)
    refused: list[tuple[Acted, str]] = field(default_factory=list)


def attempt(done: Done[Acted], written: Acted, act: Callable[[], object]) -> bool:
    """In a transaction of its own: what is refused leaves the others as they are."""
    try:
        with transaction.atomic():
            act()
    except (Refusal, Conflict) as problem:
        done.refused.append((written, str(problem)))
        return False
    done.statements.append(written)
    return True
