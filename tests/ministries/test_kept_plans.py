"""The plan of a long wording is made once for a connection; room is made, and nothing old is answered."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from ministries import kept
from ministries.kept import Wording
from ministries.models import Ministry
from tests.factories import make_ministry

pytestmark = pytest.mark.django_db
PADDING = f" /* {'x' * kept.LONG} */"
COUNT = f"SELECT count(*) AS number FROM ministries_ministry WHERE sort_order >= %s{PADDING}"


@pytest.fixture(autouse=True)
def no_plans() -> Iterator[None]:
    plans = kept._plans.setdefault(connection.connection, kept.OrderedDict())
    yield
    assert len(plans) <= kept.PLANS


def names() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'kept_%'")
        return {name for (name,) in cursor.fetchall()}


def test_second_asking_follows_the_plan_and_counts_anew() -> None:
    wording = Wording(COUNT, (-7,))
    before = wording.rows()[0][0]
    known = names()
    make_ministry()

    assert wording.rows()[0][0] == before + 1
    assert wording.first() == {"number": before + 1}
    assert names() == known


def test_room_is_made() -> None:
    for number in range(kept.PLANS + 5):
        Wording(COUNT, (number - 1000,)).rows()

    assert len(names()) == kept.PLANS


def test_one_that_fails_leaves_the_connection_usable() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Wording(f"SELECT 1 / %s{PADDING}", (0,)).rows()

    assert Wording(COUNT, (0,)).rows()[0][0] == Ministry.objects.filter(sort_order__gte=0).count()


def test_short_ones_need_none() -> None:
    before = names()

    assert Wording("SELECT %s::int", (5,)).rows() == [(5,)]
    assert names() == before
