"""`manage.py load_demo`: people and one round to try Brücke with; never on a real system."""

import os
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guidelines.demo.records import build_demo_round
from ministries.clock import now, today
from ministries.demo import COORDINATOR, DemoAccount, build_accounts
from ministries.models import Ministry, User
from partnerships.demo.invented import build_musterland
from partnerships.demo.records import build_demo_records

PASSWORD_FILE = "demo-password"  # noqa: S105  a file name
SYLLABLES = [c + v for c in "bdfghklmnprstw" for v in "aeiou"]


class Command(BaseCommand):
    help = "Legt Demonstrationskonten und einen Leitlinien-Check an; nur mit BRUECKE_DEMO=1."

    def handle(self, **options: Any) -> None:
        if not settings.BRUECKE_DEMO:
            raise CommandError(
                "Demonstrationsdaten gibt es nur mit BRUECKE_DEMO=1, nie auf einem echten System."
            )
        if not Ministry.objects.on(today()).filter(is_chancellery=True).exists():
            raise CommandError(
                "Das Register ist leer. Laden Sie es zuerst: manage.py load_register"
            )
        given = os.environ.get("BRUECKE_DEMO_PASSWORD", "")
        password = given or kept_password()
        accounts = build_accounts(password=password, today=today())
        coordinator = User.objects.get(email=COORDINATOR)
        build_musterland(today())
        check_round = build_demo_round(coordinator, now())
        self.stdout.write(f"{check_round}: zum Teil beantwortet.")
        made = build_demo_records(now(), today())
        self.stdout.write(f"Aktivitäten angelegt: {made}.")
        self.stdout.write("Anmelden als:")
        for account in accounts:
            self.stdout.write(f"  {account.email:<28} {_function(account)}")
        if not given:
            self.stdout.write(f"Passwort: {password}")


def _function(account: DemoAccount) -> str:
    if account.is_chief:
        return "Chef der Staatskanzlei"
    return f"{account.role.label}, {account.ministry.abbreviation}"


def kept_password() -> str:
    """Made once for this folder and kept where only its owner reads it."""
    path = settings.DATA_DIR / PASSWORD_FILE
    if not path.exists() or not path.read_text():
        path.touch(mode=0o600)
        words = ("".join(secrets.choice(SYLLABLES) for _ in range(3)) for _ in range(3))
        path.write_text("-".join(words))
    return path.read_text()
