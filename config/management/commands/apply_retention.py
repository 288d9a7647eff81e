"""`manage.py apply_retention`: what the worker does each night, at once, or only counted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from ministries.clock import now, today
from ministries.mail.retention_actions import delete_expired_notifications, expired_notifications
from partnerships.records.contacts.retention import clear_expired_contacts, expired_contacts


class Command(BaseCommand):
    help = "Entfernt, was länger aufbewahrt ist als die Fristen in den Einstellungen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="nur zählen, nichts ändern")

    @transaction.atomic
    def handle(self, *, dry_run: bool, **options: Any) -> None:
        if dry_run:
            mails, contacts = (
                expired_notifications(now()).count(),
                expired_contacts(today()).count(),
            )
        else:
            mails = delete_expired_notifications(now())
            contacts = clear_expired_contacts(today())
        words = "wären zu" if dry_run else "wurden"
        end = " entfernen" if dry_run else " entfernt"
        self.stdout.write(f"Versandte Nachrichten: {mails} {words}{end}.")
        self.stdout.write(f"Personenbezogene Angaben von Kontakten: {contacts} {words}{end}.")
