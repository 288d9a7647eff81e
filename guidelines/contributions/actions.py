"""Which guidelines an activity serves, said anew each time."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from guidelines.contributions.models import Contribution
from ministries.models import User
from partnerships.models import Activity
from ui.errors import Refusal


@transaction.atomic
def set_contributions(
    *,
    activity: Activity,
    served: Iterable[int],
    offered: Iterable[int],
    expected_version: int,
    by: User,
) -> None:
    """Of the `offered` guidelines those `served`; what it served of a former edition stays.

    The choice counts as a change of the activity: the second of two savers is told.
    """
    if not by.has_perm("partnerships.write_record", activity):
        raise PermissionDenied
    if activity.archived_on:
        raise Refusal("Dieser Eintrag ist archiviert. Holen Sie ihn zurück, um ihn zu ändern.")
    activity.save_versioned(expected=expected_version, fields=[])
    wanted, rows = set(served), Contribution.objects.filter(activity=activity)
    known = set(rows.filter(guideline__in=offered).values_list("guideline", flat=True))
    if gone := known - wanted:
        rows.filter(guideline__in=gone).delete()
    Contribution.objects.bulk_create(
        Contribution(activity=activity, guideline_id=pk) for pk in sorted(wanted - known)
    )
