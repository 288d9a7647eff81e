"""The records a house can cite in a statement, and how each reads: one query for all kinds."""

from datetime import date
from typing import NamedTuple

from django.urls import reverse

from guidelines.evidence.models import CITED, LONGEST_WORDING
from partnerships.models import Activity, Agreement
from ui.dates import german_date
from ui.periods import period_words


class Target(NamedTuple):
    """A record of any kind, in the columns all of them share for one query."""

    kind: str
    pk: int
    is_own: bool
    word: str
    title: str
    first: date | None
    precision: str
    last: date | None
    reference: str
    # Whether the coordination, and whoever else will read the statement, may see it.
    is_coordinated: bool
    is_open: bool

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"

    @property
    def words(self) -> str:
        """ "Delegationsreise: Gastspiel in Gent, 12.05.2025 bis 14.05.2025, Az. 4-0123"."""
        named = f"{self._kind_words}: {self.title}"
        reference = self.reference and f"Az. {self.reference}"
        return ", ".join(filter(None, (named, self._day_words, reference)))[:LONGEST_WORDING]

    @property
    def warning(self) -> str:
        """What the author is told: those read nothing of it."""
        if not self.is_coordinated:
            return "Staatskanzlei und andere Ressorts sehen das nicht"
        return "" if self.is_open else "andere Ressorts sehen das nicht"

    @property
    def _kind_words(self) -> str:
        match self.kind:
            case "activity":
                return str(Activity.Kind(self.word).label)
            case "agreement":
                return str(Agreement.Kind(self.word).label)
        return str(CITED[self.kind]._meta.verbose_name)

    @property
    def _day_words(self) -> str:
        if self.first is None:
            return ""
        if self.kind == "commitment":
            return f"fällig am {german_date(self.first)}"
        return period_words(self.first, self.precision, self.last)


def url_of(key: str) -> str:
    kind, _, pk = key.partition("-")
    return reverse(f"partnerships:{kind}", args=[pk])
