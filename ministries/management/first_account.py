"""What the commands share that make an account where nobody can invite yet."""

from typing import Any

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from ministries.accounts.invitation_actions import Invitation, invite
from ministries.accounts.invitations import LIFETIME_DAYS
from ministries.accounts.letter_actions import invitation_path, post_invitation
from ministries.accounts.roles import Role
from ministries.accounts.users import User
from ministries.clock import today
from ministries.houses.models import Ministry
from ui.text import clean_line


class FirstAccount(BaseCommand):
    """An account of the Staatskanzlei in one role; run on the server, without an order."""

    role: Role
    area: str

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="dienstliche E-Mail-Adresse")
        parser.add_argument("name", help='Name, zum Beispiel "Vorname Nachname"')

    def handle(self, *, email: str, name: str, **options: Any) -> None:
        email, name = clean_line(email).lower(), clean_line(name)
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} ist keine E-Mail-Adresse.") from error
        if not name:
            raise CommandError("Der Name fehlt.")
        chancellery = Ministry.objects.on(today()).filter(is_chancellery=True).first()
        if chancellery is None:
            raise CommandError(
                "Die Staatskanzlei ist nicht geladen. Führen Sie zuerst manage.py load_register aus."
            )
        with transaction.atomic(), pghistory.context(area=self.area, command=self.area):
            user = self._account(email, name, chancellery)
        if user is None:
            return
        self.stdout.write(f"Einladung an {user.email}, gültig {LIFETIME_DAYS} Tage:")
        self.stdout.write(f"  {settings.PUBLIC_URL}{invitation_path(user)}")

    def _account(self, email: str, name: str, chancellery: Ministry) -> User | None:
        """The account to invite; None when there is nothing left to do."""
        user = User.objects.filter(email=email).first()
        if user is None:
            invitation = Invitation(
                email=email,
                name=name,
                unit="",
                role=self.role,
                ministry=chancellery,
                valid_from=today(),
            )
            return invite(invitation, by=None)
        if not user.is_active or not user.has_role(self.role):
            raise CommandError(
                f"{email} hat schon ein Konto, aber nicht als aktive {self._word}. "
                "Das ändert die Technik unter /technik/."
            )
        if user.has_usable_password():
            self.stdout.write(
                f"{email} ist schon {self._word} und hat ein Passwort. Nichts zu tun."
            )
            return None
        post_invitation(user, by=None)
        return user

    @property
    def _word(self) -> str:
        return str(self.role.label).partition(" (")[0]
