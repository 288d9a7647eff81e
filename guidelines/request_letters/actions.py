"""That a letter went out, told by the mail that Brücke sent."""

from guidelines.request_letters.models import RequestLetter
from ministries.models import Notification


def note_delivery(notification: Notification) -> None:
    """Whatever became of the round meanwhile: the house has it."""
    letters = RequestLetter.objects.filter(message_id=notification.message_id, mailed_at=None)
    letters.update(mailed_at=notification.sent_at)
