"""`manage.py generate_load`: a register of any size with believable rows, to measure against."""

import random
import secrets
import time
from collections.abc import Iterator
from typing import Any

import pghistory
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from guidelines.demo.generated import generate_round
from guidelines.demo.records import writers_of_houses
from guidelines.models import CheckRound, Edition, ReviewNote, Statement
from ministries.clock import today
from ministries.demo import COORDINATOR, build_accounts
from ministries.models import Ministry, Role, SubjectArea, User
from partnerships.demo.generated import SLUG, Surroundings, generate_partnerships
from partnerships.demo.generated_activities import generate_activities
from partnerships.models import (
    Activity,
    Agreement,
    Lead,
    Participation,
    Partnership,
    Region,
    StatusPeriod,
)

SEED = 20260212
SHARE_IN_CHECK, FEWEST_IN_CHECK = 0.045, 12
DEPENDENT = (StatusPeriod, Lead, Participation, Agreement, Activity, Statement, ReviewNote)


class Command(BaseCommand):
    help = (
        "Füllt das Register mit erzeugten Partnerschaften, um Geschwindigkeit und Last zu messen. "
        "Alles oder nichts; dieselben Zahlen ergeben am selben Tag dieselben Daten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--partnerships", type=int, required=True, help="Zahl der Partnerschaften"
        )
        parser.add_argument(
            "--activities",
            type=int,
            default=0,
            help="Zahl der Aktivitäten (Vorgabe: 0)",
        )
        parser.add_argument(
            "--rounds", type=int, default=2, help="Zahl der Leitlinien-Checks (Vorgabe: 2)"
        )
        parser.add_argument(
            "--in-production",
            action="store_true",
            help="auch auf einem echten System, das dafür bestimmt ist",
        )

    def handle(
        self,
        *,
        partnerships: int,
        activities: int,
        rounds: int,
        in_production: bool,
        **options: Any,
    ) -> None:
        if partnerships < 1 or min(activities, rounds) < 0:
            raise CommandError("Mindestens eine Partnerschaft, und keine negative Zahl.")
        _refuse_here(in_production)
        started = time.monotonic()
        before = _counts()
        with transaction.atomic(), pghistory.context(area="Messdaten"):
            _check_keys_row_by_row()
            generate(partnerships, activities, rounds)
        made = {name: number - before[name] for name, number in _counts().items()}
        self._report(made, time.monotonic() - started)

    def _report(self, made: dict[str, int], seconds: float) -> None:
        for name, number in made.items():
            self.stdout.write(f"{name:<28}{number:>9}")
        dependent = sum(made[str(model._meta.verbose_name_plural)] for model in DEPENDENT)
        self.stdout.write(f"Davon abhängige Zeilen: {dependent}. Dauer: {seconds:.1f} s")


def _refuse_here(in_production: bool) -> None:
    if settings.PRODUCTION and not in_production:
        raise CommandError(
            "Das ist ein echtes System. Erzeugte Partnerschaften lassen sich nicht wieder entfernen. "
            "Wer eine Messumgebung füllt, sagt --in-production."
        )
    if not Ministry.objects.on(today()).filter(is_chancellery=True).exists():
        raise CommandError("Das Register ist leer. Laden Sie es zuerst: manage.py load_register")
    if Partnership.objects.filter(slug__startswith=SLUG).exists():
        raise CommandError("Hier sind schon erzeugte Partnerschaften. Es wurde nichts geändert.")


def _check_keys_row_by_row() -> None:
    """Else the end of the transaction checks all foreign keys at once, longer than a statement may."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def generate(partnerships: int, activities: int, rounds: int) -> None:
    if not User.objects.filter(email=COORDINATOR).exists():
        build_accounts(password=secrets.token_urlsafe(24), today=today())  # nobody signs in there
    around = Surroundings(
        chance=random.Random(SEED),  # noqa: S311 - the same rows every time are the point
        today=today(),
        ministries=list(Ministry.objects.on(today()).in_protocol_order()),
        areas=list(SubjectArea.objects.order_by("sort_order", "slug")),
        confirmed_by=User.objects.get(email=COORDINATOR),
        officers=list(User.objects.filter(appointments__role=Role.OFFICER).order_by("email")),
        names=set(Region.objects.values_list("name", flat=True)),
    )
    in_check = max(FEWEST_IN_CHECK, round(partnerships * SHARE_IN_CHECK))
    made = generate_partnerships(around, partnerships, in_check)
    generate_activities(around, made, activities)
    edition = Edition.objects.published().first()
    if rounds and edition is None:
        raise CommandError("Es gibt keine veröffentlichte Leitlinienfassung: --rounds 0.")
    for year, is_running in _years(rounds):
        assert edition is not None
        generate_round(
            around,
            year=year,
            is_running=is_running,
            edition=edition,
            partnerships=made[:in_check],
            writers=writers_of_houses(today()),
        )


def _years(rounds: int) -> Iterator[tuple[int, bool]]:
    """The free years, the latest first; only this year's round runs, and only if none does yet."""
    taken = set(CheckRound.objects.values_list("year", flat=True))
    year = today().year
    is_free = not CheckRound.objects.filter(state=CheckRound.State.OPEN).exists()
    while rounds:
        if year not in taken:
            yield year, year == today().year and is_free
            rounds -= 1
        year -= 1


def _counts() -> dict[str, int]:
    models = (Partnership, Region, *DEPENDENT)
    return {str(model._meta.verbose_name_plural): model._base_manager.count() for model in models}
