"""What a ministry keeps of its own: whose it is, who may read it, how it leaves the daily lists."""

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Concat

from ministries.history.versioned import Versioned
from ministries.models import Ministry
from partnerships.register.partners.partnerships import Partnership
from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.models import User

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Visibility(models.TextChoices):
    """Who reads a record besides its own house; drafts stay inside in any case."""

    HOUSE = "house", "nur unser Haus"
    OUTLINE = "outline", "Staatsregierung, nur Zeitraum und Region"
    GOVERNMENT = "government", "Staatsregierung"
    PUBLIC = "public", "öffentlich"


SHARED = (Visibility.GOVERNMENT, Visibility.PUBLIC)
# An empty Q would vanish in `inside | shared` and leave the inside alone.
EVERY_ROW = Q(pk__isnull=False)


class OwnedQuerySet(models.QuerySet[Row]):
    """Subclasses say in `shared_with` what other houses may read."""

    def visible_to(self, user: "User") -> Self:
        if not user.reads_content:
            return self.none()
        return self.filter(self._is_inside(user) | self.shared_with(user)).exclude(
            partnership__in=Partnership.objects.hidden_from(user)
        )

    def of_houses(self, user: "User") -> Self:
        """Those of this person's own houses."""
        return self.visible_to(user).filter(ministry__in=user.ministry_ids())

    def with_inside(self, user: "User") -> Self:
        """Adds `is_inside`."""
        inside = Case(When(self._is_inside(user), then=True), default=False)
        return self.visible_to(user).annotate(is_inside=inside)

    def in_use(self) -> Self:
        """Without what was archived."""
        return self.filter(archived_on__isnull=True)

    def _is_inside(self, user: "User") -> Q:
        """One's own house; a house that is offered a record reads it before it takes over."""
        houses = user.ministry_ids()
        return Q(ministry__in=houses) | Q(offered_to__in=houses)

    def shared_with(self, user: "User") -> Q:
        raise NotImplementedError


class Owned(Versioned):
    """A record of one house. It changes hands only by an offer that the other house confirms.

    It is archived with a reason instead of deleted, and can be taken back from there.
    """

    # What the database calls one of them by.
    named_by: ClassVar[str | Concat] = "title"
    # Relations that its own text reads.
    told_with: ClassVar[tuple[str, ...]] = ()
    # Fields that only its own house reads, in whatever state it is.
    kept_inside: ClassVar[frozenset[str]] = frozenset()

    ministry = models.ForeignKey(
        Ministry, on_delete=models.PROTECT, related_name="+", verbose_name="Ressort"
    )
    offered_to = models.ForeignKey(
        Ministry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="angeboten",
    )
    offer_reason = LineField("Grund der Abgabe", max_length=300, blank=True, editable=False)
    archived_on = models.DateField("archiviert am", null=True, blank=True, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="archiviert durch",
    )
    archive_reason = LineField("Grund der Archivierung", max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="%(class)s_offer_has_reason",
                condition=Q(offered_to__isnull=True) | ~Q(offer_reason=""),
                violation_error_message="Bitte den Grund der Abgabe nennen.",
            ),
            models.CheckConstraint(
                name="%(class)s_archived_with_reason",
                condition=Q(archived_on__isnull=True, archived_by__isnull=True)
                | (Q(archived_on__isnull=False, archived_by__isnull=False) & ~Q(archive_reason="")),
                violation_error_message="Bitte den Grund der Archivierung nennen.",
            ),
        ]

    @classmethod
    def every(cls) -> "OwnedQuerySet[Any]":
        """All rows of its kind."""
        return cls.objects.all()  # type: ignore[attr-defined]  # each kind names its own

    def is_of(self, user: "User") -> bool:
        return self.ministry_id in user.ministry_ids()


class SharedQuerySet(OwnedQuerySet[Row]):
    def visible_to(self, user: "User") -> Self:
        """Confidential rows only for their named circle and the coordination."""
        return self.open_to(user, super().visible_to(user))

    def open_to(self, user: "User", rows: Self) -> Self:
        """Of `rows`, those that are not confidential to this person."""
        if user.is_coordinator:
            return rows
        links: Any = self.model.circle.through.objects  # type: ignore[attr-defined]
        own = links.filter(**{self.model._meta.model_name or "": OuterRef("pk")}, user=user)
        return rows.filter(Q(is_confidential=False) | Exists(own))

    def shared_with(self, user: "User") -> Q:
        return Q(visibility__in=SHARED)


class Shared(Owned):
    """A record whose house chooses who else reads it."""

    visibility = models.CharField(
        "Wer sieht das?",
        max_length=12,
        choices=Visibility.choices,
        default=Visibility.GOVERNMENT,
    )
    is_confidential = models.BooleanField("vertraulich", default=False)
    circle = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name="Kreis der Berechtigten",
    )

    class Meta:
        abstract = True
        constraints = Owned.Meta.constraints
