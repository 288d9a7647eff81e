"""The form for a decision: prefilled, checked, repeated, and only then recorded."""

import uuid
from datetime import timedelta
from typing import Any

from guidelines.actions.decisions import begin_evaluation, propose
from guidelines.models import CheckRound, Decision, GuidelineCheck, Outcome
from ministries.clock import today
from tests.factories import NOW
from tests.guidelines.conftest import World, signed_in


def proposed(world: World, outcome: str = Outcome.FOCUS) -> None:
    begin_evaluation(
        check=GuidelineCheck.objects.get(pk=world.check.pk), by=world.coordinator, now=NOW
    )
    propose(
        check=GuidelineCheck.objects.get(pk=world.check.pk),
        outcome=outcome,
        until_on=None,
        reasons="Gründe.",
        by=world.coordinator,
        now=NOW,
    )


def address(world: World) -> str:
    return f"/leitlinien-checks/{world.check_round.year}/beschluss/"


def typed(world: World, **changes: str) -> dict[str, str]:
    prefix = f"c{world.check.pk}"
    yesterday = f"{today() - timedelta(days=1):%d.%m.%Y}"
    data = {
        "body": "cabinet",
        "decided_on": yesterday,
        "number": "01/0123",
        "wording": "Das Kabinett beschließt.",
        "effective_from": "01.01.2027",
        "visible_from": "01.02.2027",
        f"{prefix}-is_included": "on",
        f"{prefix}-outcome": "focus",
        "_token": str(uuid.uuid4()),
    }
    return data | changes


def post(world: World, **changes: str) -> Any:
    return signed_in(world.coordinator).post(address(world), typed(world, **changes))


def test_form_is_prefilled_from_the_proposal(world: World) -> None:
    proposed(world)

    body = signed_in(world.coordinator).get(address(world)).content.decode()

    assert '<option value="focus" selected>' in body


def test_form_without_any_proposal_says_what_is_missing(world: World) -> None:
    body = signed_in(world.coordinator).get(address(world)).content.decode()

    assert "Zu keiner Partnerschaft liegt ein Entscheidungsvorschlag vor" in body


def test_first_post_repeats_the_facts_and_records_nothing(world: World) -> None:
    proposed(world)

    response = post(world)

    body = response.content.decode()
    assert response.status_code == 200
    for words in ("01/0123", "Das Kabinett beschließt.", "auf Themenfelder begrenzen"):
        assert words in body
    assert "wird abgeschlossen" in body
    assert not Decision.objects.exists()


def test_confirmed_post_records_and_closes(world: World) -> None:
    proposed(world)

    response = post(world, confirmed="1")

    assert response.status_code == 302
    assert Decision.objects.get().outcome == Outcome.FOCUS
    assert CheckRound.objects.get(pk=world.check_round.pk).state == CheckRound.State.CLOSED


def test_change_leads_back_to_what_was_typed(world: World) -> None:
    proposed(world)

    response = post(world, change="1")

    assert 'value="01/0123"' in response.content.decode()


def test_repeated_post_records_once(world: World) -> None:
    proposed(world)
    client, data = signed_in(world.coordinator), typed(world, confirmed="1")

    first, second = client.post(address(world), data), client.post(address(world), data)

    assert first.status_code == second.status_code == 302
    assert Decision.objects.count() == 1


def test_outcome_that_needs_conditions_asks_for_them(world: World) -> None:
    proposed(world)

    response = post(world, **{f"c{world.check.pk}-outcome": "suspend"})

    body = response.content.decode()
    assert response.status_code == 422
    assert "Nennen Sie die Bedingung." in body
    assert f'href="#id_c{world.check.pk}-review_on"' in body


def test_nothing_chosen_is_refused(world: World) -> None:
    proposed(world)
    data = typed(world)
    del data[f"c{world.check.pk}-is_included"]

    response = signed_in(world.coordinator).post(address(world), data)

    assert response.status_code == 422
    assert "Wählen Sie mindestens eine Partnerschaft aus." in response.content.decode()


def test_garbage_is_refused_with_a_message(world: World) -> None:
    proposed(world)

    response = post(world, decided_on="31.02.2026", body="x", number="9" * 5000)

    assert response.status_code == 422


def test_without_token_is_refused(world: World) -> None:
    proposed(world)
    data = typed(world, confirmed="1")
    del data["_token"]

    assert signed_in(world.coordinator).post(address(world), data).status_code == 400
    assert not Decision.objects.exists()
