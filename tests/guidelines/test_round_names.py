"""A round has a name of its own; a year may have several."""

from importlib import import_module
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from guidelines.models import CheckRound
from ministries.history.tracking import events_of
from tests.factories import NOW, make_edition, make_round
from tests.guidelines.conftest import World


def test_round_of_an_old_version_has_its_year_as_name(world: World) -> None:
    """It writes the row without the column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO guidelines_checkround"
            " (version, year, edition_id, state, due_on, is_open_reading)"
            " VALUES (1, 1999, %s, 'preparing', '1999-12-01', false)",
            [world.check_round.edition_id],
        )

    assert CheckRound.objects.get(year=1999).slug == "1999"


def test_two_rounds_have_no_name_in_common(db: Any) -> None:
    edition = make_edition()
    make_round(slug="2026", year=2026, edition=edition)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_round(slug="2026", year=2027, edition=edition)
    assert make_round(slug="2026-2", year=2026, edition=edition).name == "2026-2"


def test_rounds_of_before_get_their_year_and_history_tells_of_no_change(db: Any) -> None:
    """Closed ones too, which no other statement may change."""
    found = make_round(year=1999)
    CheckRound.objects.filter(pk=found.pk).update(
        state="closed", closed_at=NOW, closed_by=found.opened_by
    )
    events = events_of(CheckRound).filter(pgh_obj=found.pk)
    with pgtrigger.ignore():
        CheckRound.objects.update(slug="")
    number = events.count()

    with connection.cursor() as cursor:
        cursor.execute(import_module("guidelines.migrations.0012_round_names_filled").ROUNDS)

    assert CheckRound.objects.get().slug == "1999"
    assert events.count() == number
    with pytest.raises(DatabaseError), transaction.atomic():
        CheckRound.objects.update(version=9)
