"""`restore --force` meets a database at work, a wrong list, or its own end: nothing is destroyed.

Both logins are as docs/betrieb.md has them: the owner sees little of what other sessions are.
"""

import json
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from config import archive as archives
from tests import database
from tests.config.places import Place, place
from tests.trial import free_port

pytestmark = pytest.mark.slow
DOCUMENT = "documents/ab/abcdef.pdf"


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
