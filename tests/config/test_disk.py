"""A full disk is told in a sentence: on a page, in a form, at the terminal."""

import logging
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from partnerships.files.store import store
from tests import database
from tests.config.places import Place, place
from ui import disk
from ui.errors import Refusal


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    if os.geteuid() != 0 and not os.environ.get("CI"):
        pytest.skip("only root can mount a small disk; CI is root")
    folder = tmp_path_factory.mktemp("small-disk")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)  # whatever a failed test left open


@pytest.fixture(scope="module")
def here(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Place]:
    with django_db_blocker.unblock():
        connection.close()
    with place("disk", tmp_path_factory.mktemp("disk"), template=database.NAME) as here:
        (here.folder / "documents").mkdir()
        yield here


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/voll/datei/", "/voll/datenbank/"])
def test_page_tells_that_the_disk_is_full(
    path: str,
    client: Client,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", False)
    monkeypatch.setattr(logging.getLogger("errors"), "disabled", False)
    settings.ROOT_URLCONF = "tests.config.crashing_urls"
    client.raise_request_exception = False

    response = client.get(path)

    assert response.status_code == 503
    assert disk.FULL in response.text
    assert not re.search(r"\b[0-9a-f]{10}\b", response.text)
    assert "disk-full" in caplog.text
    assert [record for record in caplog.records if record.name == "django.request"] == []


def test_upload_tells_that_the_disk_is_full(small_disk: Path, settings: Settings) -> None:
    settings.DATA_DIR = small_disk
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7" + bytes(2_000_000))

    with pytest.raises(Refusal, match=disk.FULL):
        store(upload)

    assert [path for path in (small_disk / "documents").rglob("*") if path.is_file()] == []


@pytest.mark.slow
@pytest.mark.parametrize("filled", [950_000, 0], ids=["by the dump", "by the documents"])
def test_backup_tells_that_the_disk_is_full(here: Place, small_disk: Path, filled: int) -> None:
    (here.folder / "documents" / "a.pdf").write_bytes(bytes(2_000_000))
    (small_disk / "other").write_bytes(bytes(filled))

    done = here.manage("backup", small_disk / "bruecke.zip")

    assert done.returncode == 1
    assert disk.FULL in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in small_disk.iterdir() if path.is_file()] == ["other"]


@pytest.mark.slow
def test_backup_without_a_database_is_told(here: Place, tmp_path: Path) -> None:
    nowhere = Place("gibt_es_nicht", here.folder)

    done = nowhere.manage("backup", tmp_path / "bruecke.zip")

    assert done.returncode == 1
    assert "Die Datenbank antwortet nicht" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
