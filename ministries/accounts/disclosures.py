from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models

from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.accounts.users import User


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def visible_to(self, user: "User") -> Self:
        """The auditor reads all, everybody their own."""
        return self if user.is_auditor else self.filter(made_by=user)


class Disclosure(models.Model):
    """Who took what out of Brücke, read what others wrote or had it erased, and what for; never changed.

    Erasures are made on the server, by nobody who is signed in.
    """

    class Kind(models.TextChoices):
        EXPORT = "export", "Ausgabe"
        READING = "reading", "Einsicht"
        DOSSIER = "dossier", "Dossier"
        ERASURE = "erasure", "Löschung"

    kind = models.CharField("Art", max_length=8, choices=Kind.choices)
    subject = LineField("Gegenstand", max_length=200)
    purpose = LineField("Zweck", max_length=300)
    query = models.CharField("Filter", max_length=500, blank=True)
    number = models.PositiveIntegerField("Anzahl", default=1)
    capacity = LineField("in der Funktion", max_length=200, blank=True)
    made_at = models.DateTimeField("Zeitpunkt")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="disclosures",
        verbose_name="durch",
    )

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = "Ausgabe"
        verbose_name_plural = "Ausgaben"
        ordering = ["-made_at", "-pk"]
        triggers = [
            pgtrigger.Protect(
                name="disclosure_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"
