"""The worker outlives its database: a restart costs a pause, not the process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from config.operations import postgres
from config.operations.postgres_programs import binaries
from tests import database
from tests.trial import Trial

pytestmark = pytest.mark.slow
DEMO = {"BRUECKE_DEMO": "1"}
DEFER = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args)
VALUES ('upkeep', 'ui.forget_receipts', '{"timestamp": 0}') RETURNING id
"""


@pytest.fixture
def cluster(reachable_folder: Path, django_db_setup: None) -> Iterator[Trial]:
    """A server of its own, which this test may stop, with what the migrations make."""
    cluster = Trial(reachable_folder / "data")
    migrated = make_conninfo(database.OWNER_URL, dbname=database.NAME)
    dump = subprocess.run([binaries() / "pg_dump", migrated], stdout=subprocess.PIPE, check=True)
    command = [binaries() / "psql", "-qX", "-v", "ON_ERROR_STOP=1", cluster.url("bruecke_owner")]
    try:
        cluster.run("config.operations.postgres", "start")
        subprocess.run(command, input=dump.stdout, stdout=subprocess.DEVNULL, check=True)
        yield cluster
    finally:
        cluster.run("config.operations.postgres", "stop")


def is_done(cluster: Trial, job: int) -> bool:
    state = "SELECT status FROM procrastinate_jobs WHERE id = %s"
    return cluster.rows(state, job) == [("succeeded",)]


def test_worker_survives_a_restart_of_the_database(cluster: Trial) -> None:
    url = cluster.url("bruecke_app")
    log = cluster.folder.with_name("worker.log")
    with log.open("w") as errors:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "worker"],
            cwd=postgres.ROOT,
            env=cluster.environment | DEMO | {"DATABASE_URL": url},
            stderr=errors,
            start_new_session=True,
        )
    try:
        before = cluster.rows(DEFER)[0][0]
        cluster.wait_until(lambda: is_done(cluster, before))

        cluster.run("config.operations.postgres", "stop")
        time.sleep(3)
        cluster.run("config.operations.postgres", "start")

        after = cluster.rows(DEFER)[0][0]
        cluster.wait_until(lambda: is_done(cluster, after) or worker.poll() is not None)
        assert worker.poll() is None, log.read_text()
        assert "database-lost" in log.read_text()
        worker.terminate()
        assert worker.wait(30) == 0, log.read_text()
    finally:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
