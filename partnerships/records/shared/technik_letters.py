"""Letters to Technik: accounts and functions are theirs, whoever knows what they should become."""

from ministries.clock import today
from ministries.mail.outbox import Letter, post_all
from ministries.models import Appointment, Notification, Role, User


def write_to_technik(*, subject: str, body: str, link: str) -> list[Notification]:
    """One to each of them, in the caller's transaction; none where there is no such account."""
    appointed = Appointment.objects.on(today()).filter(role=Role.ADMINISTRATOR)
    technicians = User.objects.filter(is_active=True, pk__in=appointed.values("user"))
    kind = Notification.Kind.ACCOUNT
    letters = [
        Letter(to=technician, subject=subject, body=body, kind=kind, link=link)
        for technician in technicians
    ]
    return post_all(letters) if letters else []
