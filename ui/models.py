from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(days=7)


class FormReceiptQuerySet(models.QuerySet["FormReceipt"]):
    def expired(self, now: datetime) -> Self:
        return self.filter(created_at__lt=now - KEPT_FOR)


class FormReceipt(models.Model):
    """Quittung eines abgesandten Formulars: ein wiederholtes Absenden erhält die erste Antwort."""

    token = models.UUIDField("Kennung", primary_key=True)
    user_id = models.BigIntegerField("Konto", null=True)
    path = models.CharField("Adresse", max_length=500)
    location = models.CharField("Antwort", max_length=2000, blank=True)
    created_at = models.DateTimeField("angelegt am", default=timezone.now, db_index=True)

    objects = FormReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = "Formularquittung"
        verbose_name_plural = "Formularquittungen"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.path}, {self.token}"
