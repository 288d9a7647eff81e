"""A question goes on from one of an earlier edition: one to one, with the same kind of answers."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, IntegrityError, transaction

from guidelines.catalogue.actions import draft_edition, publish_edition
from guidelines.catalogue.lineage import predecessors_of
from guidelines.models import Criterion, Edition
from tests.factories import NOW, make_criterion, make_edition, make_guideline
from tests.guidelines.acts.test_catalogue import VALUES
from tests.guidelines.conftest import World


@pytest.fixture
def older(world: World) -> Criterion:
    """The only question of a published edition."""
    criterion = make_criterion(guideline=make_guideline(edition=make_edition()))
    publish_edition(edition=criterion.edition, by=world.coordinator, now=NOW)
    return criterion


def copied(world: World, template: Edition) -> Criterion:
    edition = draft_edition(template=template, by=world.coordinator, **VALUES)
    return Criterion.objects.get(guideline__edition=edition)


def test_copy_goes_on_from_what_it_copies(world: World, older: Criterion) -> None:
    assert copied(world, older.edition).predecessor == older


def test_second_copy_goes_on_from_none(world: World, older: Criterion) -> None:
    copied(world, older.edition)

    assert copied(world, older.edition).predecessor is None


def test_copy_of_a_draft_goes_on_from_none(world: World) -> None:
    draft = make_criterion(guideline=make_guideline(edition=make_edition())).edition

    assert copied(world, draft).predecessor is None


def test_predecessors_are_told_the_nearest_first(world: World, older: Criterion) -> None:
    middle = copied(world, older.edition)
    publish_edition(edition=middle.edition, by=world.coordinator, now=NOW)
    newest = copied(world, middle.edition)

    assert predecessors_of([newest.pk, older.pk]) == {
        newest.pk: [middle.pk, older.pk],
        older.pk: [],
    }


Unfit = Callable[[World, Criterion], Criterion]
UNFIT: dict[str, Unfit] = {
    "other answers": lambda world, older: make_criterion(
        guideline=make_guideline(edition=make_edition()), scale="yes_no"
    ),
    "the same edition": lambda world, older: older,
}


@pytest.mark.parametrize("why", UNFIT)
def test_database_refuses(world: World, older: Criterion, why: str) -> None:
    question = UNFIT[why](world, older)

    with pytest.raises(Error), transaction.atomic():
        Criterion.objects.filter(pk=question.pk).update(predecessor=older)


def test_database_refuses_one_that_is_being_written(world: World) -> None:
    first, second = (
        make_criterion(guideline=make_guideline(edition=make_edition())) for _ in range(2)
    )

    with pytest.raises(IntegrityError, match="veröffentlichten Fassung"), transaction.atomic():
        Criterion.objects.filter(pk=first.pk).update(predecessor=second)


def test_database_refuses_a_second_successor(world: World, older: Criterion) -> None:
    copied(world, older.edition)
    other = make_criterion(guideline=make_guideline(edition=make_edition()))

    with pytest.raises(IntegrityError, match="criterion_predecessor_once"), transaction.atomic():
        Criterion.objects.filter(pk=other.pk).update(predecessor=older)


def test_answers_stay_of_one_kind(world: World, older: Criterion) -> None:
    question = copied(world, older.edition)
    question.scale = Criterion.Scale.YES_NO

    with pytest.raises(ValidationError, match="Lösen Sie zuerst die Zuordnung"):
        question.full_clean()
