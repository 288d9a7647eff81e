from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ministries.models import Ministry
from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.models import User


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: "User") -> Self:
        """One's own, as long as one still belongs to its house: the preview quotes records."""
        houses = {capacity.ministry_id for capacity in user.capacities}
        return self.filter(uploaded_by=user, ministry__in=houses)


class Import(models.Model):
    """A spreadsheet on its way into Brücke: read, its columns named, checked, taken over."""

    class State(models.TextChoices):
        MAPPING = "mapping", "Spalten zuordnen"
        CHECKING = "checking", "wird geprüft"
        CHECKED = "checked", "geprüft"
        RUNNING = "running", "wird übernommen"
        DONE = "done", "übernommen"
        DISCARDED = "discarded", "verworfen"

    kind = models.CharField("Art", max_length=20)
    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, related_name="+", verbose_name="Ressort"
    )
    state = models.CharField("Stand", max_length=10, choices=State.choices, default=State.MAPPING)
    file_name = LineField("Dateiname", max_length=200)
    sheet = LineField("Tabelle", max_length=100)
    unread = LineField("nicht gelesene Tabellen", max_length=300, blank=True)
    headings = models.JSONField("Überschriften", default=list)
    rows = models.JSONField("Zeilen", default=list)
    mapping = models.JSONField("Zuordnung der Spalten", default=dict)
    items = models.JSONField("Vorschau", default=list)
    errors = models.JSONField("Fehler", default=list)
    fingerprint = models.CharField("Prüfsumme der Vorschau", max_length=64, blank=True)
    notice = LineField("Hinweis", max_length=300, blank=True)
    row_count = models.PositiveIntegerField("Zahl der Zeilen", default=0)
    done_count = models.PositiveIntegerField("geprüfte Zeilen", default=0)
    new_count = models.PositiveIntegerField("neue Einträge", default=0)
    changed_count = models.PositiveIntegerField("geänderte Einträge", default=0)
    same_count = models.PositiveIntegerField("gleiche Einträge", default=0)
    uploaded_at = models.DateTimeField("hochgeladen")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="hochgeladen durch",
    )
    taken_over_at = models.DateTimeField("übernommen", null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "Import"
        verbose_name_plural = "Importe"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_state_known",
                condition=Q(
                    state__in=["mapping", "checking", "checked", "running", "done", "discarded"]
                ),
                violation_error_message="Diesen Stand eines Imports gibt es nicht.",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("partnerships:import", args=[self.pk])

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.RUNNING)

    @property
    def is_open(self) -> bool:
        """May still be discarded."""
        return self.state in (self.State.MAPPING, self.State.CHECKED)

    @property
    def doubtful(self) -> list[dict[str, Any]]:
        """Rows of the preview that may be recorded already."""
        return [item for item in self.items if item.get("alike")]

    @property
    def is_ready(self) -> bool:
        """Checked without an error, and there is something to write."""
        is_sound = self.state == self.State.CHECKED and not self.errors
        return is_sound and bool(self.new_count or self.changed_count)


class ColumnMappingQuerySet(models.QuerySet["ColumnMapping"]):
    def visible_to(self, user: "User") -> Self:
        houses: Any = {capacity.ministry_id for capacity in user.capacities}
        return self.filter(ministry__in=houses)


class ColumnMapping(models.Model):
    """How a house names the columns of its files; the next file of the same headings is not asked for."""

    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, related_name="+", verbose_name="Ressort"
    )
    kind = models.CharField("Art", max_length=20)
    fingerprint = models.CharField("Prüfsumme der Überschriften", max_length=64)
    mapping = models.JSONField("Zuordnung der Spalten", default=dict)

    objects = ColumnMappingQuerySet.as_manager()

    class Meta:
        verbose_name = "Zuordnung der Spalten"
        verbose_name_plural = "Zuordnungen der Spalten"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ministry", "kind", "fingerprint"],
                name="column_mapping_once",
                violation_error_message="Diese Überschriften sind schon zugeordnet.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.ministry}"
