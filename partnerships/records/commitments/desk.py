"""What was promised is on the desk of the house that keeps it: ours from a month before it is due,
the partner's once it is overdue."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from ministries.models import User
from partnerships.permissions import WRITERS
from partnerships.records.commitments.models import Commitment
from ui.offers import DeskItem

VERBS = {
    Commitment.Side.OURS: "Zusage erfüllen",
    Commitment.Side.PARTNER: "Nach der Zusage der Partnerseite fragen",
}
LOOK_AHEAD = timedelta(days=30)


def desk_rows(user: User, today: date) -> list[QuerySet[Commitment]]:
    houses = user.ministry_ids(*WRITERS)
    if not houses:
        return []
    seen = Commitment.objects.visible_to(user).open().filter(ministry__in=houses)
    ours = Q(owed_by_side=Commitment.Side.OURS, due_on__lte=today + LOOK_AHEAD)
    return [seen.filter(ours | Q(due_on__lt=today))]


def desk_items(user: User, today: date) -> list[DeskItem]:
    return [
        DeskItem(
            verb=VERBS[Commitment.Side(row.owed_by_side)],
            object_label=row.title,
            partnership_name=row.partnership.name,
            due_on=row.due_on,
            asked_by="",
            url=row.get_absolute_url(),
        )
        for rows in desk_rows(user, today)
        for row in rows.select_related("partnership")
    ]
