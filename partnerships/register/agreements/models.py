from datetime import date
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from ministries.history.dated import Sourced, precision_field
from ministries.history.tracking import track
from ministries.history.versioned import Versioned
from partnerships.register.agreements.reckoning import (
    LONGEST_NOTICE,
    LONGEST_RENEWAL,
    EndAfterNotice,
    LastDayForNotice,
    NextNotice,
)
from partnerships.register.filing import Filed
from partnerships.register.partners.partnerships import Partnership, PartnershipQuerySet
from partnerships.register.partners.sorting import folded, search_index, search_text
from ui.dates import partial_date
from ui.day_fields import PastDateField
from ui.text_fields import LineField

if TYPE_CHECKING:
    from ministries.models import User


TERMINATED = Q(terminated_on__isnull=False)
HAS_END = Q(term__in=["fixed_term", "renews"])
# In months that can be meant, from an end that is known.
RENEWS = Q(term="renews", renewal_months__range=(1, LONGEST_RENEWAL), valid_until__isnull=False)
CYCLE = (F("valid_until"), F("renewal_months"))


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: "User") -> Self:
        return self.exclude(partnership__in=Partnership.objects.hidden_from(user))

    def matching(self, text: str) -> Self:
        """By their own words or the partnership they belong to, case and diacritics aside."""
        return self._found(folded(text), "contains", Partnership.objects.matching(text))

    def resembling(self, text: str) -> Self:
        similar = Partnership.objects.resembling(text)
        return self._found(folded(text), "trigram_word_similar", similar)

    def _found(self, text: Func, lookup: str, partnerships: PartnershipQuerySet) -> Self:
        own = Q((f"search_text__{lookup}", text))
        return self.filter(own | Q(partnership__in=partnerships.values("pk")))

    def with_renewal(self, day: date) -> Self:
        """Adds `is_renewed` (a later one follows it) and `has_run_out` (over, and none follows)."""
        is_over = Q(term=self.model.Term.FIXED, valid_until__lt=day, terminated_on__isnull=True)
        return self.annotate(is_renewed=Exists(self._successors())).annotate(
            has_run_out=Case(
                When(is_over & Q(is_renewed=False), then=Value(True)),
                default=Value(False),
                output_field=models.BooleanField(),
            )
        )

    def without_successor(self) -> Self:
        return self.filter(~Exists(self._successors()))

    def _successors(self) -> models.QuerySet["Agreement"]:
        """One of a confidential partnership renews nothing outside it: that would tell of it."""
        is_told = Q(partnership=OuterRef("partnership")) | Q(partnership__is_confidential=False)
        return self.model.objects.filter(is_told, predecessor=OuterRef("pk"))

    def lapsed(self, day: date) -> Self:
        """The term is over and no renewal is recorded: somebody has to act."""
        return self._in_force().filter(term=self.model.Term.FIXED, valid_until__lt=day)

    def ending(self, *, after: date, until: date) -> Self:
        return self._in_force().filter(
            term=self.model.Term.FIXED, valid_until__gte=after, valid_until__lte=until
        )

    def _in_force(self) -> Self:
        return self.without_successor().filter(terminated_on__isnull=True)

    def with_deadlines(self, day: date) -> Self:
        """Adds `ends_on`, `notice_by` with `notice_ends`, and `acts_by`, the next of the first two.

        Where the term renews itself, they are those of the term that runs on `day`, and notice is
        that which is still possible, for the end of its own term. A day that the text itself names
        wins while it lies ahead. What cannot be meant is not reckoned with.
        """
        days = self._with_end(day)._with_notice(day)
        return days.annotate(
            acts_by=Case(When(notice_by__gte=day, then=F("notice_by")), default=F("ends_on"))
        )

    def _with_end(self, day: date) -> Self:
        running = EndAfterNotice(*CYCLE, Value(0), Cast(Value(day), models.DateField()))
        return self.annotate(
            ends_on=Case(
                When(TERMINATED, then=F("terminated_on")),
                When(RENEWS, then=running),
                When(HAS_END, then=F("valid_until")),
            )
        )

    def _with_notice(self, day: date) -> Self:
        end, months = F("valid_until"), F("notice_months")
        given = (*CYCLE, months, Cast(Value(day), models.DateField()))
        none = TERMINATED | ~Q(notice_months__range=(1, LONGEST_NOTICE))
        named = Q(notice_on__gte=day) & ~TERMINATED
        return self.annotate(
            notice_by=Case(
                When(named, then=F("notice_on")),
                When(none, then=Value(None)),
                When(RENEWS, then=NextNotice(*given)),
                When(HAS_END, then=LastDayForNotice(end, months)),
                output_field=models.DateField(),
            ),
            notice_ends=Case(
                When(named & RENEWS, then=EndAfterNotice(*CYCLE, Value(0), F("notice_on"))),
                When(named & HAS_END, then=end),
                When(none, then=Value(None)),
                When(RENEWS, then=EndAfterNotice(*given)),
                When(HAS_END, then=end),
                output_field=models.DateField(),
            ),
        )

    def beyond_bounds(self) -> Self:
        """With months that cannot be meant, stored before they were refused."""
        return self.filter(
            Q(notice_months__isnull=False) & ~Q(notice_months__range=(1, LONGEST_NOTICE))
            | Q(renewal_months__isnull=False) & ~Q(renewal_months__range=(1, LONGEST_RENEWAL))
        )

    def to_decide(self, *, after: date, until: date) -> Self:
        """In force, and the end or the last day to give notice lies between these days."""
        # What is over needs no reckoning.
        may = Q(term=self.model.Term.RENEWS) | Q(valid_until__gte=after)
        rows = self._in_force().filter(may).with_deadlines(after)
        return rows.filter(acts_by__gte=after, acts_by__lte=until)


@track(exclude=["search_text"])
class Agreement(Sourced, Filed, Versioned):
    """A text both sides stand by: declaration, memorandum, agreement, communiqué."""

    named_by = "title"
    told_with = ("partnership",)
    confirmed_as = "vereinbarung"

    class Kind(models.TextChoices):
        JOINT_DECLARATION = "joint_declaration", "Gemeinsame Erklärung"
        COOPERATION_AGREEMENT = "cooperation_agreement", "Kooperationsvereinbarung"
        MEMORANDUM = "memorandum", "Memorandum"
        LETTER_OF_INTENT = "letter_of_intent", "Absichtserklärung"
        COMMUNIQUE = "communique", "Kommuniqué"
        WORK_PROGRAMME = "work_programme", "Arbeitsprogramm"

    class Term(models.TextChoices):
        UNKNOWN = "unknown", "nicht erfasst"
        FIXED = "fixed_term", "befristet"
        RENEWS = "renews", "verlängert sich"
        OPEN_ENDED = "open_ended", "unbefristet"

    slug = models.SlugField("Kurzname", unique=True)
    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        related_name="agreements",
        verbose_name="Partnerschaft",
    )
    kind = models.CharField("Art", max_length=24, choices=Kind.choices)
    title = LineField("Titel", max_length=200)
    signed_on = PastDateField("unterzeichnet am", null=True, blank=True)
    signed_on_precision = precision_field("Genauigkeit")
    effective_on = models.DateField(
        "in Kraft ab", null=True, blank=True, help_text="leer: mit der Unterzeichnung"
    )
    place = LineField("Ort", max_length=80, blank=True)
    saxon_signatory = LineField("Unterzeichner (Sachsen)", max_length=160, blank=True)
    partner_signatory = LineField("Unterzeichner (Partner)", max_length=160, blank=True)
    languages = LineField("Sprachen", max_length=40, blank=True)
    term = models.CharField("Laufzeit", max_length=12, choices=Term.choices, default=Term.UNKNOWN)
    valid_until = models.DateField(
        "Laufzeit bis", null=True, blank=True, help_text="letzter gültiger Tag"
    )
    notice_months = models.PositiveSmallIntegerField(
        "Kündigungsfrist in Monaten",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_NOTICE)],
    )
    notice_on = models.DateField(
        "Kündigung spätestens am (laut Text)",
        null=True,
        blank=True,
        help_text="nur wenn die Vereinbarung selbst einen Tag nennt; er geht der Rechnung vor",
    )
    renewal_months = models.PositiveSmallIntegerField(
        "verlängert sich um … Monate",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_RENEWAL)],
        help_text="ohne diese Zahl rechnet Brücke keine nächsten Fristen aus",
    )
    terminated_on = PastDateField(
        "gekündigt zum", null=True, blank=True, help_text="letzter gültiger Tag"
    )
    review_on = models.DateField("zu prüfen am", null=True, blank=True)
    predecessor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name="Vorgängerin",
    )
    search_text = search_text("title", "place", "saxon_signatory", "partner_signatory")

    # Added by `with_renewal` and `with_deadlines`.
    is_renewed: bool
    has_run_out: bool
    ends_on: date | None
    notice_by: date | None
    notice_ends: date | None
    acts_by: date | None

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "Vereinbarung"
        verbose_name_plural = "Vereinbarungen"
        ordering = ["partnership", F("signed_on").asc(nulls_last=True), "slug"]
        indexes = [
            search_index("agreement_search"),
            models.Index(
                fields=["valid_until"], condition=Q(term="fixed_term"), name="agreement_term_end"
            ),
            models.Index(
                fields=["review_on"], condition=Q(review_on__isnull=False), name="agreement_review"
            ),
        ]
        constraints = [
            *Sourced.Meta.constraints,
            *Filed.Meta.constraints,
            models.CheckConstraint(
                name="agreement_fixed_term_ends",
                condition=~Q(term="fixed_term") | Q(valid_until__isnull=False),
                violation_error_message="Eine befristete Vereinbarung hat ein Ende.",
            ),
            models.CheckConstraint(
                name="agreement_notice_of_months",
                condition=Q(notice_months__isnull=True)
                | Q(notice_months__range=(1, LONGEST_NOTICE)),
                violation_error_message="Die Kündigungsfrist hat 1 bis 120 Monate.",
            ),
            models.CheckConstraint(
                name="agreement_renewal_of_months",
                condition=Q(renewal_months__isnull=True)
                | Q(renewal_months__range=(1, LONGEST_RENEWAL)),
                violation_error_message="Eine Verlängerung hat 1 bis 600 Monate.",
            ),
            models.CheckConstraint(
                name="agreement_term_order",
                condition=Q(valid_until__isnull=True)
                | Q(signed_on__isnull=True)
                | Q(valid_until__gte=F("signed_on")),
                violation_error_message="Das Ende liegt vor der Unterzeichnung.",
            ),
            models.CheckConstraint(
                name="agreement_not_its_own_predecessor",
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("pk")),
                violation_error_message="Eine Vereinbarung folgt nicht auf sich selbst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.partnership})"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:agreement", args=[self.pk])

    @property
    def signed_words(self) -> str:
        """As exactly as it is known: "Mai 2010"."""
        return partial_date(self.signed_on, self.signed_on_precision)

    def has_lapsed(self, day: date) -> bool:
        return (
            self.term == self.Term.FIXED
            and self.terminated_on is None
            and self.valid_until is not None
            and self.valid_until < day
        )
