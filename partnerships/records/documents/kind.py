"""Dokumente, as the pages of all kinds know them."""

from partnerships.records.documents.models import Document, DocumentCircleLink
from partnerships.records.shared.kinds import Kind
from partnerships.register.partners.page import Tab

DOCUMENT = Kind(
    model=Document,
    slug="dokument",
    tab=Tab("documents", "Dokumente", "partnerships:documents", position=70, is_further=True),
    found_as=("Dokumente", ""),
    links=(DocumentCircleLink,),
)
