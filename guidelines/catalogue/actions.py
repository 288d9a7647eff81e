"""Publishing an edition: from then on it is what rounds are held against, and never changes."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from guidelines.catalogue.models import Criterion, Edition
from ministries.models import User
from ui.errors import Refusal


@transaction.atomic
def publish_edition(*, edition: Edition, by: User, now: datetime) -> None:
    row = Edition.objects.select_for_update().get(pk=edition.pk)
    if row.published_at is not None:
        raise Refusal("Diese Fassung ist schon veröffentlicht.")
    if not by.has_perm("guidelines.edit_catalogue", row):
        raise PermissionDenied
    if not Criterion.objects.filter(guideline__edition=row).exists():
        raise Refusal("Erfassen Sie zuerst Leitlinien und Prüfkriterien dieser Fassung.")
    row.published_at = now
    row.save(update_fields=["published_at"])
