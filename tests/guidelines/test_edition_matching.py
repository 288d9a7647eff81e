"""Which question of an edition is which of another one."""

import pytest

from guidelines.catalogue.matching import pairs_of, questions_of
from guidelines.models import Edition
from tests.factories import NOW, make_criterion, make_edition, make_guideline

QUESTION = "In welchem Maß wurden die Ziele erreicht?"
OLDER = [("1.1", QUESTION), ("1.2", "Sind Kommunen einbezogen?")]


def edition_of(questions: list[tuple[str, str]], **fields: object) -> Edition:
    edition = make_edition()
    guideline = make_guideline(edition=edition)
    for code, question in questions:
        make_criterion(guideline=guideline, code=code, question=question, **fields)
    return edition


@pytest.mark.parametrize(
    ("newer", "expected"),
    [
        ([("3.1", QUESTION.upper())], {"3.1": "1.1"}),
        ([("1.2", "Sind Kammern einbezogen?")], {"1.2": "1.2"}),
        ([("1.1", "Sind Kommunen  einbezogen?")], {"1.1": "1.2"}),
        ([("1.1", "Sind Kommunen einbezogen?"), ("1.2", QUESTION)], {"1.1": "1.2", "1.2": "1.1"}),
        ([("7.1", "Ist die Federführung geklärt?")], {}),
    ],
)
def test_wording_counts_before_code(
    db: None, newer: list[tuple[str, str]], expected: dict[str, str]
) -> None:
    older, rows = questions_of(edition_of(OLDER)), questions_of(edition_of(newer))

    pairs = pairs_of(older, rows)

    assert {row.code: pairs[row.pk].code for row in rows if row.pk in pairs} == expected


def test_other_kind_of_answers_is_another_question(db: None) -> None:
    newer = edition_of(OLDER, scale="yes_no")

    assert pairs_of(questions_of(edition_of(OLDER)), questions_of(newer)) == {}


def test_what_a_question_goes_on_from_counts_before_its_words(db: None) -> None:
    older, newer = edition_of(OLDER), edition_of([("1.1", "Ganz anders gefragt?"), OLDER[1]])
    Edition.objects.filter(pk=older.pk).update(published_at=NOW)
    first, second = questions_of(older), questions_of(newer)
    first[0].successors.add(second[0])

    assert pairs_of(first, second) == {second[0].pk: first[0]}
