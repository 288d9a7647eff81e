"""`manage.py erase_person`: what was ordered to be erased goes, everywhere it can be known by machine."""

from collections import Counter
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from config.occurrences import occurrences
from ministries.accounts.erasure_actions import erase_account, record_erasure
from ministries.clock import now
from ministries.models import User
from partnerships.models import Contact
from partnerships.records.contacts.retention import clear_personal_fields
from ui.errors import Refusal
from ui.text import clean_line


class Command(BaseCommand):
    help = (
        "Löscht die Angaben zu einer Person: Konto und Ansprechpersonen mit dieser Adresse, "
        "oder eine Ansprechperson nach ihrer Nummer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="E-Mail-Adresse, oder Nummer der Ansprechperson")
        parser.add_argument("reason", help='Anordnung, zum Beispiel "Antrag vom 3.4.2026, Az. 12"')
        parser.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts ändern")

    @transaction.atomic
    def handle(self, *, person: str, reason: str, dry_run: bool, **options: Any) -> None:
        person, reason = clean_line(person), clean_line(reason)
        if not reason:
            raise CommandError("Bitte die Anordnung angeben.")
        user = User.objects.filter(email__iexact=person).first()
        number = int(person) if person.isascii() and person.isdigit() and len(person) < 19 else None
        found = (
            Contact.objects.filter(pk=number)
            if number
            else Contact.objects.filter(email__iexact=person)
        )
        contacts = list(found)
        if user is None and not contacts:
            raise CommandError(f"Zu {person} gibt es weder ein Konto noch eine Ansprechperson.")
        words = words_of([*contacts, *([user] if user else [])])
        with pghistory.context(command="erase_person"):
            gone = self.erase(user, contacts, reason)
        self.report(gone, words, dry_run)
        if dry_run:
            transaction.set_rollback(True)

    def erase(self, user: User | None, contacts: list[Contact], reason: str) -> Counter[str]:
        gone: Counter[str] = Counter()
        if user is not None:
            try:
                gone.update(erase_account(user, reason=reason, now=now()))
            except Refusal as refusal:
                raise CommandError(str(refusal)) from refusal
        for contact in contacts:
            rows = Contact.objects.filter(pk=contact.pk)
            gone["Ansprechpersonen"] += clear_personal_fields(rows, reason=f"Löschung: {reason}")
            record_erasure(f"Ansprechperson Nr. {contact.pk}", reason=reason, number=1, now=now())
        return gone

    def report(self, gone: Counter[str], words: set[str], dry_run: bool) -> None:
        self.stdout.write("Es würden gelöscht:" if dry_run else "Gelöscht:")
        for name, number in gone.items():
            self.stdout.write(f"  {name}: {number}")
        left = occurrences(words)
        if left:
            self.stdout.write("Namen oder Adressen stehen noch in Texten, die jemand lesen muss:")
        for line in left:
            self.stdout.write(f"  {line}")
        self.stdout.write(
            "Nicht durchsucht: der Inhalt hochgeladener Dokumente und frühere Sicherungen."
        )


def words_of(people: list[User | Contact]) -> set[str]:
    """Addresses, and names of two words or more: a single word stands for too many."""
    addresses = {person.email for person in people if person.email}
    return addresses | {person.name for person in people if " " in person.name.strip()}
