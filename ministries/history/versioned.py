"""Two people, one record: the second to save is told, nothing is overwritten."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F

from ui.errors import Conflict


class Versioned(models.Model):
    version = models.PositiveIntegerField("Fassung", default=1, editable=False)

    class Meta:
        abstract = True

    def save_versioned(self, *, expected: int, fields: Iterable[str]) -> None:
        """Write `fields` if the row still has version `expected`, else raise `Conflict`.

        The version in the database rises by one, and so does `self.version`.
        """
        values = {name: getattr(self, name) for name in fields}
        rows = type(self)._base_manager.filter(pk=self.pk, version=expected)
        if not rows.update(**values, version=F("version") + 1):
            raise Conflict(current=type(self)._base_manager.get(pk=self.pk))
        self.version = expected + 1
