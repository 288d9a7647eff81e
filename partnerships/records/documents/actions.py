"""A document is stored, described and never replaced: another file is another document."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pghistory
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum

from ministries.models import Ministry, User
from partnerships.files.store import store
from partnerships.records.documents.models import Document
from partnerships.records.shared.actions import create_record
from ui.errors import Refusal

NOT_CLASSIFIED = "auf Nachfrage: nicht eingestuft"


@transaction.atomic
def upload_document(
    *,
    file: UploadedFile,
    document: Document,
    links: Mapping[str, Any] | None = None,
    is_unclassified: bool = False,
    by: User,
    now: datetime,
) -> Document:
    """Inspected before it is kept; a document that is not written leaves a file that upkeep removes."""
    if not by.has_perm("partnerships.write_record", document):
        raise PermissionDenied
    refuse_over_quota(document.ministry, file.size or 0)
    stored = store(file, is_unclassified=is_unclassified)
    document.file_name = file.name or document.title
    document.storage_name, document.media_type = stored.storage_name, stored.media_type
    document.size, document.checksum = stored.size, stored.checksum
    document.uploaded_at, document.uploaded_by = now, by
    known = (
        Document.objects.visible_to(by)
        .in_use()
        .filter(
            ministry=document.ministry, partnership=document.partnership, checksum=stored.checksum
        )
    )
    if known.exists():
        raise Refusal(
            "Diese Datei liegt bei der Partnerschaft schon vor: "
            f"„{known.values_list('title', flat=True)[0]}“."
        )
    reason = {"reason": NOT_CLASSIFIED} if stored.is_doubtful else {}
    with pghistory.context(**reason):
        return create_record(record=document, links=links, by=by)


def refuse_over_quota(ministry: Ministry, size: int) -> None:
    used = Document.objects.filter(ministry=ministry).aggregate(total=Sum("size"))["total"] or 0
    if used + size > settings.DOCUMENTS_OF_A_HOUSE:
        raise Refusal(
            f"Der Speicherplatz für Dokumente von {ministry} ist aufgebraucht. Wenden Sie sich an die Technik."
        )
