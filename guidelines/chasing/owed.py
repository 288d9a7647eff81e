"""What each house still owes in a round, and who was reminded of it."""

from datetime import date

from guidelines.chasing.letters import link_of
from guidelines.rounds.models import CheckRound
from guidelines.statements.models import Statement
from ministries.models import Ministry, Notification

Owed = dict[Ministry, list[Statement]]


def owed_in(check_round: CheckRound) -> Owed:
    """What each house still owes, houses in protocol order; one query."""
    rows = (
        Statement.objects.outstanding()
        .filter(guideline_check__round=check_round)
        .select_related("ministry", "guideline_check__partnership", "guideline_check__round")
        .order_by("ministry__sort_order", "ministry", "guideline_check__partnership__sort_key")
    )
    found: Owed = {}
    for row in rows:
        found.setdefault(row.ministry, []).append(row)
    return found


def reminded_on(check_round: CheckRound, day: date) -> set[str]:
    """Mailboxes that were reminded of this round on that day."""
    mails = Notification.objects.filter(
        kind=Notification.Kind.REMINDER, link=link_of(check_round), created_at__date=day
    )
    return set(mails.values_list("to_address", flat=True))
