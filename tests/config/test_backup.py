"""Backup and restore by the real commands: everything comes back, or nothing changes."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from config.operations import archive as archives
from config.operations.archive import ArchiveError
from ministries.models import Role
from tests import database, factories
from tests.config.places import Place, place, used
from tests.harness import world

EMAIL = "nach.dem.einspielen@demo.example"
DOCUMENT = b"%PDF-1.7 Kommuniqu\xc3\xa9"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backup")


@pytest.fixture(scope="module")
def here(
    folder: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Place]:
    """One record of every state, and a document."""
    with django_db_blocker.unblock():
        connection.close()  # a module before this one may have left it open
    with place("source", folder / "here", template=database.NAME) as here:
        with django_db_blocker.unblock(), used(here.name):
            world.build()
            factories.make_user(email=EMAIL, role=Role.COORDINATOR)
        document = here.folder / "documents" / "ab" / "abcdef.pdf"
        document.parent.mkdir(parents=True)
        document.write_bytes(DOCUMENT)
        yield here


@pytest.fixture(scope="module")
def archive(here: Place, folder: Path) -> Path:
    path = folder / "bruecke.zip"
    done = here.manage("backup", path)
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def there(folder: Path, archive: Path, django_db_setup: None) -> Iterator[Place]:
    """An empty database into which the backup was played."""
    with place("target", folder / "there") as there:
        done = there.manage("restore", archive)
        assert done.returncode == 0, done.stderr
        assert "Alle Prüfsummen stimmen" in done.stdout
        yield there


@pytest.mark.slow
def test_restored_database_is_the_same(here: Place, there: Place) -> None:
    assert there.tables() == here.tables()
    assert there.frame() == here.frame()
    assert sum(table.rows > 0 for table in here.tables().values()) > 30
    assert (there.folder / "documents" / "ab" / "abcdef.pdf").read_bytes() == DOCUMENT


@pytest.mark.slow
def test_restored_queue_is_the_same(here: Place, there: Place) -> None:
    waiting = "SELECT id, task_name, args, status, scheduled_at FROM procrastinate_jobs ORDER BY id"
    with here.owner() as source, there.owner() as target:
        jobs = source.execute(waiting).fetchall()
        assert jobs == target.execute(waiting).fetchall()
    assert jobs


@pytest.mark.slow
def test_restored_database_goes_on_working(
    there: Place, django_db_blocker: DjangoDbBlocker
) -> None:
    """Login with the password; a new row finds a free key, and its history is written."""
    with django_db_blocker.unblock(), used(there.name):
        client = Client()
        login = {"login": EMAIL, "password": factories.PASSWORD}
        entered = client.post("/konto/login/", login)
        region = factories.make_region(name="Nach dem Einspielen")

        assert entered.status_code == 302
        assert client.get("/partnerschaften/").status_code == 200
        assert type(region).pgh_event_model.objects.filter(pgh_obj_id=region.pk).count() == 1


@pytest.mark.slow
def test_filled_database_is_replaced_only_on_request(
    here: Place, there: Place, archive: Path
) -> None:
    with there.owner() as owner:
        owner.execute("UPDATE partnerships_region SET name = 'Später geändert'")
        owner.execute("CREATE TABLE later (id integer)")
    (there.folder / "documents" / "later.pdf").write_bytes(b"later")
    changed = there.tables()

    refused = there.manage("restore", archive)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert there.tables() == changed

    forced = there.manage("restore", archive, "--force")
    assert forced.returncode == 0, forced.stderr
    assert there.tables() == here.tables()
    assert there.frame() == here.frame()
    assert not (there.folder / "documents" / "later.pdf").exists()


@pytest.mark.slow
def test_restore_that_breaks_off_changes_nothing(here: Place, there: Place, folder: Path) -> None:
    """A row that its own rule refuses: the last table fails after all others were dropped."""
    broken = folder / "broken.zip"
    with here.owner() as owner:
        owner.execute("CREATE FUNCTION zz_fits(integer) RETURNS boolean RETURN true")
        owner.execute("CREATE TABLE zz_late (id integer CHECK (zz_fits(id)))")
        owner.execute("INSERT INTO zz_late VALUES (1)")
        owner.execute("CREATE OR REPLACE FUNCTION zz_fits(integer) RETURNS boolean RETURN false")
    assert here.manage("backup", broken).returncode == 0
    before = there.tables(), there.frame()

    failed = there.manage("restore", broken, "--force")

    assert failed.returncode == 1
    assert "zz_late" in failed.stderr
    assert (there.tables(), there.frame()) == before
    assert (there.folder / "documents" / "ab" / "abcdef.pdf").read_bytes() == DOCUMENT
    assert not list(there.folder.glob(".restore-*"))


@pytest.mark.slow
def test_restore_waits_for_nobody(there: Place, archive: Path) -> None:
    """Web and worker would go on with what they remember of the former database."""
    with there.owner():
        refused = there.manage("restore", archive, "--force")

    assert refused.returncode == 1
    assert "bruecke_owner" in refused.stderr
    assert "beenden" in refused.stderr


# The file by itself


def made(path: Path, **changes: Any) -> Path:
    documents = path.parent / "documents"
    documents.mkdir(exist_ok=True)
    (documents / "a.pdf").write_bytes(b"a")

    def make_dump(dump: Path) -> archives.Manifest:
        dump.write_bytes(b"dump")
        values: dict[str, Any] = {
            "made_at": "",
            "postgresql": "18",
            "migrations": [],
            "tables": {"t": archives.Table(rows=1, checksum="x")},
            "sequences": {"s": 1},
        }
        return archives.Manifest(**(values | changes))

    archives.write(path, documents, make_dump)
    return path


def rewritten(path: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> Path:
    target = path.with_name("rewritten.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as file:
        for name in source.namelist():
            file.writestr(*change(name, source.read(name)))
    return target


def test_backup_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    assert made(tmp_path / "backup.zip").stat().st_mode & 0o777 == 0o600


def test_backup_that_fails_leaves_no_file(tmp_path: Path) -> None:
    def fails(dump: Path) -> archives.Manifest:
        raise ArchiveError("pg_dump ist fehlgeschlagen")

    with pytest.raises(ArchiveError):
        archives.write(tmp_path / "backup.zip", tmp_path / "documents", fails)

    assert list(tmp_path.iterdir()) == []


def test_list_and_content_come_back(tmp_path: Path) -> None:
    path = made(tmp_path / "backup.zip")

    with archives.opened(path, tmp_path) as (manifest, folder):
        assert manifest.tables == {"t": archives.Table(rows=1, checksum="x")}
        assert (folder / archives.DUMP).read_bytes() == b"dump"
        assert (folder / "documents" / "a.pdf").read_bytes() == b"a"


def test_changed_byte_is_found(tmp_path: Path) -> None:
    path = rewritten(
        made(tmp_path / "backup.zip"),
        lambda name, content: (name, b"A" if name.endswith("a.pdf") else content),
    )

    with pytest.raises(ArchiveError, match="beschädigt"), archives.opened(path, tmp_path):
        pass


def test_half_a_file_is_no_backup(tmp_path: Path) -> None:
    path = made(tmp_path / "backup.zip")
    path.write_bytes(path.read_bytes()[:-40])

    with pytest.raises(ArchiveError, match="keine vollständige"), archives.opened(path, tmp_path):
        pass


@pytest.mark.parametrize("name", ["documents/../../x", "/etc/x", "elsewhere/x"])
def test_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    def lead_out(old: str, content: bytes) -> tuple[str, bytes]:
        if old == archives.MANIFEST:
            content = json.dumps(
                json.loads(content) | {"checksums": {name: "0"}}, ensure_ascii=False
            ).encode()
        return old, content

    path = rewritten(made(tmp_path / "backup.zip"), lead_out)

    with pytest.raises(ArchiveError, match="fremden Namen"), archives.opened(path, tmp_path):
        pass


def test_other_format_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "backup.zip", format=2)

    with pytest.raises(ArchiveError, match="anderes Format"), archives.opened(path, tmp_path):
        pass
