"""Which statements a person may read, and which are still to come."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from guidelines.states.tables import RoundState, StatementState
from ministries.clock import today
from ministries.models import User
from partnerships.models import Partnership
from partnerships.permissions import WRITERS

if TYPE_CHECKING:
    from guidelines.statements.models import Statement  # noqa: F401

_IS_OPEN = Q(guideline_check__collection_closed_on__isnull=True) | Q(is_reopened=True)
_IS_IN = Q(guideline_check__taken_out_on__isnull=True, taken_out_on__isnull=True)
_IS_BROKEN_OFF = Q(guideline_check__round__state=RoundState.BROKEN_OFF)
_COLLECTING = _IS_OPEN & _IS_IN & ~_IS_BROKEN_OFF


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, user: User, day: date | None = None) -> Self:
        """Statements whose content this person may read.

        One's own house: always. The coordination and the Chef der Staatskanzlei: once released.
        Other asked houses: once released and the deadline of the round is over, not before their
        own is released or closed; at once if the round is "offen". All other staff: from the day
        the decision is visible.
        """
        day = day or today()
        if not user.reads_content:
            return self.none()
        own = Q(ministry__in=user.ministry_ids())
        released = Q(state=StatementState.RELEASED)
        if user.sees_proposals:
            others = released
        else:
            asked = self.model.objects.filter(
                ministry__in=user.ministry_ids(), taken_out_on__isnull=True
            )
            # Taken out of the round is not closed: it opens nothing to who has not answered.
            done = asked.filter(released | ~_IS_OPEN | _IS_BROKEN_OFF).values("guideline_check")
            others = released & (
                Q(guideline_check__in=done, guideline_check__round__due_on__lt=day)
                | Q(
                    guideline_check__in=asked.values("guideline_check"),
                    guideline_check__round__is_open_reading=True,
                )
                | Q(guideline_check__decision__visible_from__lte=day)
            )
        hidden = Q(guideline_check__partnership__in=Partnership.objects.hidden_from(user))
        return self.exclude(guideline_check__round__state=RoundState.PREPARING).filter(
            own | others, ~hidden
        )

    def of_houses(self, user: User) -> Self:
        """The statements this person's own houses owe or gave."""
        return self.visible_to(user).filter(ministry__in=user.ministry_ids())

    def written_by(self, user: User) -> Self:
        """Of the houses this person writes for, whatever their state."""
        return self.filter(ministry__in=user.ministry_ids(*WRITERS))

    def awaited(self, day: date) -> Self:
        """Those a house has reason to believe it still owes: a decision ends that once it is visible.

        A decision is recorded only where nothing can be filed any more: the two never differ.
        """
        runs = Q(guideline_check__round__state=RoundState.OPEN)
        decided = Q(guideline_check__decision__isnull=False)
        visible = Q(guideline_check__decision__visible_from__lte=day)
        return self.filter(runs | decided, _COLLECTING).exclude(visible)

    def asked(self) -> Self:
        """Without what was taken out, a whole partnership or one house of it."""
        return self.filter(_IS_IN)

    def out_of_reopened(self) -> Self:
        """Of a house taken out while its cell alone was open: it may still be asked again."""
        return self.filter(taken_out_on__isnull=False, is_reopened=True)

    def outstanding(self) -> Self:
        """Still to come; where the collection is closed, nothing is."""
        return self.filter(_COLLECTING).exclude(state=StatementState.RELEASED)

    def not_given(self) -> Self:
        """Not released when the collection was closed: keine Stellungnahme."""
        return self.asked().exclude(_COLLECTING).exclude(state=StatementState.RELEASED)

    def overdue(self, day: date) -> Self:
        return self.outstanding().filter(
            Q(due_on__lt=day) | Q(due_on__isnull=True, guideline_check__round__due_on__lt=day)
        )
