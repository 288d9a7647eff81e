from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ministries.history.tracking import track, track_links
from partnerships.records.activities.models import Activity
from partnerships.records.notes.models import Note
from partnerships.records.shared.models import Shared, SharedQuerySet
from partnerships.records.working_groups.models import Meeting
from partnerships.register.agreements.models import Agreement
from partnerships.register.filing import Filed
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.sorting import folded, search_index, search_text
from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.models import User


MAIL, OFFICE = "E-Mail", "application/vnd.openxmlformats-officedocument"
TYPES = {
    "application/pdf": "PDF",
    f"{OFFICE}.wordprocessingml.document": "Word",
    f"{OFFICE}.spreadsheetml.sheet": "Excel",
    f"{OFFICE}.presentationml.presentation": "PowerPoint",
    "application/vnd.oasis.opendocument.text": "OpenDocument-Text",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument-Tabelle",
    "application/vnd.oasis.opendocument.presentation": "OpenDocument-Präsentation",
    "image/png": "Bild (PNG)",
    "image/jpeg": "Bild (JPEG)",
    "text/plain": "Text",
    "message/rfc822": MAIL,
    "application/vnd.ms-outlook": MAIL,
}


class DocumentQuerySet(SharedQuerySet["Document"]):
    def visible_to(self, user: "User") -> Self:
        """What hangs on a record is read by whoever reads both."""
        rows = super().visible_to(user)
        for name, model in (("activity", Activity), ("note", Note)):
            seen = model.objects.visible_to(user)
            rows = rows.filter(Q((f"{name}__isnull", True)) | Q((f"{name}__in", seen)))
        return rows

    def matching(self, text: str) -> Self:
        return self.filter(search_text__contains=folded(text))

    def resembling(self, text: str) -> Self:
        return self.filter(search_text__trigram_word_similar=folded(text))


@track(exclude=["search_text"])
class Document(Shared, Filed):
    """A file kept outside the web root under a random name and served only through the policy."""

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        related_name="documents",
        verbose_name="Partnerschaft",
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="zur Vereinbarung",
    )
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="zur Aktivität",
    )
    note = models.ForeignKey(
        Note,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="zum Vermerk",
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="zur Sitzung",
    )
    title = LineField("Titel", max_length=200)
    file_name = LineField("Dateiname", max_length=200, editable=False)
    storage_name = models.CharField("Ablagename", max_length=80, unique=True, editable=False)
    media_type = models.CharField("Dateityp", max_length=100, editable=False)
    size = models.PositiveBigIntegerField("Größe in Byte", editable=False)
    checksum = models.CharField("SHA-256", max_length=64, editable=False)
    uploaded_at = models.DateTimeField("hochgeladen", editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="hochgeladen durch",
    )
    search_text = search_text("title", "file_name")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"
        ordering = [F("uploaded_at").desc(), "-pk"]
        indexes = [search_index("document_search")]
        constraints = [*Shared.Meta.constraints, *Filed.Meta.constraints]

    def __str__(self) -> str:
        return self.title

    @property
    def belongs_to(self) -> list[str]:
        """Titles of the records it hangs on, besides the partnership."""
        return [record.title for record in (self.agreement, self.activity, self.note) if record]

    @property
    def type_words(self) -> str:
        return TYPES.get(self.media_type, "Datei")

    @property
    def handed_out_as(self) -> str:
        """A mail as mere bytes: browsers open its own type as a page."""
        return "application/octet-stream" if self.type_words == MAIL else self.media_type

    def get_absolute_url(self) -> str:
        return reverse("partnerships:document", args=[self.pk])


@track_links()
class DocumentCircleLink(Document.circle.through):  # type: ignore[name-defined]
    """Who belongs to the circle of a confidential document; here for the history."""

    owner, told_as = Document, "Kreis der Berechtigten"

    class Meta:
        proxy = True
        verbose_name = "Kreis eines Dokuments"
        verbose_name_plural = "Kreise von Dokumenten"
