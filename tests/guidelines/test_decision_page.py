"""The form for a decision: prefilled, checked, repeated, and only then recorded."""

import uuid
from datetime import timedelta
from typing import Any

from guidelines.decisions.actions import begin_evaluation, propose, revise_proposal
from guidelines.models import CheckRound, Decision, GuidelineCheck, Outcome
from ministries.clock import today
from tests.factories import NOW, make_check
from tests.guidelines.conftest import World, closed, signed_in
from tests.guidelines.test_decision import put_forward


def proposed(world: World, outcome: str = Outcome.FOCUS) -> None:
    closed(world.check, by=world.coordinator)
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
    return f"/leitlinien-checks/{world.check_round.slug}/beschluss/"


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


def test_what_will_be_refused_is_refused_before_the_last_word(world: World) -> None:
    proposed(world)

    response = post(world, **{f"c{world.check.pk}-outcome": "examine_resumption"})

    assert response.status_code == 422
    assert "passt nicht zum Status" in response.content.decode()


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


def test_second_decider_sees_both_texts_when_the_round_has_closed(world: World) -> None:
    proposed(world)
    post(world, confirmed="1")

    response = post(world, confirmed="1", number="99/9999", wording="Ein anderer Wortlaut.")

    body = response.content.decode()
    assert response.status_code == 409
    for text in ("99/9999", "01/0123", "anderer"):
        assert text in body
    assert Decision.objects.get().number == "01/0123"


def test_second_decider_goes_on_with_what_is_undecided(world: World) -> None:
    other = make_check(check_round=world.check_round)
    proposed(world)
    put_forward(other, world.coordinator)
    post(world, confirmed="1")
    both = {f"c{other.pk}-is_included": "on", f"c{other.pk}-outcome": "continue"}

    response = post(world, confirmed="1", number="99/9999", **both)

    body = response.content.decode()
    assert response.status_code == 409
    assert f'<input type="hidden" name="c{other.pk}-is_included" value="on">' in body
    assert f'name="c{world.check.pk}-is_included"' not in body
    assert Decision.objects.count() == 1


def test_second_decider_is_told_before_the_confirm_step(world: World) -> None:
    proposed(world)
    post(world, confirmed="1")

    assert post(world, number="99/9999").status_code == 409


def test_proposal_taken_back_meanwhile_keeps_the_text(world: World) -> None:
    proposed(world)
    check = GuidelineCheck.objects.get(pk=world.check.pk)
    revise_proposal(check=check, by=world.coordinator, now=NOW)

    response = post(world, confirmed="1")

    body = response.content.decode()
    assert response.status_code == 422
    assert "setzt einen Entscheidungsvorschlag voraus" in body
    assert 'value="01/0123"' in body


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
