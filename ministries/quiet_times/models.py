from typing import TYPE_CHECKING, Self

from django.db import models

from ministries.history.dated import Dated, DatedQuerySet
from ministries.history.tracking import track
from ui.dates import german_date
from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.accounts.users import User


class QuietTimeQuerySet(DatedQuerySet["QuietTime"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.reads_content or user.is_administrator else self.none()


@track()
class QuietTime(Dated):
    """Ruhezeit: days on which the house wants no deadline to end, as the Sommerpause."""

    class Preposition(models.TextChoices):
        """How the sentence goes on: "liegt in der Sommerpause"."""

        IN_DER = "in_der", "in der (Sommerpause)"
        IM = "im", "im (Jahreswechsel)"
        IN_DEN = "in_den", "in den (Schulferien)"

    name = LineField("Name", max_length=80, help_text="Zum Beispiel Sommerpause")
    preposition = models.CharField(
        "im Satz", max_length=6, choices=Preposition.choices, default=Preposition.IN_DER
    )
    valid_from = models.DateField("erster Tag")
    valid_until = models.DateField("letzter Tag")

    objects = QuietTimeQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "Ruhezeit"
        verbose_name_plural = "Ruhezeiten"
        ordering = ["-valid_from", "name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.period})"

    @property
    def period(self) -> str:
        """ "13.07.–21.08.2026"; with both years where they differ."""
        first, last = german_date(self.valid_from), german_date(self.valid_until)
        return f"{first[:6] if self.valid_from.year == self.valid_until.year else first}–{last}"

    @property
    def place(self) -> str:
        """ "in der Sommerpause (13.07.–21.08.2026)"."""
        return f"{self.preposition.replace('_', ' ')} {self}"
