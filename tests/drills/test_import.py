"""A worker dies while it takes over a large import: nothing of it is there, and the next one does it once."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from ministries.models import Role
from partnerships.imports.actions import request_take_over
from partnerships.models import Contact, Import
from tests import database, factories, figures
from tests.config.places import Place, place, used
from tests.drills.mailing import wait_until, working
from tests.ministries.sink import free_port
from tests.partnerships.imports.sheets import upload, xlsx

pytestmark = pytest.mark.drill
ROWS = 3_000


@pytest.fixture
def there(
    tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Place]:
    template = f"{database.PREFIX}_template_{database.fingerprint()}"
    with (
        place("import", tmp_path, template=template) as there,
        django_db_blocker.unblock(),
        used(there.name),
    ):
        yield there


def is_under_way() -> bool:
    return Import.objects.filter(done_count__gt=ROWS * 2 // 3, state=Import.State.RUNNING).exists()


def test_import_is_whole_or_not_at_all(there: Place) -> None:
    house = factories.make_ministry()
    officer = factories.make_user(role=Role.OFFICER, ministry=house)
    rows = [(f"Referat {number}", f"p{number}@demo.example") for number in range(ROWS)]
    content = xlsx(("Funktion", "E-Mail-Adresse"), *rows)
    row = upload(content, kind="kontakte", house=house, by=officer)
    assert row.new_count == ROWS
    request_take_over(row=row, by=officer)

    with working(there, free_port()) as worker:
        assert wait_until(is_under_way, 60)
        worker.kill()
        assert worker.process is not None
        worker.process.wait(60)
        left = Contact.objects.count()
        killed = time.monotonic()
        worker.start()
        done = wait_until(lambda: Import.objects.filter(state=Import.State.DONE).exists(), 300)
    seconds = time.monotonic() - killed

    figures.note(
        "Ausfälle",
        "Import nach kill -9 des Workers: Zeilen zur Hälfte oder doppelt",
        asked=0,
        measured=left + abs(Contact.objects.count() - ROWS),
        size=f"{ROWS} Zeilen, nach {seconds:.0f} s vom nächsten Worker übernommen",
    )
    assert left == 0
    assert done
    assert Contact.objects.count() == ROWS
