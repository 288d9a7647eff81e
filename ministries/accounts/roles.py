"""What a person does in a house, and in which function somebody acts today."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db import models


class Role(models.TextChoices):
    """What a person does in a house; the help says it to those who appoint."""

    COORDINATOR = "coordinator", "Koordinierung (Staatskanzlei)"
    OFFICER = "officer", "Bearbeitung (Ressort)"
    HEAD = "head", "Freigabe (Ressort)"
    MANAGER = "manager", "Leitung"
    AUDITOR = "auditor", "Revision"
    ADMINISTRATOR = "administrator", "Technik"


DEPUTY = " i. V."
CAPACITY = ("role", "ministry", "ministry__abbreviation", "is_chief", "deputy_for")


def functions_in(house: str) -> list[str]:
    """As the history keeps them: "officer SMWK", "officer i. V. SMWK"."""
    return [f"{role}{deputy} {house}" for role in Role.values for deputy in ("", DEPUTY)]


@dataclass(frozen=True)
class Capacity:
    """In which function, and for which house, somebody acts today."""

    role: Role
    ministry_id: int
    ministry_abbreviation: str
    is_chief: bool = False
    is_deputy: bool = False

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the `CAPACITY` columns of an appointment."""
        role, ministry, abbreviation, is_chief, deputy_for = (row[name] for name in CAPACITY)
        return cls(Role(role), ministry, abbreviation, is_chief, deputy_for is not None)

    @property
    def code(self) -> str:
        """What the history keeps: "head i. V. SMWK"."""
        deputy = DEPUTY if self.is_deputy else ""
        return f"{self.role}{deputy} {self.ministry_abbreviation}"

    @property
    def label(self) -> str:
        if self.is_chief:
            return "Chef der Staatskanzlei"
        text = f"{self.role.label}, {self.ministry_abbreviation}"
        return f"{text} (i. V.)" if self.is_deputy else text
