"""A deputy is appointed by Technik; what one can do oneself is to ask with all that is needed."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from ministries.clock import today
from ministries.models import Notification, User
from partnerships.records.shared.technik_letters import write_to_technik
from ui.dates import german_date
from ui.errors import Refusal


@transaction.atomic
def request_deputy(
    *, deputy: User, valid_from: date, valid_until: date, houses: set[int], by: User
) -> list[Notification]:
    """A letter to everybody of Technik, with the functions the deputy would take."""
    if not by.has_perm("partnerships.add_follow_up"):
        raise PermissionDenied
    functions = by.appointments.on(today()).filter(ministry__in=houses).select_related("ministry")
    period = f"vom {german_date(valid_from)} bis {german_date(valid_until)}"
    lines = [f"- {row.get_role_display()}, {row.ministry.abbreviation}" for row in functions]
    body = (
        f"{by.name} ({by.email}) bittet, {deputy.name} ({deputy.email}) {period} als Vertretung "
        "einzutragen, jeweils „in Vertretung für“ die genannte Person:\n\n" + "\n".join(lines)
    )
    link = reverse("technical:ministries_appointment_add")
    letters = write_to_technik(subject=f"Vertretung eintragen: {by.name}", body=body, link=link)
    if not letters:
        raise Refusal("Es gibt kein Konto der Technik. Wenden Sie sich an die Koordinierung.")
    return letters
