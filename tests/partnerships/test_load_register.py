"""`load_register`: what it loads, and that it never runs over what people have done."""

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.db import ProgrammingError, transaction

from guidelines.models import Criterion, Edition, Guideline
from ministries.history.dated import Precision
from ministries.history.tracking import events_of
from ministries.models import Ministry, Responsibility, Role, SubjectArea
from partnerships.models import (
    Activity,
    Agreement,
    Lead,
    Organisation,
    Participation,
    PartnerAuthority,
    Partnership,
    Region,
    StatusPeriod,
)
from partnerships.register.confirmations.actions import confirm
from tests.factories import make_user
from tests.partnerships.register_files import REAL, changed, load, write_files

pytestmark = pytest.mark.django_db


def by_hand() -> AbstractContextManager[None]:
    """A change as a request makes it: tests share one transaction, and with it the last context."""
    return pghistory.context(url="/verwaltung/")  # type: ignore[no-any-return]


def rows_and_events() -> dict[str, int]:
    """How many rows every table of ours holds, event tables included."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ("ministries", "partnerships", "guidelines")
    }


@pytest.mark.long
def test_load_register_real_files_twice() -> None:
    load(REAL)

    counts = {
        Ministry: 19,
        SubjectArea: 20,
        Responsibility: 31,
        Region: 17,
        PartnerAuthority: 11,
        Partnership: 17,
        Agreement: 19,
        Organisation: 59,
        Activity: 126,
        Edition: 1,
        Guideline: 12,
        Criterion: 18,
    }
    assert {model: model._base_manager.count() for model in counts} == counts
    assert Partnership.objects.filter(confirmed_on=None).count() == 17
    assert not Partnership.objects.filter(source="").exists()
    for model in (Activity, Organisation):
        assert not model.objects.exclude(confirmed_on=None).exists()
        assert not model.objects.filter(source="").exists()

    before = rows_and_events()
    load(REAL)
    assert rows_and_events() == before
    for loaded in (Partnership, Activity, Organisation):
        assert not loaded.objects.exclude(version=1).exists()


def test_load_register_partial_dates_keep_their_precision(tmp_path: Path) -> None:
    load(write_files(tmp_path))

    agreement = Agreement.objects.get(slug="flandern-1995")
    partnership = Partnership.objects.get()
    assert (agreement.signed_on, agreement.signed_on_precision) == (
        date(1995, 5, 1),
        Precision.MONTH,
    )
    assert (partnership.established_on, partnership.established_on_precision) == (
        date(1995, 1, 1),
        Precision.YEAR,
    )


def test_load_register_older_partnership_was_active_before(tmp_path: Path) -> None:
    load(write_files(tmp_path))

    periods = StatusPeriod.objects.order_by("valid_from")
    assert [(p.status, p.valid_from, p.valid_until) for p in periods] == [
        ("active", date(1995, 1, 1), date(2022, 2, 23)),
        ("dormant", date(2022, 2, 24), None),
    ]


def test_load_register_former_leads(tmp_path: Path) -> None:
    load(write_files(tmp_path))

    leads = Lead.objects.order_by("valid_from")
    assert [(lead.ministry.slug, lead.valid_from, lead.valid_until) for lead in leads] == [
        ("smx-alt", date(2021, 10, 1), date(2024, 12, 18)),
        ("sk", date(2024, 12, 19), None),
    ]


def test_load_register_unknown_lead_stays_a_gap(tmp_path: Path) -> None:
    load(
        write_files(
            tmp_path, **changed("partnerships", "sk,2024-12-19,smx-alt:2021-10-01:2024-12-18", ",,")
        )
    )

    assert not Lead.objects.exists()


def test_load_register_links_and_names(tmp_path: Path) -> None:
    load(write_files(tmp_path))

    assert Region.objects.get().aliases == "Vlaanderen\nFlanders"
    assert Ministry.objects.get(slug="smx-alt").successors.get().slug == "smx"
    assert Agreement.objects.get(slug="flandern-2020").predecessor == Agreement.objects.get(
        slug="flandern-1995"
    )
    assert Participation.objects.get().subject_area.slug == "kultur"


def test_load_register_edition_is_published_and_protected(tmp_path: Path) -> None:
    load(write_files(tmp_path))

    assert Edition.objects.get().published_at is not None
    with pytest.raises(ProgrammingError), transaction.atomic():
        Edition.objects.update(title="anders")


def test_load_register_criterion_addressee(tmp_path: Path) -> None:
    load(write_files(tmp_path))

    by_code: dict[str, Any] = {row.code: row for row in Criterion.objects.all()}
    assert (by_code["1.1"].answered_by, by_code["1.1"].subject_area) == ("all", None)
    assert (by_code["1.2"].answered_by, by_code["1.2"].subject_area.slug) == ("area", "kultur")


def test_load_register_changed_file_updates_untouched_row(tmp_path: Path) -> None:
    load(write_files(tmp_path))

    load(write_files(tmp_path, **changed("regions", "6800000,2024", "6900000,2025")))

    region = Region.objects.get()
    assert (region.population, region.version) == (6900000, 2)


def test_load_register_keeps_edited_row(tmp_path: Path) -> None:
    load(write_files(tmp_path))
    with by_hand():
        Region.objects.update(seat="Antwerpen")

    report = load(write_files(tmp_path))

    assert Region.objects.get().seat == "Antwerpen"
    assert "regions.csv, Zeile 2: von Hand gepflegt, bleibt (seat anders als die Datei)." in report


def test_load_register_keeps_confirmed_row(tmp_path: Path) -> None:
    load(write_files(tmp_path))
    coordinator = make_user(role=Role.COORDINATOR, ministry=Ministry.objects.get(slug="sk"))
    with by_hand():
        confirm(facts=[Region.objects.get()], by=coordinator, today=date(2026, 11, 22))

    load(write_files(tmp_path, **changed("regions", "6800000,2024", "6900000,2025")))

    region = Region.objects.get()
    assert region.population == 6800000
    assert region.is_confirmed


def test_load_register_keeps_status_history_changed_by_hand(tmp_path: Path) -> None:
    load(write_files(tmp_path))
    with by_hand():
        StatusPeriod.objects.filter(status="dormant").update(valid_until=date(2026, 1, 1))

    report = load(write_files(tmp_path))

    assert StatusPeriod.objects.get(status="dormant").valid_until == date(2026, 1, 1)
    assert "Status von Hand gepflegt" in report


def test_load_register_replaces_untouched_status_history(tmp_path: Path) -> None:
    load(write_files(tmp_path))

    load(write_files(tmp_path, **changed("partnerships", "dormant,2022-02-24", "ended,2023-03-01")))

    periods = StatusPeriod.objects.order_by("valid_from")
    assert [(p.status, p.valid_until) for p in periods] == [
        ("active", date(2023, 2, 28)),
        ("ended", None),
    ]


def test_load_register_keeps_removed_participation(tmp_path: Path) -> None:
    load(write_files(tmp_path))
    with by_hand():
        Participation.objects.all().delete()

    report = load(write_files(tmp_path))

    assert not Participation.objects.exists()
    assert "wurde von Hand gelöscht und bleibt gelöscht" in report


def test_load_register_keeps_published_edition(tmp_path: Path) -> None:
    load(write_files(tmp_path))

    report = load(write_files(tmp_path, **changed("guidelines", "Text,Test", "Neuer Text,Test")))

    assert Guideline.objects.get().text == "Text"
    assert "die Fassung ist veröffentlicht und bleibt, wie sie ist" in report


def test_signs_nobody_sees_are_neither_loaded_nor_a_change(tmp_path: Path) -> None:
    files = changed("regions", "Vlaams Gewest,", "Vla\u00adams  Gewe\u0301st\u00a0,")
    load(write_files(tmp_path, **files))
    load(tmp_path)

    assert Region.objects.get().official_name == "Vlaams Gewést"
    assert Region.objects.get().version == 1
    assert events_of(Region).count() == 1
