"""An edition beside another one: added, dropped, reworded, with the words that differ."""

from datetime import date

import pytest
from django.test import Client

from guidelines.catalogue.comparison import Mark, compare_editions
from guidelines.models import Criterion, Edition
from tests.factories import NOW, make_criterion, make_edition, make_guideline
from tests.guidelines.test_editions import body, coordination, officer

QUESTION = "In welchem Maß wurden die Ziele erreicht?"


@pytest.fixture
def older(db: None) -> Edition:
    edition = make_edition(title="Zusammenfassung", adopted_on=date(2025, 10, 29))
    guideline = make_guideline(edition=edition, title="Brücken bauen")
    make_criterion(guideline=guideline, code="1.1", question=QUESTION)
    make_criterion(guideline=guideline, code="1.2", question="Sind Kommunen einbezogen?")
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW)
    return edition


@pytest.fixture
def newer(older: Edition) -> Edition:
    edition = make_edition(title="Wortlaut")
    make_guideline(edition=edition, title="Brücken bauen", text="Sachsen baut Brücken.")
    return edition


def ask(edition: Edition, code: str, question: str, **fields: object) -> Criterion:
    return make_criterion(
        guideline=edition.guidelines.get(), code=code, question=question, **fields
    )


def marks(older: Edition, newer: Edition) -> dict[str, Mark]:
    return {str(found.row): found.mark for found in compare_editions(older, newer).criteria}


def test_every_question_has_its_mark(older: Edition, newer: Edition) -> None:
    ask(newer, "1.1", QUESTION)
    ask(newer, "1.3", "Ist die Federführung geklärt?")

    assert marks(older, newer) == {
        f"1.1 {QUESTION}": Mark.SAME,
        "1.3 Ist die Federführung geklärt?": Mark.NEW,
        "1.2 Sind Kommunen einbezogen?": Mark.DROPPED,
    }


def test_other_duty_is_no_other_wording(older: Edition, newer: Edition) -> None:
    ask(newer, "1.1", QUESTION, answered_by="lead")

    assert marks(older, newer)[f"1.1 {QUESTION}"] == Mark.CHANGED


def test_guideline_follows_its_questions(older: Edition, newer: Edition) -> None:
    newer.guidelines.update(title="Mittler sein", number=4)
    ask(newer, "4.1", QUESTION)

    (found,) = compare_editions(older, newer).guidelines

    assert found.mark == Mark.REWORDED
    assert [line.label for line in found.lines] == ["Nummer", "Titel", "Text"]


def test_differing_words_are_marked_on_the_page(older: Edition, newer: Edition) -> None:
    ask(newer, "1.2", "Sind Kammern einbezogen?")

    page = body(coordination(), f"/leitlinien/{newer.slug}/vergleich/")

    assert "<mark>Kommunen</mark>" in page
    assert "<mark>Kammern</mark>" in page
    assert "1 umformuliert · 1 entfällt" in page.replace("\n", " ")


@pytest.mark.parametrize("who", [coordination, officer])
def test_older_edition_stands_first_from_both_sides(
    older: Edition, newer: Edition, who: type[Client]
) -> None:
    Edition.objects.filter(pk=newer.pk).update(published_at=NOW)

    for url in (f"{newer.slug}/vergleich/", f"{older.slug}/vergleich/?mit={newer.slug}"):
        response = who().get(f"/leitlinien/{url}")
        assert (response.context["older"], response.context["newer"]) == (older, newer)


def test_draft_is_compared_by_the_coordination_alone(older: Edition, newer: Edition) -> None:
    client = officer()

    assert client.get(f"/leitlinien/{newer.slug}/vergleich/").status_code == 404
    page = client.get(f"/leitlinien/{older.slug}/vergleich/?mit={newer.slug}")
    assert newer.title not in page.content.decode()
    assert "keine andere Fassung" in page.content.decode()


def test_what_is_the_same_is_folded(older: Edition, newer: Edition) -> None:
    ask(newer, "1.1", QUESTION)

    page = body(coordination(), f"/leitlinien/{newer.slug}/vergleich/")

    assert "<summary>1 unverändert</summary>" in page
