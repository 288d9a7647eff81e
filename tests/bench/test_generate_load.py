"""`generate_load` in small: believable, always the same, all or nothing, and not on a real system."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings
from pytest_django import DjangoDbBlocker

from guidelines.models import CheckRound, ReviewNote, Statement
from ministries.models import Ministry, User
from partnerships.models import (
    Activity,
    Agreement,
    CostLine,
    Lead,
    Participation,
    Partnership,
    StatusPeriod,
)

pytestmark = [pytest.mark.django_db, pytest.mark.long]
DEPENDENT = (StatusPeriod, Lead, Participation, Agreement, Statement, ReviewNote)
NUMBER = 40


@pytest.fixture(scope="module")
def register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once; every test goes on from there and is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_register", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def generate(**options: int) -> str:
    said = StringIO()
    call_command("generate_load", stdout=said, **({"partnerships": NUMBER, "rounds": 2} | options))
    return said.getvalue()


def names() -> list[str]:
    return list(Partnership.objects.order_by("pk").values_list("name", flat=True))


def test_makes_what_is_asked(register: None) -> None:
    before = Partnership.objects.count()

    said = generate()

    assert Partnership.objects.count() == before + NUMBER
    assert all(model._base_manager.exists() for model in DEPENDENT)
    assert CheckRound.objects.filter(state="open").count() == 1
    assert CheckRound.objects.filter(state="closed").count() == 1
    assert f"Davon abhängige Zeilen: {dependent()}." in said


def dependent() -> int:
    """Of the generated ones only: those of the register were there before."""
    own = Partnership.objects.filter(slug__startswith="messdaten-")
    related = (StatusPeriod, Lead, Participation, Agreement)
    by_partnership = sum(
        model._base_manager.filter(partnership__in=own).count() for model in related
    )
    return by_partnership + Statement.objects.count() + ReviewNote.objects.count()


def test_every_row_keeps_the_rules_of_its_model(register: None) -> None:
    generate()

    for model in DEPENDENT:
        for row in model._base_manager.order_by("pk")[:30]:
            row.full_clean(exclude=["slug"], validate_unique=False)


def test_same_numbers_make_the_same_rows(register: None) -> None:
    first, second = rolled_back_rows(), rolled_back_rows()

    assert len(first) > NUMBER
    assert first == second


def rolled_back_rows() -> list[tuple[object, ...]]:
    with transaction.atomic():
        generate(rounds=0)
        partnerships = Partnership.objects.filter(slug__startswith="messdaten-").order_by("slug")
        agreements = Agreement.objects.filter(partnership__in=partnerships).order_by("slug")
        rows = [
            *partnerships.values_list("slug", "name", "kind", "established_on", "is_confidential"),
            *agreements.values_list("slug", "title", "signed_on", "valid_until", "term"),
        ]
        transaction.set_rollback(True)
    return rows


def test_no_statement_is_long(register: None) -> None:
    """Batches stay small whatever the number, so that no statement comes near the timeout."""
    with CaptureQueriesContext(connection) as captured:
        generate(partnerships=600, rounds=0)

    inserts = [
        query for query in captured if 'INSERT INTO "partnerships_partnership" ' in query["sql"]
    ]
    assert len(inserts) == 2


def test_production_is_refused_unless_asked(register: None) -> None:
    with override_settings(PRODUCTION=True):
        with pytest.raises(CommandError, match="--in-production"):
            generate()
        assert not Partnership.objects.filter(slug__startswith="messdaten-").exists()
        generate(in_production=True)

    assert Partnership.objects.filter(slug__startswith="messdaten-").count() == NUMBER


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"activities": -1}, "keine negative"), ({"partnerships": 0}, "Mindestens eine")],
)
def test_the_impossible_is_refused(register: None, options: dict[str, int], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        generate(**options)


def test_activities_hang_on_the_generated_partnerships(register: None) -> None:
    generate(activities=40)

    generated = Activity.objects.filter(external_key=None)
    assert generated.count() == 40
    assert not generated.exclude(partnerships__slug__startswith="messdaten-").exists()
    assert CostLine.objects.exists()
    for activity in generated:
        activity.full_clean(exclude=["circle"])


def test_a_second_run_changes_nothing(register: None) -> None:
    generate()
    before = names()

    with pytest.raises(CommandError, match="schon erzeugte"):
        generate()

    assert names() == before


def test_empty_register_is_refused(register: None) -> None:
    Ministry.objects.update(is_chancellery=False)

    with pytest.raises(CommandError, match="load_register"):
        generate()


def test_nobody_can_sign_in_with_a_known_password(register: None) -> None:
    generate()

    for user in User.objects.all()[:3]:
        assert not user.check_password("")
        assert user.email.endswith("@demo.example")
