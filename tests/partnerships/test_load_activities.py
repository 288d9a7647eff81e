"""`load_register`: public activities and organisations, the house of that day and the one in charge now."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from ministries.history.dated import Precision
from ministries.models import Ministry, Role
from partnerships.models import Activity, ActivityOrganisation
from partnerships.register.confirmations.actions import confirm
from tests.factories import make_ministry, make_partnership, make_user
from tests.partnerships.register_files import (
    REAL,
    changed,
    load,
    refusal_of,
    write_files,
)
from tests.partnerships.test_load_register import by_hand, rows_and_events
from tests.record_factories import make_activity, make_organisation

pytestmark = pytest.mark.long
CHOIR = "2020-reise"


def loaded(key: str = CHOIR) -> Activity:
    return Activity.objects.get(external_key=key)


# What stands in the files


@pytest.mark.parametrize(
    ("key", "owner", "then"),
    [
        ("2025-05-prag-astrophysik", "SMWK", ""),
        ("2015-02-abu-dhabi-mp", "SK", ""),
        ("2018-07-breslau-hochschulen", "SMWK", "SMWK (bis 2019)"),
        # Two successors: the one in charge of the subject area.
        ("2023-04-rom-europaministerin", "SMJ", "SMJusDEG (bis 2024)"),
        ("2024-10-sevilla-einheit", "SK", "SMJusDEG (bis 2024)"),
        ("2021-07-usti-verkehr", "SMIL", "SMWA (bis 2024)"),
        ("2023-12-prag-umwelt", "SMWA", "SMEKUL (bis 2024)"),
        # And over two changes.
        ("2019-03-china-umwelt", "SMUL", "SMUL (bis 2019)"),
        ("2019-11-breslau-aerztekammer", "SMS", "SMS (bis 2019)"),
        # None of the two is in charge of it.
        ("2023-03-leipzig-jugendnetzwerk", "SK", "SMJusDEG (bis 2024)"),
        ("2015-04-st-petersburg-deutsche-woche", "SK", "Ressort nicht erfasst"),
    ],
)
def test_owner_is_the_house_of_today(real_register: None, key: str, owner: str, then: str) -> None:
    activity = loaded(key)

    assert (activity.ministry.abbreviation, activity.house_then_words) == (owner, then)
    assert activity.ministry.valid_until is None


def test_nothing_of_the_real_files_is_lost(real_register: None) -> None:
    assert not Activity.objects.filter(partnerships=None).exists()
    assert not Activity.objects.exclude(countries="").exists()
    assert Activity.objects.filter(starts_on_precision=Precision.MONTH).count() == 17
    assert Activity.objects.filter(level="").count() == 12
    assert Activity.objects.exclude(activityorganisations=None).count() == 76
    assert not Activity.objects.filter(participating__valid_until__isnull=False).exists()
    announced = Activity.objects.filter(results__contains="Nur angekündigt")
    assert {row.pk for row in announced} == {
        row.pk for row in Activity.objects.filter(source__contains="Ankündigung")
    }
    assert announced.count() == 7


def test_small_file_in_full(db: None, tmp_path: Path) -> None:
    load(write_files(tmp_path))

    trip, talk = loaded(), loaded("2020-tag")
    assert (trip.kind, trip.level, trip.leader) == ("outgoing_trip", "minister", "Ministerin X")
    assert (trip.period_words, trip.as_of) == ("Mai 2020", date(2020, 5, 30))
    assert (trip.source, trip.is_confirmed, trip.visibility) == ("Zeitung", False, "government")
    assert [house.slug for house in trip.participating.all()] == ["sk"]
    assert trip.subject_areas.get().slug == "kultur"
    assert list(trip.countries) == []
    assert (talk.kind, talk.level, talk.as_of, talk.ministry.slug) == ("talk", "", None, "sk")
    assert [country.code for country in talk.countries] == ["FR"]
    assert trip.activityorganisations.get().organisation.external_key == "chor"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",trip,", ",reise,", "activities.csv, Zeile 2, Spalte „kind“"),
        (",minister,", ",oben,", "activities.csv, Zeile 2, Spalte „level“"),
        (",chor\n", ",chöre\n", "activities.csv, Zeile 2, Spalte „organisations“"),
        ("smx-alt,sk", "smy,sk", "activities.csv, Zeile 2, Spalte „ministry“"),
        ("2020-05-30", "Mai", "activities.csv, Zeile 2, Spalte „source_date“"),
        ("2020-tag", "2020-reise", "der in dieser Datei nur einmal vorkommt"),
    ],
)
def test_wrong_cells_are_named(db: None, tmp_path: Path, old: str, new: str, message: str) -> None:
    assert message in refusal_of(write_files(tmp_path, **changed("activities", old, new)))


# Again


@pytest.mark.long
def test_second_load_over_a_filled_demo_changes_nothing(
    real_register: None, settings: Settings
) -> None:
    settings.BRUECKE_DEMO = True
    call_command("load_demo", verbosity=0)
    before = rows_and_events()

    report = load(REAL)

    assert rows_and_events() == before
    assert not Activity.objects.exclude(external_key=None).exclude(version=1).exists()
    assert " 0 Datensätze neu, 0 geändert" in report


def test_changed_file_changes_what_nobody_has_touched(db: None, tmp_path: Path) -> None:
    load(write_files(tmp_path))
    file = changed(
        "activities", "kultur,Ziel,Erfolg,done,Zeitung,2020-05-30,chor", ",Neu,,done,Blatt,,wfs"
    )

    load(write_files(tmp_path, **file))

    trip = loaded()
    assert (trip.aims, trip.results, trip.source, trip.as_of) == ("Neu", "", "Blatt", None)
    assert not trip.subject_areas.exists()
    assert trip.activityorganisations.get().organisation.external_key == "wfs"


def test_changed_file_leaves_what_a_house_has_changed(db: None, tmp_path: Path) -> None:
    load(write_files(tmp_path))
    with by_hand():
        Activity.objects.filter(external_key=CHOIR).update(place="Gent")
    file = changed("activities", "Brüssel,BE,smx-alt,sk;smx-alt", "Löwen,BE,smx-alt,smx-alt")
    file["activities"] = file["activities"].replace(",chor\n", ",chor;wfs\n")

    report = load(write_files(tmp_path, **file))

    trip = loaded()
    assert (trip.place, trip.participating.count(), trip.version) == ("Gent", 1, 1)
    assert trip.activityorganisations.count() == 1
    assert (
        "activities.csv, Zeile 2: von Hand gepflegt, bleibt (place anders als die Datei)." in report
    )
    assert "(participating anders als die Datei)" in report
    assert "(organisations anders als die Datei)" in report


def test_changed_file_leaves_what_a_house_has_confirmed(db: None, tmp_path: Path) -> None:
    load(write_files(tmp_path))
    coordinator = make_user(role=Role.COORDINATOR, ministry=Ministry.objects.get(slug="sk"))
    with by_hand():
        confirm(facts=[loaded()], by=coordinator, today=date(2026, 11, 22))

    load(write_files(tmp_path, **changed("activities", "Brüssel,BE", "Löwen,BE")))

    assert loaded().place == "Brüssel"
    assert loaded().is_confirmed


def test_organisation_a_house_has_added_stays(db: None, tmp_path: Path) -> None:
    load(write_files(tmp_path))
    with by_hand():
        ActivityOrganisation.objects.create(activity=loaded(), organisation=make_organisation())

    load(write_files(tmp_path))

    assert loaded().activityorganisations.count() == 2
    assert Activity.objects.get(external_key=CHOIR).version == 1


# Perhaps entered before


def test_same_occasion_entered_by_a_house_is_pointed_out(db: None, tmp_path: Path) -> None:
    load(write_files(tmp_path))
    partnership = loaded().partnerships.get()
    common = {"ministry": make_ministry(abbreviation="SMY"), "partnerships": [partnership]}
    day = date(2020, 5, 20)
    same_kind = make_activity(kind="outgoing_trip", title="Nach Gent", starts_on=day, **common)
    same_title = make_activity(kind="event", title="Reise", starts_on=day, **common)
    make_activity(kind="event", title="Konzert", starts_on=day, **common)
    make_activity(kind="outgoing_trip", starts_on=date(2020, 7, 1), **common)
    elsewhere = common | {"partnerships": [make_partnership()]}
    make_activity(kind="outgoing_trip", starts_on=day, **elsewhere)

    report = load(write_files(tmp_path))

    assert report.partition("Vielleicht doppelt, bitte ansehen:\n")[2].splitlines() == [
        f"  activities.csv, Zeile 2: SMY hat vielleicht dasselbe erfasst, Nr. {one.pk}."
        for one in (same_kind, same_title)
    ]


def test_two_projects_of_the_same_years_are_not_pointed_out(db: None, tmp_path: Path) -> None:
    load(
        write_files(tmp_path, **changed("activities", ",trip,Reise,2020-05", ",project,Reise,2020"))
    )
    make_activity(
        ministry=make_ministry(),
        partnerships=[loaded().partnerships.get()],
        kind="project",
        title="Wald",
        starts_on=date(2020, 9, 1),
    )

    assert "Vielleicht doppelt" not in load(write_files(tmp_path))
