from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from guidelines.statements.models import Statement

if TYPE_CHECKING:
    from ministries.models import User


class StatementDraftQuerySet(models.QuerySet["StatementDraft"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(user=user)

    def of_replies(self) -> Self:
        return self.filter(is_reply=True)

    def of_statements(self) -> Self:
        return self.filter(is_reply=False)


class StatementDraft(models.Model):
    """What somebody has typed but not saved; it never raises a version and nobody else sees it."""

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="drafts", verbose_name="Stellungnahme"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="Person",
    )
    # Typed in the answer to a Rückfrage, which stands beside the statement.
    is_reply = models.BooleanField("Antwort auf eine Rückfrage", default=False, db_default=False)
    data = models.JSONField("Eingaben")
    based_on_version = models.PositiveIntegerField("ausgehend von Fassung")
    saved_at = models.DateTimeField("gespeichert")

    objects = StatementDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "Entwurf"
        verbose_name_plural = "Entwürfe"
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                "statement",
                "user",
                "is_reply",
                name="draft_once_a_person_and_form",
                violation_error_message="Zu dieser Stellungnahme gibt es schon einen Entwurf.",
            )
        ]

    def __str__(self) -> str:
        return f"Entwurf zu {self.statement}"


def carry_draft(*, statement: Statement, by: "User", version: int, is_reply: bool = False) -> None:
    """This person has written `version` elsewhere on the way: what they typed goes on from it."""
    own = StatementDraft.objects.filter(statement=statement, user=by, is_reply=is_reply)
    own.filter(based_on_version=version - 1).update(based_on_version=version)


def carry_drafts(*, statement: Statement, version: int, is_reply: bool = False) -> None:
    """An act has raised the version and left the text: what anybody typed goes on from there."""
    drafts = StatementDraft.objects.filter(statement=statement, is_reply=is_reply)
    drafts.filter(based_on_version=version - 1).update(based_on_version=version)
