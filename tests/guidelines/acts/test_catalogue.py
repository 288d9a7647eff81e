"""Writing an edition, and publishing it: once, with questions in it, by the coordination."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.catalogue.actions import (
    discard_edition,
    draft_edition,
    drop_part,
    publish_edition,
)
from guidelines.models import Edition
from tests.factories import NOW, make_criterion, make_edition, make_guideline
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.conftest import World
from ui.errors import Refusal


@pytest.fixture
def edition(db: None) -> Edition:
    edition = make_edition()
    make_criterion(guideline=make_guideline(edition=edition))
    return edition


def published_at(edition: Edition) -> object:
    return Edition.objects.get(pk=edition.pk).published_at


def test_publishing_keeps_the_moment(world: World, edition: Edition) -> None:
    publish_edition(edition=edition, by=world.coordinator, now=NOW)

    assert published_at(edition) == NOW


def test_publishing_leaves_other_editions_alone(world: World, edition: Edition) -> None:
    publish_edition(edition=edition, by=world.coordinator, now=NOW)

    assert published_at(world.check_round.edition) is None


def test_publishing_writes_nothing_else_of_a_stale_edition(world: World, edition: Edition) -> None:
    edition.title = "Von einem alten Formular"

    publish_edition(edition=edition, by=world.coordinator, now=NOW)

    assert Edition.objects.get(pk=edition.pk).title == (
        "Leitlinien der internationalen Zusammenarbeit"
    )


def test_publishing_twice_is_refused(world: World, edition: Edition) -> None:
    publish_edition(edition=edition, by=world.coordinator, now=NOW)

    with pytest.raises(Refusal, match="schon veröffentlicht"):
        publish_edition(edition=edition, by=world.coordinator, now=NOW + timedelta(days=1))

    assert published_at(edition) == NOW


def test_publishing_guidelines_without_questions_is_refused(world: World) -> None:
    """Those of the other edition do not count."""
    edition = make_guideline(edition=make_edition()).edition

    with pytest.raises(Refusal, match="Erfassen Sie zuerst"):
        publish_edition(edition=edition, by=world.coordinator, now=NOW)

    assert published_at(edition) is None


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_publishing_by_others_is_refused(world: World, edition: Edition, who: str) -> None:
    with pytest.raises(PermissionDenied):
        publish_edition(edition=edition, by=person(world, who), now=NOW)

    assert published_at(edition) is None


# Drafting: a new one, empty or copied, cut and given up

VALUES: dict[str, Any] = {
    "title": "Leitlinien im Wortlaut",
    "adopted_on": date(2026, 2, 12),
    "body": "Staatsregierung",
    "source": "Kabinettsvorlage",
}


def test_drafting_finds_a_free_short_name(world: World) -> None:
    slugs = [draft_edition(template=None, by=world.coordinator, **VALUES).slug for _ in range(3)]

    assert slugs == ["leitlinien-2026", "leitlinien-2026-2", "leitlinien-2026-3"]


def test_drafting_copies_and_leaves_the_template_alone(world: World, edition: Edition) -> None:
    copy = draft_edition(template=edition, by=world.coordinator, **VALUES)

    (old,), (new,) = edition.guidelines.all(), copy.guidelines.all()
    assert (new.title, new.text, new.source) == (old.title, old.text, old.source)
    assert new.criteria.get().question == old.criteria.get().question
    assert new.criteria.get().answers == old.criteria.get().answers
    assert old.criteria.count() == 1


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_drafting_by_others_is_refused(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        draft_edition(template=None, by=person(world, who), **VALUES)


def test_guideline_is_dropped_with_its_questions(world: World, edition: Edition) -> None:
    guideline = edition.guidelines.get()
    make_criterion(guideline=guideline)

    drop_part(part=guideline, by=world.coordinator)

    assert not edition.guidelines.exists()


def test_question_is_dropped_alone(world: World, edition: Edition) -> None:
    guideline = edition.guidelines.get()
    kept = make_criterion(guideline=guideline)

    drop_part(part=guideline.criteria.exclude(pk=kept.pk).get(), by=world.coordinator)

    assert guideline.criteria.get() == kept


def test_discarding_a_draft_leaves_others_alone(world: World, edition: Edition) -> None:
    discard_edition(edition=edition, by=world.coordinator)

    assert list(Edition.objects.all()) == [world.check_round.edition]
    with pytest.raises(Refusal, match="inzwischen verworfen"):
        publish_edition(edition=edition, by=world.coordinator, now=NOW)


def test_published_edition_is_neither_cut_nor_discarded(world: World, edition: Edition) -> None:
    publish_edition(edition=edition, by=world.coordinator, now=NOW)

    with pytest.raises(Refusal, match="schon veröffentlicht"):
        drop_part(part=edition.guidelines.get(), by=world.coordinator)
    with pytest.raises(Refusal, match="schon veröffentlicht"):
        discard_edition(edition=edition, by=world.coordinator)


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_cutting_by_others_is_refused(world: World, edition: Edition, who: str) -> None:
    with pytest.raises(PermissionDenied):
        drop_part(part=edition.guidelines.get(), by=person(world, who))
    with pytest.raises(PermissionDenied):
        discard_edition(edition=edition, by=person(world, who))
