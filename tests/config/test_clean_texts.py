"""`manage.py clean_texts`: what stood in the tables before the fields cleaned it."""

from io import StringIO

import pghistory
import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from config import cleaning
from config.tasks import CLEAN, clean_texts
from ministries.history.changes import changes_of
from ministries.history.tracking import events_of
from ministries.loading.register_loading import CONTEXT, touched_by_hand
from ministries.models import Role
from partnerships.models import Region
from tests import factories
from tests.signs import store

pytestmark = pytest.mark.django_db


def preview() -> str:
    out = StringIO()
    call_command("clean_texts", stdout=out)
    return out.getvalue()


def names() -> list[str]:
    return list(Region.objects.order_by("pk").values_list("name", flat=True))


def test_nothing_to_do_is_said() -> None:
    factories.make_region()

    assert preview() == "Alle Texte sind sauber.\n"


def test_preview_counts_shows_and_changes_nothing() -> None:
    store(factories.make_region(name="A"), name="Ober\u00adösterreich", seat="Que\u0301bec")
    store(factories.make_region(name="B"), name="Li\uffffon", aliases="d\x92Ávila_x000D_")

    told = preview()

    assert "Partnerregion, Name: 2\n" in told
    assert "  Ober[weiches Trennzeichen]österreich → Oberösterreich\n" in told
    assert "  Li[U+FFFF]on → Lion\n" in told
    assert "  Que[U+0301]bec → Québec\n" in told
    assert "  d[U+0092]Ávila" in told
    assert names() == ["Ober\u00adösterreich", "Li\uffffon"]


def test_job_cleans_with_reason_and_without_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "BATCH", 2)
    regions = [factories.make_region(name=f"Ort {number}") for number in range(5)]
    for region in regions:
        store(region, name=f"{region.name}\u00a0\u200b", aliases="Gent\r\n* 1960 in Gent")

    clean_texts()

    assert names() == [f"Ort {number}" for number in range(5)]
    kept = Region.objects.get(pk=regions[4].pk)
    assert (kept.aliases, kept.version) == ("Gent\n* 1960 in Gent", 1)
    newest = changes_of(kept, viewer=factories.make_user(role=Role.COORDINATOR))[0]
    assert (newest.reason, newest.actor) == ("Zeichen bereinigt", "Technik auf dem Server")


def test_second_run_finds_nothing() -> None:
    region = store(factories.make_region(), name="Nieder\u00adschlesien")
    clean_texts()
    before = events_of(Region).filter(pgh_obj_id=region.pk).count()

    clean_texts()

    assert preview() == "Alle Texte sind sauber.\n"
    assert events_of(Region).filter(pgh_obj_id=region.pk).count() == before


def test_two_that_become_the_same_are_listed_and_left() -> None:
    region = factories.make_region(name="Niederschlesien")
    factories.make_authority(region=region, name="Marschallamt")
    second = store(factories.make_authority(region=region), name="Marschall\u00adamt")
    twin = store(factories.make_region(), name="Nieder\u00a0schlesien")

    clean_texts()

    second.refresh_from_db()
    assert second.name == "Marschall\u00adamt"
    assert names() == ["Niederschlesien", "Nieder\u00a0schlesien"]
    told = preview()
    assert "Zusammenzuführen" in told
    assert f"Nr. {twin.pk} (name): heißt dann wie Nr. {region.pk}" in told
    assert f"Nr. {second.pk} (name): Diese Behörde ist bei dieser Region schon erfasst." in told


def test_what_is_final_stays_as_it_is() -> None:
    edition = store(factories.make_edition(), title="Leit\u00adlinien")
    guideline = store(factories.make_guideline(edition=edition), text="Ein\u00adheitlich")
    type(edition).objects.filter(pk=edition.pk).update(published_at=factories.NOW)
    statement = factories.make_statement(
        state="released",
        is_nil_return=True,
        submitted_at=factories.NOW,
        submitted_by=factories.make_user(),
        released_at=factories.NOW,
        released_by=factories.make_user(),
    )
    store(statement, key_message="Bei\u00adtrag")
    store(statement.review_notes.get(), reason="Weil\u00a0nicht")

    clean_texts()

    told = preview()
    for row in (edition, guideline, statement, statement.review_notes.get()):
        assert f"{row._meta.verbose_name} Nr. {row.pk} (" in told
    assert told.count("wird in der Datenbank nicht mehr geändert") == 2
    assert "ist freigegeben" in told
    statement.refresh_from_db()
    assert statement.key_message == "Bei\u00adtrag"


def test_apply_asks_the_worker_once() -> None:
    out = StringIO()
    call_command("clean_texts", "--apply", stdout=out)
    call_command("clean_texts", "--apply", stdout=out)

    assert "wartet schon" in out.getvalue()
    assert ProcrastinateJob.objects.filter(task_name=CLEAN, status="todo").count() == 1


def test_cleaned_row_is_still_the_loaders() -> None:
    with pghistory.context(**CONTEXT):
        region = store(factories.make_region(), name="Ro\u00adm")

    clean_texts()

    assert names() == ["Rom"]
    assert not touched_by_hand(region)
