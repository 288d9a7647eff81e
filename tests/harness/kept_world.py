"""The world of the harness and its legend, made once a run and a day and kept in a template database.

What is read back is as it was made; who wakes it sees to it that a job worker is alive and that what
is fetched within minutes was handed out just now.
"""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager

import pgtrigger
from django.db import connection, transaction

from ministries.clock import now
from ministries.models import Disclosure
from tests import database, factories
from tests.harness import canaries, records, world
from tests.harness.crawl import Visitor


@contextmanager
def visited() -> Iterator[Visitor]:
    """In a transaction that is thrown away at the end, on this process's copy."""
    with database.filled(database.world(), _make), transaction.atomic():
        scene, legend, number = _read_back()
        factories.number_from(number)
        _wake(scene)
        yield Visitor(scene, legend)
        transaction.set_rollback(True)


def _make() -> None:
    with transaction.atomic():
        scene = world.build()
        legend = canaries.plant(scene)
    pickled = pickle.dumps((scene, legend, factories.next_number()))
    with database.owner(connection.settings_dict["NAME"]) as owner:
        owner.execute("CREATE SCHEMA harness")
        owner.execute("CREATE TABLE harness.world (pickled bytea)")
        owner.execute("INSERT INTO harness.world VALUES (%s)", [pickled])


def _read_back() -> tuple[world.World, canaries.Legend, int]:
    with database.owner(connection.settings_dict["NAME"]) as owner:
        (pickled,) = owner.execute("SELECT pickled FROM harness.world").fetchone() or (b"",)
    scene, legend, number = pickle.loads(pickled)
    return scene, legend, number


def _wake(scene: world.World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now()")
    with pgtrigger.ignore(*canaries.guards()):
        Disclosure.objects.update(made_at=now())
    records.store_file(scene)
