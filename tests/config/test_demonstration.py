"""`load_demo` on the real register: what it invents says so, judges nobody, and stays off a real system."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from io import StringIO
from itertools import pairwise

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model, QuerySet
from pytest_django import DjangoDbBlocker, Settings

from config.demonstration import refuse_demonstration
from guidelines.models import Proposal, ReviewNote, Statement
from ministries.clock import today
from ministries.models import Ministry
from partnerships import models
from partnerships.demo.invented import MUSTERLAND
from partnerships.models import Activity, Partnership, SubjectRecord
from partnerships.records.activities.states import COMING
from tests import database
from tests.harness import walk
from tests.record_factories import make_activity
from ui.demo import MARK

pytestmark = pytest.mark.long
EXAMPLE = "(Beispiel)"
INVENTED = Activity.objects.filter(title__endswith=EXAMPLE)


def last_year() -> int:
    return today().year - 1


@pytest.fixture(scope="module", autouse=True)
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Flandern has a real activity of the SMWK last year."""
    load = partial(call_command, "load_register", verbosity=0)
    with (
        django_db_blocker.unblock(),
        database.filled(database.register(), load),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(settings, "BRUECKE_DEMO", True)
        patch.setenv("BRUECKE_DEMO_PASSWORD", "ein langes Passwort")
        make_activity(
            title="Gastspiel",
            ministry=Ministry.objects.on(today()).get(abbreviation="SMWK"),
            partnerships=[Partnership.objects.get(slug="flandern")],
            starts_on=date(last_year(), 5, 4),
        )
        call_command("load_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def active() -> QuerySet[Partnership]:
    return Partnership.objects.exclude(status_periods__status="dormant")


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (models.Commitment, "title"),
        (models.Contact, "function"),
        (models.Document, "title"),
        (models.FollowUp, "text"),
        (models.Gift, "title"),
        (models.Note, "title"),
        (models.WorkingGroup, "name"),
    ],
)
def test_every_record_says_that_it_is_an_example(model: type[Model], field: str) -> None:
    names = list(model._base_manager.values_list(field, flat=True))

    assert names
    assert [name for name in names if not name.endswith(EXAMPLE)] == []


def test_every_long_text_says_that_it_is_an_example() -> None:
    texts = [*SubjectRecord.objects.values_list("situation", flat=True)]
    texts += ReviewNote.objects.exclude(reason="").values_list("reason", flat=True)
    texts += Statement.objects.exclude(key_message="").values_list("key_message", flat=True)
    texts += [text for row in INVENTED for text in (row.aims, row.results) if text]

    assert len(texts) > 200
    assert [text for text in texts if "Beispieltext." not in text] == []


def test_no_two_neighbours_are_the_same() -> None:
    for partnership in active():
        rows = list(INVENTED.filter(partnerships=partnership).order_by("starts_on"))
        assert len(rows) > 2, partnership
        for one, next_one in pairwise(rows):
            assert one.kind != next_one.kind
            assert one.aims != next_one.aims
    titles = list(INVENTED.order_by("starts_on", "pk").values_list("title", flat=True))
    assert [one for one, other in pairwise(titles) if one == other] == []
    assert len(set(titles)) > len(titles) / 2


def test_what_is_real_stays_alone() -> None:
    about = INVENTED.filter(partnerships__slug="flandern", starts_on__year=last_year())

    assert not about.filter(ministry__abbreviation="SMWK").exists()
    assert about.exists()


def test_every_partnership_that_does_not_rest_plans_something() -> None:
    planned = INVENTED.filter(state__in=COMING, starts_on__gt=today())

    assert [one for one in active() if planned.filter(partnerships=one).count() < 2] == []
    assert not INVENTED.filter(partnerships__status_periods__status="dormant").exists()


def test_no_minister_travels_by_invention() -> None:
    assert set(INVENTED.values_list("level", flat=True)) == {"working"}


def test_votes_judge_no_real_government() -> None:
    real = Statement.objects.exclude(guideline_check__partnership__slug=MUSTERLAND)
    proposals = Proposal.objects.exclude(guideline_check__partnership__slug=MUSTERLAND)
    notes = ReviewNote.objects.exclude(statement__guideline_check__partnership__slug=MUSTERLAND)

    assert set(real.values_list("vote", flat=True)) == {"", "continue", "expand"}
    assert set(proposals.values_list("outcome", flat=True)) == {"continue"}
    assert not notes.filter(answer__in=["0", "1", "no", "clarify"]).exists()


def test_hard_votes_are_those_about_musterland() -> None:
    about = Statement.objects.filter(guideline_check__partnership__slug=MUSTERLAND)
    proposal = Proposal.objects.get(guideline_check__partnership__slug=MUSTERLAND)

    assert {"suspend", "end", "focus"} < set(about.values_list("vote", flat=True))
    assert proposal.outcome == "suspend"


def test_musterland_is_nobodys() -> None:
    partnership = Partnership.objects.get(slug=MUSTERLAND)
    region = partnership.regions.get()

    assert {partnership.source, region.source} == {MARK}
    assert str(partnership) == str(region) == "Musterland (frei erfunden)"
    assert region.country.name == "Antarktis"


def test_second_run_changes_nothing() -> None:
    tables = [*walk.models(), *walk.event_models()]
    before = {walk.label(table): table._base_manager.count() for table in tables}

    call_command("load_demo", stdout=StringIO())

    assert {walk.label(table): table._base_manager.count() for table in tables} == before


def test_real_system_refuses_the_demonstration(settings: Settings) -> None:
    refuse_demonstration()

    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="enthält die Vorführung"):
        refuse_demonstration()


def test_real_system_accepts_the_register(settings: Settings) -> None:
    settings.PRODUCTION = True
    with transaction.atomic():
        Partnership.objects.filter(slug=MUSTERLAND).update(slug="gone")
        refuse_demonstration()
        transaction.set_rollback(True)
