"""The level of contact as lists write it."""

import pytest

from partnerships.models import Activity, Import
from partnerships.records.activities.importing import ActivityImport
from tests.partnerships.conftest import People
from tests.partnerships.imports.sheets import take_over, upload, xlsx
from tests.record_factories import make_activity

pytestmark = pytest.mark.long

SPELLED = [
    ("Ministerpräsident", "minister_president"),
    ("MP", "minister_president"),
    ("Staatsministerin", "minister"),
    ("minister", "minister"),
    ("Minister/in", "minister"),
    ("Staatsminister:in", "minister"),
    ("Staatssekretär/in, Amtschef/in", "state_secretary"),
    ("Amtschefin", "state_secretary"),
    ("STAATSSEKRETÄR", "state_secretary"),
    ("Abteilungsleitung", "head_of_division"),
    ("Abteilungs-, Behördenleitung", "head_of_division"),
    ("Arbeitsebene", "working"),
    ("working", "working"),
    ("ohne Staatsregierung", "without_government"),
    ("unknown", ""),
    ("nicht erfasst", ""),
    ("", ""),
]


def send(people: People, *rows: tuple[str, ...], heading: str = "Kontaktebene") -> Import:
    content = xlsx(("Aktivität", "Zeitraum", heading), *rows)
    return upload(content, kind="aktivitaeten", house=people.house, by=people.officer)


@pytest.mark.parametrize("heading", ["Kontaktebene", "Ebene", "Rang", "Ebene des Kontakts"])
def test_spellings(people: People, heading: str) -> None:
    rows = [(f"Reise {number}", "3.4.2026", word) for number, (word, _) in enumerate(SPELLED)]
    row = send(people, *rows, heading=heading)
    assert row.errors == []
    take_over(row, people.officer)

    stored = Activity.objects.order_by("pk").values_list("level", flat=True)
    assert list(stored) == [level for _, level in SPELLED]


def test_change_is_shown_in_words(people: People) -> None:
    known = make_activity(ministry=people.house, title="Reise", level="working")
    row = send(people, ("Reise", known.period_words, "MP"))
    assert row.items[0]["rows"] == [
        {"label": "Kontaktebene", "old": "Fachebene", "new": "Ministerpräsident/in"}
    ]
    take_over(row, people.officer)

    known.refresh_from_db()
    assert (known.level, known.version) == ("minister_president", 2)


@pytest.mark.parametrize("word", ["", "nicht erfasst", "unbekannt"])
def test_what_is_not_recorded_changes_nothing(people: People, word: str) -> None:
    known = make_activity(ministry=people.house, title="Reise", level="working")
    row = send(people, ("Reise", known.period_words, word))
    assert (row.same_count, row.errors) == (1, [])


def test_unknown_rank_is_answered_with_the_ranks(people: People) -> None:
    [error] = send(people, ("Reise", "3.4.2026", "Kaiser")).errors
    assert (error["cell"], error["value"]) == ("C2", "Kaiser")
    assert error["expected"].startswith("eines von: Ministerpräsident/in, Staatsminister/in,")


def test_file_to_fill_in_names_the_ranks(people: People) -> None:
    kind = ActivityImport(user=people.officer, ministry=people.house, day=None)  # type: ignore[arg-type]
    assert kind.allowed("level")[0] == "Ministerpräsident/in"
    assert len(kind.allowed("level")) == 6
