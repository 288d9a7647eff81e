"""What the page of an activity shows of the guidelines it serves."""

from django.urls import reverse

from guidelines.contributions.models import Contribution
from ministries.models import User
from partnerships.models import Activity
from partnerships.records.activities.page import Section


def served_guidelines(activity: Activity, user: User, may_write: bool) -> Section:
    """One query."""
    rows = (
        Contribution.objects.visible_to(user)
        .filter(activity=activity)
        .select_related("guideline__edition")
        .order_by("-guideline__edition__adopted_on", "guideline__number")
    )
    return Section(
        title="Leitlinien",
        lines=[f"{row.guideline} ({row.guideline.edition.distinction})" for row in rows],
        empty="Noch keiner Leitlinie zugeordnet.",
        url=reverse("guidelines:contributions", args=[activity.pk]) if may_write else "",
        link_label="Leitlinien zuordnen",
    )
