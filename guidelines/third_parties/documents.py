"""Which documents a house may keep as a third party's view."""

from guidelines.statements.models import Statement
from ministries.models import User
from partnerships.models import Document
from partnerships.records.documents.models import DocumentQuerySet


def documents_for(statement: Statement, user: User) -> DocumentQuerySet:
    """Those of the house about this partnership; first what came last."""
    seen = Document.objects.visible_to(user).in_use()
    own = seen.filter(
        ministry=statement.ministry_id, partnership=statement.guideline_check.partnership_id
    )
    return own.order_by("-uploaded_at", "-pk")
