"""What somebody asks of a dossier, and for whom it is made."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ministries.models import User
from partnerships.models import Activity, Partnership


class Edition(StrEnum):
    """For whom a dossier is made."""

    INTERNAL = "intern"
    TO_TAKE_ALONG = "mitnahme"

    @property
    def label(self) -> str:
        return {"intern": "intern", "mitnahme": "zur Mitnahme"}[self.value]


@dataclass(frozen=True)
class Asked:
    """`months` is the age from which a statement counts as old; `activity` the occasion."""

    partnership: Partnership
    user: User
    day: date
    edition: Edition
    activity: Activity | None = None
    months: int = 12

    @property
    def is_internal(self) -> bool:
        return self.edition == Edition.INTERNAL
