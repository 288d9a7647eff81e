"""An edition that is being written, locked for whoever may write it."""

from django.core.exceptions import PermissionDenied

from guidelines.catalogue.models import Edition
from ministries.models import User
from ui.errors import Refusal


def locked_draft(edition: Edition, by: User) -> Edition:
    row = Edition.objects.select_for_update().filter(pk=edition.pk).first()
    if row is None:
        raise Refusal("Dieser Entwurf ist inzwischen verworfen.")
    if row.published_at is not None:
        raise Refusal("Diese Fassung ist schon veröffentlicht.")
    if not by.has_perm("guidelines.edit_catalogue", row):
        raise PermissionDenied
    return row
