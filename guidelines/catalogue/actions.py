"""Writing an edition and publishing it: from then on rounds are held against it, and it stays."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guidelines.catalogue.drafts import locked_draft
from guidelines.catalogue.models import Criterion, Edition, Guideline
from guidelines.catalogue.naming import free_slug
from ministries.models import User
from ui.dates import german_date
from ui.errors import Refusal


@transaction.atomic
def draft_edition(*, template: Edition | None, by: User, **values: Any) -> Edition:
    """A new edition, empty or with the guidelines and questions of another one."""
    if not by.has_perm("guidelines.edit_catalogue"):
        raise PermissionDenied
    # Whoever begins one at the same moment is waited for: both get a name of their own.
    len(Edition.objects.select_for_update(no_key=True))
    slug = free_slug(Edition.objects.all(), f"leitlinien-{values['adopted_on'].year}")
    edition = Edition.objects.create(slug=slug, **values)
    if template is not None:
        _copy(template, edition)
    return edition


def _copy(template: Edition, edition: Edition) -> None:
    """Each question goes on from the one it copies, unless another edition does already."""
    stored = Edition.objects.select_for_update().get(pk=template.pk)
    criteria = list(
        Criterion.objects.filter(guideline__edition=template).select_related("guideline")
    )
    taken = set(Criterion.objects.exclude(predecessor=None).values_list("predecessor", flat=True))
    guidelines = {row.number: row for row in Guideline.objects.filter(edition=template)}
    for guideline in guidelines.values():
        guideline.pk, guideline.edition = None, edition
    Guideline.objects.bulk_create(guidelines.values())
    for criterion in criteria:
        former = criterion.pk if stored.published_at and criterion.pk not in taken else None
        criterion.pk, criterion.guideline = None, guidelines[criterion.guideline.number]
        criterion.predecessor_id = former
    Criterion.objects.bulk_create(criteria)


@transaction.atomic
def publish_edition(*, edition: Edition, by: User, now: datetime) -> None:
    row = locked_draft(edition, by)
    if not by.has_perm("guidelines.publish_edition", row):
        raise PermissionDenied
    if not Criterion.objects.filter(guideline__edition=row).exists():
        raise Refusal("Erfassen Sie zuerst Leitlinien und Prüfkriterien dieser Fassung.")
    if not row.source.strip():
        raise Refusal("Nennen Sie zuerst die Quelle dieser Fassung.")
    if row.adopted_on > timezone.localdate(now):
        raise Refusal(
            f"Beschlossen wird diese Fassung erst am {german_date(row.adopted_on)}. Berichtigen Sie "
            "den Tag, wenn der Beschluss schon gefasst ist."
        )
    row.published_at = now
    row.save(update_fields=["published_at"])


@transaction.atomic
def drop_part(*, part: Guideline | Criterion, by: User) -> None:
    """A guideline goes with its questions."""
    if isinstance(part, Guideline):
        locked_draft(part.edition, by)
        part.criteria.all().delete()
    else:
        locked_draft(part.guideline.edition, by)
    part.delete()


@transaction.atomic
def discard_edition(*, edition: Edition, by: User) -> None:
    row = locked_draft(edition, by)
    Criterion.objects.filter(guideline__edition=row).delete()
    row.guidelines.all().delete()
    row.delete()
