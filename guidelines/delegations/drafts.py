"""What somebody who was asked inside the house has typed and not sent: theirs alone."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from guidelines.delegations.models import Delegation

if TYPE_CHECKING:
    from ministries.models import User


class DelegationDraftQuerySet(models.QuerySet["DelegationDraft"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(delegation__in=Delegation.objects.asked_of(user))


class DelegationDraft(models.Model):
    """It goes with the answer, or when the question is taken back."""

    delegation = models.OneToOneField(
        Delegation, on_delete=models.PROTECT, related_name="draft", verbose_name="Frage"
    )
    data = models.JSONField("Eingaben")
    saved_at = models.DateTimeField("gespeichert")

    objects: ClassVar[DelegationDraftQuerySet] = DelegationDraftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Entwurf einer Zuarbeit"
        verbose_name_plural = "Entwürfe von Zuarbeiten"
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return f"Entwurf zu {self.delegation}"


def keep_drafts(
    *, delegations: Collection[Delegation], typed: Mapping[int, tuple[str, str]], now: datetime
) -> None:
    """`typed`: answer and reason by the id of the question; what is empty is not kept."""
    rows = [
        DelegationDraft(delegation=one, data={"answer": said[0], "reason": said[1]}, saved_at=now)
        for one in delegations
        if any(said := typed[one.pk])
    ]
    kept = {row.delegation_id for row in rows}
    discard_drafts([one for one in delegations if one.pk not in kept])
    DelegationDraft.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["delegation"],
        update_fields=["data", "saved_at"],
    )


def discard_drafts(delegations: Collection[Delegation]) -> None:
    DelegationDraft.objects.filter(delegation__in=delegations).delete()
