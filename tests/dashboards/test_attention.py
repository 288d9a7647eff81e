import pytest
from django.test import Client

from dashboards.attention import need_for_action
from ministries.models import User
from partnerships.models import Agreement, Partnership
from tests.dashboards import scenes
from tests.dashboards.scenes import LATER, PAST, TODAY
from tests.factories import make_agreement, make_chancellery, make_ministry, make_partnership

pytestmark = pytest.mark.django_db


def sentences(user: User) -> list[str]:
    return [item.sentence for item in need_for_action(user, TODAY)]


def lapsed(partnership: Partnership) -> Agreement:
    return make_agreement(
        partnership=partnership,
        kind=Agreement.Kind.MEMORANDUM,
        term=Agreement.Term.FIXED,
        valid_until=PAST,
    )


def overdue_scene() -> tuple[User, User, User]:
    """SMWA and SMI each owe one; a manager of the SMWA, one of the SMK, the coordination."""
    lead = make_chancellery()
    smwa, smi, smk = (make_ministry(abbreviation=name) for name in ("SMWA", "SMI", "SMK"))
    check = scenes.check_of(
        make_partnership(name="Tamil Nadu", lead=lead), scenes.running_round(PAST)
    )
    scenes.owed(check, smwa)
    scenes.owed(check, smi)
    scenes.released(check, smk)
    return scenes.manager(smwa), scenes.manager(smk), scenes.coordinator()


def test_nothing_needs_action_on_a_quiet_day() -> None:
    make_partnership(lead=make_chancellery())

    assert sentences(scenes.coordinator()) == []


def test_lapsed_agreement_names_partnership_day_and_house() -> None:
    lapsed(make_partnership(name="Latium", lead=make_chancellery()))

    (item,) = need_for_action(scenes.manager(make_ministry()), TODAY)

    assert item.sentence == (
        "Latium: Laufzeit des Memorandums endete am 10.11.2026. Verlängerung nicht erfasst."
    )
    assert item.who_acts == "SK"


def test_renewed_agreement_needs_no_action() -> None:
    partnership = make_partnership(lead=make_chancellery())
    make_agreement(partnership=partnership, predecessor=lapsed(partnership))

    assert sentences(scenes.coordinator()) == []


def test_several_lapsed_agreements_are_one_sentence() -> None:
    for name in ("Latium", "Hubei"):
        lapsed(make_partnership(name=name, lead=make_chancellery()))

    assert len(sentences(scenes.coordinator())) == 1


def test_missing_lead_is_answered_by_the_chancellery() -> None:
    make_chancellery()
    make_partnership(name="Greater Manchester", lead=None)

    (item,) = need_for_action(scenes.coordinator(), TODAY)

    assert (item.sentence, item.who_acts) == (
        "Greater Manchester: Federführung nicht erfasst.",
        "SK",
    )


def test_overdue_houses_are_named_to_the_coordination() -> None:
    *_, coordinator = overdue_scene()

    (item,) = need_for_action(coordinator, TODAY)

    assert item.sentence == "Leitlinien-Check 2026: 2 Stellungnahmen überfällig."
    assert sorted(item.who_acts.split(", ")) == ["SMI (1)", "SMWA (1)"]


def test_overdue_houses_are_named_to_the_chief() -> None:
    overdue_scene()

    (item,) = need_for_action(scenes.chief(), TODAY)

    assert "SMWA (1)" in item.who_acts


def test_manager_reads_the_own_house_by_name_and_others_as_a_number() -> None:
    own, *_ = overdue_scene()

    (item,) = need_for_action(own, TODAY)

    assert item.sentence == (
        "Leitlinien-Check 2026: 2 Stellungnahmen überfällig, davon 1 aus Ihrem Haus (Tamil Nadu)."
    )
    assert item.who_acts == "SMWA"


def test_manager_of_a_punctual_house_reads_no_other_house() -> None:
    _, punctual, _ = overdue_scene()

    (item,) = need_for_action(punctual, TODAY)

    assert item.sentence == (
        "Leitlinien-Check 2026: 2 Stellungnahmen überfällig, keine aus Ihrem Haus."
    )
    assert not {"SMWA", "SMI"} & set(item.who_acts.split())


def test_at_most_three_sentences_are_shown_heaviest_first() -> None:
    overdue_scene()
    lapsed(make_partnership(name="Latium", lead=make_chancellery()))
    make_partnership(name="Greater Manchester", lead=None)

    found = sentences(scenes.coordinator())

    assert [text.split(":")[0] for text in found] == [
        "Latium",
        "Leitlinien-Check 2026",
        "Greater Manchester",
    ]


def test_confidential_partnership_does_not_show() -> None:
    partnership = make_partnership(name="Geheim", lead=None, is_confidential=True)
    lapsed(partnership)

    assert sentences(scenes.manager(make_ministry())) == []
    assert len(sentences(scenes.coordinator())) == 2


def test_round_within_its_deadline_is_no_need() -> None:
    check = scenes.check_of(make_partnership(lead=make_chancellery()), scenes.running_round(LATER))
    scenes.owed(check, make_ministry())

    assert sentences(scenes.coordinator()) == []


def test_each_sentence_leads_to_a_page_its_reader_may_see(client: Client) -> None:
    own, punctual, coordinator = overdue_scene()
    lapsed(make_partnership(name="Latium", lead=make_chancellery()))
    make_partnership(name="Greater Manchester", lead=None)

    for user in (own, punctual, coordinator):
        client.force_login(user)
        for item in need_for_action(user, TODAY):
            assert client.get(item.url).status_code == 200, item
