"""Which earlier question each question of a draft goes on from: proposed, confirmed by hand."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from guidelines.catalogue.actions import draft_edition
from guidelines.catalogue.mapping_actions import map_questions
from guidelines.models import Criterion, Edition
from tests.factories import NOW, make_criterion, make_edition, make_guideline
from tests.guidelines.acts.conftest import NOT_COORDINATING, person
from tests.guidelines.acts.test_catalogue import VALUES
from tests.guidelines.conftest import World, signed_in
from ui.errors import Refusal

GOALS = "In welchem Maß wurden die Ziele erreicht?"


@pytest.fixture
def older(db: None) -> Edition:
    edition = make_edition(title="Zusammenfassung")
    guideline = make_guideline(edition=edition)
    make_criterion(guideline=guideline, code="1.1", question=GOALS)
    make_criterion(guideline=guideline, code="1.2", question="Sind Kommunen einbezogen?")
    make_criterion(guideline=guideline, code="1.3", scale="yes_no")
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW)
    return edition


@pytest.fixture
def draft(older: Edition) -> Edition:
    edition = make_edition(title="Wortlaut", is_official=True)
    guideline = make_guideline(edition=edition)
    make_criterion(guideline=guideline, code="2.1", question=GOALS)
    make_criterion(guideline=guideline, code="1.2", question="Sind Kammern einbezogen?")
    make_criterion(guideline=guideline, code="2.3", question="Ist die Federführung geklärt?")
    return edition


def of(edition: Edition, code: str) -> Criterion:
    return Criterion.objects.get(guideline__edition=edition, code=code)


def field(edition: Edition, code: str) -> str:
    return f"question_{of(edition, code).pk}"


def page(world: World, draft: Edition) -> Any:
    return signed_in(world.coordinator).get(f"/leitlinien/{draft.slug}/fruehere-fragen/")


def confirm(world: World, draft: Edition, **chosen: int) -> HttpResponse:
    url = f"/leitlinien/{draft.slug}/fruehere-fragen/"
    values = {field(draft, code): str(pk) for code, pk in chosen.items()}
    return signed_in(world.coordinator).post(url, values | {"_token": str(uuid4())})


def test_same_wording_and_same_code_are_proposed(
    world: World, older: Edition, draft: Edition
) -> None:
    form = page(world, draft).context["form"]

    assert form.initial == {
        field(draft, "2.1"): str(of(older, "1.1").pk),
        field(draft, "1.2"): str(of(older, "1.2").pk),
        field(draft, "2.3"): "",
    }
    assert form[field(draft, "2.1")].help_text == "Vorschlag: gleicher Wortlaut."
    assert form[field(draft, "1.2")].help_text == "Vorschlag: gleiche Kennung."


def test_nothing_is_mapped_before_it_is_confirmed(
    world: World, older: Edition, draft: Edition
) -> None:
    page(world, draft)

    assert of(draft, "2.1").predecessor is None


def test_only_the_same_kind_of_answers_is_offered(
    world: World, older: Edition, draft: Edition
) -> None:
    choices = page(world, draft).context["form"].fields[field(draft, "2.1")].choices

    assert str(of(older, "1.3").pk) not in dict(choices)


def test_confirming_maps_and_says_how_many(world: World, older: Edition, draft: Edition) -> None:
    response = confirm(world, draft, **{"2.1": of(older, "1.1").pk, "1.2": of(older, "1.2").pk})

    assert response.headers["Location"] == draft.get_absolute_url()
    shown = signed_in(world.coordinator).get(draft.get_absolute_url()).content.decode()
    assert of(draft, "2.1").predecessor == of(older, "1.1")
    assert of(draft, "2.3").predecessor is None
    for mark in ("umformuliert", "sonst geändert", "neu"):
        assert f"1 {mark}" in shown


def test_two_questions_are_changed_for_each_other(
    world: World, older: Edition, draft: Edition
) -> None:
    first, second = of(older, "1.1").pk, of(older, "1.2").pk
    confirm(world, draft, **{"2.1": first, "1.2": second})

    confirm(world, draft, **{"2.1": second, "1.2": first})

    assert of(draft, "2.1").predecessor_id == second
    assert of(draft, "1.2").predecessor_id == first


def test_earlier_question_is_taken_once(world: World, older: Edition, draft: Edition) -> None:
    first = of(older, "1.1").pk

    response = confirm(world, draft, **{"2.1": first, "1.2": first})

    assert response.status_code == 422
    assert "ist schon Frage 1.2 zugeordnet" in response.content.decode()
    assert of(draft, "2.1").predecessor is None


def test_what_another_edition_goes_on_from_is_not_offered(
    world: World, older: Edition, draft: Edition
) -> None:
    draft_edition(template=older, by=world.coordinator, **VALUES)
    goals = of(older, "1.1")

    choices = page(world, draft).context["form"].fields[field(draft, "2.1")].choices
    assert [key for key, _ in choices] == [""]
    with pytest.raises(Refusal, match="inzwischen anders zugeordnet"):
        map_questions(
            draft=draft,
            older=older,
            chosen={of(draft, "2.1").pk: goals.pk},
            by=world.coordinator,
        )


def test_question_that_is_left_out_stays_as_it_is(
    world: World, older: Edition, draft: Edition
) -> None:
    goals, question = of(older, "1.1"), of(draft, "2.1")
    map_questions(draft=draft, older=older, chosen={question.pk: goals.pk}, by=world.coordinator)

    map_questions(draft=draft, older=older, chosen={}, by=world.coordinator)

    assert of(draft, "2.1").predecessor == goals


def test_published_edition_is_not_mapped(world: World, older: Edition) -> None:
    assert page(world, older).status_code == 404


@pytest.mark.parametrize("who", NOT_COORDINATING)
def test_mapping_belongs_to_the_coordination(
    world: World, older: Edition, draft: Edition, who: str
) -> None:
    url = f"/leitlinien/{draft.slug}/fruehere-fragen/"

    by = person(world, who)
    assert signed_in(by).get(url).status_code == 403
    with pytest.raises(PermissionDenied):
        map_questions(draft=draft, older=older, chosen={}, by=by)
