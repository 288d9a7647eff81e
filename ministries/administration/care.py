"""What the start pages of the two admin areas point at: things that wait for somebody."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from ministries.accounts.appointments import Appointment
from ministries.accounts.roles import Role
from ministries.accounts.users import User
from ministries.clock import today
from ministries.houses.models import Ministry
from ministries.mail.jobs import Job
from ministries.mail.notifications import Notification
from ui.offers import ATTENTION_SOURCES


@dataclass(frozen=True)
class CareItem:
    text: str
    url: str


def register_care(user: User) -> list[CareItem]:
    """For the coordination: what the apps report, then houses without anybody who can answer."""
    reported = [item for source in ATTENTION_SOURCES for item in source(user, today())]
    reported.sort(key=lambda item: -item.weight)
    care = [CareItem(item.sentence, item.url) for item in reported]
    officers = Appointment.objects.on(today()).filter(
        role=Role.OFFICER, ministry=OuterRef("pk"), user__is_active=True
    )
    houses = Ministry.objects.on(today()).filter(~Exists(officers)).in_protocol_order()
    if names := ", ".join(house.abbreviation for house in houses):
        care.append(
            CareItem(
                f"Ressorts ohne Konto für die Bearbeitung: {names}", reverse("accounts:invite")
            )
        )
    return care


def technical_care() -> list[CareItem]:
    open_invitations = User.objects.invited().count()
    failed_mails = Notification.objects.filter(state=Notification.State.FAILED).count()
    failed_jobs = Job.objects.failed().count()
    rows = [
        (open_invitations, "offene Einladung", "offene Einladungen", "user", "einladung=offen"),
        (
            failed_mails,
            "nicht zustellbare Nachricht",
            "nicht zustellbare Nachrichten",
            "notification",
            "state__exact=failed",
        ),
    ]
    care = [
        CareItem(
            f"{count} {one if count == 1 else many}",
            reverse(f"technical:ministries_{model}_changelist") + f"?{query}",
        )
        for count, one, many, model, query in rows
        if count
    ]
    if failed_jobs:
        url = reverse("technical:ministries_job_changelist")
        noun = "fehlgeschlagener Auftrag" if failed_jobs == 1 else "fehlgeschlagene Aufträge"
        care.append(CareItem(f"{failed_jobs} {noun}", f"{url}?stand=failed"))
    return care
