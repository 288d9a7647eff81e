from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from guidelines.queries.models import UNANSWERED, Query
from guidelines.statements.models import Statement
from guidelines.states.tables import QueryState
from guidelines.states.triggers import (
    ROUND_OF_STATEMENT,
    frozen_when_handed_in_but_for_reply,
    frozen_when_round_ended,
)
from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from partnerships.models import Document, Organisation
from ui.dates import german_date
from ui.day_fields import PastDateField
from ui.text_fields import LineField, ProseField

if TYPE_CHECKING:
    from ministries.models import User


_COUNTS = Q(query=None) | Q(query__state=QueryState.ANSWERED)
_IS_IN = Q(left_out_with=None) | ~Q(left_out_with__state=QueryState.ANSWERED)


class ThirdPartyViewQuerySet(models.QuerySet["ThirdPartyView"]):
    def visible_to(self, user: "User", day: date | None = None) -> Self:
        """As open as the statement beside it; a hidden document hides it.

        Of a Fehlanzeige others read the reason alone; of an answer to a Rückfrage that is being
        written only the house itself reads.
        """
        own = Q(statement__ministry__in=user.ministry_ids())
        is_told = own | (Q(statement__is_nil_return=False) & _COUNTS)
        is_kept = _COUNTS | Q(query__state__in=UNANSWERED)
        readable = Q(statement__in=Statement.objects.visible_to(user, day))
        return self._open_to(user).filter(is_told, is_kept, _IS_IN, readable)

    def counted(self, replies: Iterable[Query] = ()) -> Self:
        """Those that stand with the released statement, or will with these answers."""
        written = [query.pk for query in replies if query.is_unanswered]
        left_out = Q(left_out_with__isnull=False, left_out_with__in=written)
        return self.filter(_COUNTS | Q(query__in=written), _IS_IN).exclude(left_out)

    def changed_with(self, queries: Iterable[Query], user: "User") -> Self:
        """What these answers bring and what goes with them, for the house that gives them."""
        asked = [query.pk for query in queries]
        own = self._open_to(user).filter(statement__ministry__in=user.ministry_ids())
        return own.filter(Q(query__in=asked) | Q(left_out_with__in=asked))

    def _open_to(self, user: "User") -> Self:
        return self.filter(Q(document=None) | Q(document__in=Document.objects.visible_to(user)))

    def with_organisation(self, user: "User") -> Self:
        """What the register knows of the sender, for `known_as`."""
        known = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
        return self.annotate(
            known_kind=Subquery(known.values("kind")), known_place=Subquery(known.values("place"))
        )


@track()
class ThirdPartyView(Versioned):
    """Sicht eines Dritten: what a Kammer, the Wirtschaftsförderung, the Domowina told the house."""

    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        related_name="third_party_views",
        verbose_name="Stellungnahme",
    )
    sender = LineField("Wer äußert sich?", max_length=200)
    # Where the register knows one of that name.
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="third_party_views",
        verbose_name="Organisation",
    )
    given_on = PastDateField("Vom")
    text = ProseField("Text", blank=True, max_length=5000)
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="third_party_views",
        verbose_name="Dokument",
    )
    # It counts once this answer is released, and until that one is.
    query = models.ForeignKey(
        Query,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="third_party_views",
        verbose_name="mit der Antwort auf",
    )
    left_out_with = models.ForeignKey(
        Query,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="left_out_views",
        verbose_name="entfällt mit der Antwort auf",
    )
    entered_at = models.DateTimeField("erfasst", editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="erfasst durch",
    )

    # Added by `with_organisation`.
    known_kind: str | None = None
    known_place: str | None = None

    objects: ClassVar[ThirdPartyViewQuerySet] = ThirdPartyViewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Sicht eines Dritten"
        verbose_name_plural = "Sichten Dritter"
        ordering = ["statement", "given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="third_party_view_says_something",
                condition=~Q(text="") | Q(document__isnull=False),
                violation_error_message="Geben Sie den Text ein oder wählen Sie das Dokument.",
            )
        ]
        triggers = [
            frozen_when_handed_in_but_for_reply(),
            frozen_when_round_ended(ROUND_OF_STATEMENT),
        ]

    def __str__(self) -> str:
        return f"{self.sender}, {german_date(self.given_on)}"

    @property
    def known_as(self) -> str:
        """ "Kammer, Dresden"; "" where the register knows nobody of that name."""
        kind = Organisation.Kind(self.known_kind).label if self.known_kind else ""
        return ", ".join(filter(None, (kind, self.known_place)))

    def get_absolute_url(self) -> str:
        return f"{reverse('guidelines:statement', args=[self.statement_id])}#sicht-{self.pk}"
