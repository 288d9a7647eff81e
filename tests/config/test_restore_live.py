"""`restore --force` meets a database at work, a wrong list, or its own end: nothing is destroyed.

Both logins are as docs/betrieb.md has them: the owner sees little of what other sessions are.
"""

import json
import signal
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from config.operations import archive as archives
from config.operations.archive import ArchiveError
from tests import database
from tests.config.places import Place, place
from tests.trial import free_port

pytestmark = pytest.mark.slow
DOCUMENT = "documents/ab/abcdef.pdf"
SLOW = """
CREATE FUNCTION zz_waits(integer) RETURNS boolean LANGUAGE sql AS 'SELECT pg_sleep(4) IS NOT NULL';
CREATE TABLE zz_slow (id integer CHECK (zz_waits(id)));
INSERT INTO zz_slow VALUES (1);
"""
BUSY = "SELECT application_name FROM pg_stat_activity WHERE datname = %s AND usename IS NOT NULL"


@pytest.fixture(scope="module")
def live(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Place]:
    with django_db_blocker.unblock():
        connection.close()
    folder = tmp_path_factory.mktemp("live") / "place"
    with place("live", folder, template=database.NAME) as live:
        document = folder / DOCUMENT
        document.parent.mkdir(parents=True)
        document.write_bytes(b"a")
        yield live


@pytest.fixture(scope="module")
def archive(live: Place) -> Path:
    return backup(live, "bruecke.zip")


def backup(live: Place, name: str) -> Path:
    path = live.folder.with_name(name)
    done = live.manage("backup", path)
    assert done.returncode == 0, done.stderr
    return path


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def is_healthy(port: int) -> bool:
    try:
        return bool(urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).status == 200)
    except URLError:
        return False


def app_may_enter(live: Place) -> bool:
    try:
        live.app().close()
    except psycopg.OperationalError:
        return False
    return True


def busy(outside: psycopg.Connection, live: Place) -> set[str]:
    return {row[0] for row in outside.execute(BUSY, [live.name]).fetchall()}


def test_web_and_worker_at_work_are_left_alone(live: Place, archive: Path) -> None:
    port = free_port()
    variables = {"BRUECKE_TEST": "", "BRUECKE_DEMO": "1", "PORT": str(port)}
    serve = "gunicorn", "-c", "config/gunicorn_conf.py", "config.wsgi"
    with (
        live.started(*serve, **variables) as web,
        live.started("manage", "worker", **variables) as worker,
    ):
        until(lambda: is_healthy(port))
        with live.owner() as owner:
            owner.execute("CREATE TABLE since_the_backup (id integer)")

        refused = live.manage("restore", archive, "--force")

        assert refused.returncode == 1
        assert "bruecke_app" in refused.stderr
        assert "beenden" in refused.stderr
        assert "since_the_backup" in live.tables()
        assert is_healthy(port)
        assert (web.poll(), worker.poll()) == (None, None)
        assert app_may_enter(live)
    forced = live.manage("restore", archive, "--force")
    assert forced.returncode == 0, forced.stderr
    assert "since_the_backup" not in live.tables()
    assert app_may_enter(live)


def test_list_that_does_not_fit_changes_nothing(live: Place, archive: Path) -> None:
    wrong = archive.with_name("wrong.zip")
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(wrong, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == archives.MANIFEST:
                manifest = json.loads(content)
                manifest["tables"]["django_migrations"]["rows"] += 1
                content = json.dumps(manifest).encode()
            target.writestr(name, content)
    with live.owner() as owner:
        owner.execute("CREATE TABLE since_the_list (id integer)")
    (live.folder / "documents" / "later.pdf").write_bytes(b"later")

    failed = live.manage("restore", wrong, "--force")

    assert failed.returncode == 1
    assert "Tabelle django_migrations" in failed.stderr
    assert "since_the_list" in live.tables()
    assert (live.folder / "documents" / "later.pdf").exists()
    assert app_may_enter(live)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_restore_that_is_ended_leaves_a_way_back(live: Place, ending: signal.Signals) -> None:
    with live.owner() as owner:
        owner.execute(SLOW)
    slow = backup(live, f"slow-{ending.name}.zip")
    with live.owner() as owner:
        owner.execute("DROP TABLE zz_slow; DROP FUNCTION zz_waits; CREATE TABLE since_slow ()")
    before = live.tables()
    with (
        live.started("manage", "restore", slow, "--force") as process,
        database.owner("postgres") as outside,
    ):
        assert process.stdout is not None
        way_back = [process.stdout.readline(), process.stdout.readline()][1]
        until(lambda: "psql" in busy(outside, live))
        assert not app_may_enter(live)
        process.send_signal(ending)
        assert process.wait(30) != 0
        until(lambda: not busy(outside, live))
    assert app_may_enter(live) == (ending is signal.SIGTERM)
    with live.owner() as owner:
        owner.execute(way_back.strip().encode())
        assert app_may_enter(live)
        owner.execute("DROP TABLE since_slow")
    del before["since_slow"]
    assert live.tables() == before
    assert (live.folder / DOCUMENT).read_bytes() == b"a"


def test_documents_come_back_when_the_commit_fails(tmp_path: Path) -> None:
    folder, documents = tmp_path / "folder", tmp_path / "documents"
    for path, content in ((folder / "documents", "new"), (documents, "old")):
        path.mkdir(parents=True)
        (path / "a.pdf").write_text(content)

    with suppress(ArchiveError), archives.exchanged_documents(folder, documents):
        assert (documents / "a.pdf").read_text() == "new"
        raise ArchiveError

    assert (documents / "a.pdf").read_text() == "old"
    assert not archives.former(documents).exists()


def test_documents_of_a_killed_restore_are_not_thrown_away(live: Place, archive: Path) -> None:
    kept = archives.former(live.folder / "documents")
    kept.mkdir()

    refused = live.manage("restore", archive, "--force")

    assert refused.returncode == 1
    assert str(kept) in refused.stderr
    assert kept.exists()
    kept.rmdir()
