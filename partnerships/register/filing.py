"""Where a record is in the E-Akte."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from ui.day_fields import PastDateField
from ui.text_fields import LineField


class Filed(models.Model):
    """What belongs into the E-Akte: its file, its document there, and when it got there."""

    file_reference = LineField("Aktenzeichen", max_length=80, blank=True)
    file_document = LineField("Dokumentnummer in der E-Akte", max_length=80, blank=True)
    filed_on = PastDateField("veraktet am", null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="%(class)s_filed_with_reference",
                condition=Q(filed_on__isnull=True) | ~Q(file_reference=""),
                violation_error_message="Was veraktet ist, hat ein Aktenzeichen.",
            )
        ]

    def is_filed(self, day: date) -> bool:
        return self.filed_on is not None and self.filed_on <= day
