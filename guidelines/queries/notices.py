from collections.abc import Sequence

from django.utils import timezone

from guidelines.queries.models import Query
from ministries.mail import outbox
from ministries.models import Ministry, Notification
from ui.dates import german_date


def tell_released(query: Query, further: Sequence[outbox.Letter] = ()) -> None:
    """To the coordination: a released answer is there to read."""
    outbox.post_all([*further, *_answered(query)])


def _answered(query: Query) -> list[outbox.Letter]:
    chancellery = Ministry.objects.on(timezone.localdate(query.answered_at))
    mailbox = chancellery.filter(is_chancellery=True).values_list("mailbox", flat=True).first()
    if not mailbox:
        return []
    house, check_round = query.statement.ministry.abbreviation, query.guideline_check.round
    letter = outbox.Letter(
        to=mailbox,
        kind=Notification.Kind.RELEASE,
        subject=f"{check_round}: Rückfrage beantwortet ({house})",
        body=(
            f"Guten Tag,\n\nzu Ihrer Rückfrage vom {german_date(query.asked_at)} liegt die Antwort "
            f"des {house} vor."
        ),
        link=query.statement.get_absolute_url(),
    )
    return [letter]
