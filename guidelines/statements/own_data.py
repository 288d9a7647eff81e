"""What somebody has typed into a statement and not saved yet."""

from typing import Any

from django.db.models import QuerySet

from guidelines.statements.drafts import StatementDraft
from ministries.models import User


def drafts_of(user: User) -> QuerySet[Any]:
    rows = StatementDraft.objects.visible_to(user).order_by("-saved_at", "-pk")
    return rows.values_list("saved_at", "statement__guideline_check__partnership__name")
