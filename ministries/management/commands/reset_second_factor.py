"""`manage.py reset_second_factor E-MAIL GRUND`: where nobody of the Technik can sign in any more."""

from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ministries.accounts.second_factor_actions import reset_second_factor
from ministries.accounts.users import User
from ministries.clock import now
from ui.errors import Refusal
from ui.text import clean_line


class Command(BaseCommand):
    help = "Setzt den zweiten Faktor eines Kontos zurück und benachrichtigt die Person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="E-Mail-Adresse des Kontos")
        parser.add_argument("reason", help='Grund, zum Beispiel "Telefon verloren"')

    def handle(self, *, email: str, reason: str, **options: Any) -> None:
        user = User.objects.filter(email=clean_line(email).lower()).first()
        if user is None:
            raise CommandError(f"Zu {email} gibt es kein Konto.")
        try:
            with pghistory.context(command="reset_second_factor"):
                reset_second_factor(user, by=None, reason=clean_line(reason), now=now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Der zweite Faktor von {user.email} ist zurückgesetzt.")
