"""Who is asked in a round in preparation, and what its opening sends out."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import CheckRound, Edition, GuidelineCheck, ReviewNote, Statement
from guidelines.rounds.actions import (
    ADDED_BY_COORDINATION,
    open_round,
    propose_houses,
    set_houses,
)
from ministries.models import Ministry, Notification, Role, SubjectArea, User
from partnerships.models import Partnership
from tests.factories import NOW, make_chancellery, make_ministry, make_partnership, make_user
from tests.guidelines.acts.conftest import DUE, prepare
from ui.errors import Conflict, Refusal

STRANGERS = (Role.OFFICER, Role.HEAD, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR)


@pytest.fixture
def check(preparing: CheckRound) -> GuidelineCheck:
    return preparing.checks.get()


@pytest.fixture
def second(preparing: CheckRound) -> GuidelineCheck:
    """Of another partnership in the same round, of which nobody is asked yet."""
    partnership = make_partnership(name="Latium", lead=make_chancellery())
    return GuidelineCheck.objects.create(round=preparing, partnership=partnership)


@pytest.fixture
def finance(coordinator: User) -> Ministry:
    return make_ministry(abbreviation="SMF", sort_order=9)


def asked(check: GuidelineCheck) -> list[str]:
    rows = Statement.objects.filter(guideline_check=check).order_by("ministry__sort_order")
    return list(rows.values_list("ministry__abbreviation", flat=True))


def version_of(check_round: CheckRound) -> int:
    return CheckRound.objects.get(pk=check_round.pk).version


# Proposed houses


def test_houses_are_proposed_for_these_checks_alone(
    preparing: CheckRound, check: GuidelineCheck, second: GuidelineCheck
) -> None:
    propose_houses(check_round=preparing, checks=[second], now=NOW)

    assert (asked(check), asked(second)) == (["SK", "SMWK"], ["SK"])
    assert (
        Statement.objects.get(guideline_check=second).asked_because == "federführend; koordiniert"
    )


def test_houses_are_those_in_charge_on_the_day(
    preparing: CheckRound, second: GuidelineCheck, finance: Ministry, area: SubjectArea
) -> None:
    """From tomorrow on the house of finance is in charge of the subject area."""
    tomorrow = NOW.date() + timedelta(days=1)
    area.responsibilities.update(valid_until=NOW.date())
    area.responsibilities.create(ministry=finance, valid_from=tomorrow)
    second.partnership.participations.create(subject_area=area)

    propose_houses(check_round=preparing, checks=[second], now=NOW + timedelta(days=1))

    assert asked(second) == ["SK", "SMF"]


def test_long_reason_is_shortened_between_words(
    coordinator: User, edition: Edition, flanders: Partnership, area: SubjectArea
) -> None:
    type(area).objects.update(name="Kultur " * 17)
    for number in range(3):
        other = type(area).objects.create(slug=f"f{number}", name="Wissenschaft " * 9)
        other.responsibilities.create(ministry=area.responsibilities.get().ministry)
        flanders.participations.create(subject_area=other)

    prepare(coordinator, edition, [flanders])

    because = Statement.objects.get(ministry__abbreviation="SMWK").asked_because
    assert 280 < len(because) <= 300
    assert because.endswith(" Wissenschaft …")


# Chosen houses


def test_chosen_houses_take_the_place_of_the_former(
    preparing: CheckRound,
    check: GuidelineCheck,
    second: GuidelineCheck,
    finance: Ministry,
    culture: Ministry,
    coordinator: User,
) -> None:
    set_houses(
        check_round=preparing,
        wanted={check.pk: {finance.pk, culture.pk}},
        by=coordinator,
        now=NOW,
    )

    assert (asked(check), asked(second)) == (["SMWK", "SMF"], [])


def test_reason_is_the_proposed_one_or_that_somebody_added_it(
    preparing: CheckRound,
    second: GuidelineCheck,
    finance: Ministry,
    coordinator: User,
) -> None:
    houses = {make_chancellery().pk, finance.pk}

    set_houses(check_round=preparing, wanted={second.pk: houses}, by=coordinator, now=NOW)

    rows = Statement.objects.filter(guideline_check=second).order_by("ministry__sort_order")
    assert [row.asked_because for row in rows] == [
        "federführend; koordiniert",
        ADDED_BY_COORDINATION,
    ]


def test_house_that_stays_keeps_its_statement(
    preparing: CheckRound, check: GuidelineCheck, culture: Ministry, coordinator: User
) -> None:
    before = Statement.objects.get(ministry=culture)

    set_houses(check_round=preparing, wanted={check.pk: {culture.pk}}, by=coordinator, now=NOW)

    assert Statement.objects.get() == before


def test_choice_of_a_form_counts_as_a_change(
    preparing: CheckRound, check: GuidelineCheck, coordinator: User
) -> None:
    wanted = {check.pk: {make_chancellery().pk}}
    set_houses(check_round=preparing, wanted=wanted, by=coordinator, now=NOW)
    without_form = version_of(preparing)

    set_houses(check_round=preparing, wanted=wanted, expected_version=1, by=coordinator, now=NOW)

    assert (without_form, version_of(preparing)) == (1, 2)


def test_choice_in_an_opened_round_is_refused(
    preparing: CheckRound, check: GuidelineCheck, coordinator: User
) -> None:
    open_round(check_round=preparing, by=coordinator, now=NOW)

    with pytest.raises(Refusal, match="schon eröffnet"):
        set_houses(check_round=preparing, wanted={check.pk: set()}, by=coordinator, now=NOW)

    assert asked(check) == ["SK", "SMWK"]


@pytest.mark.parametrize("role", STRANGERS)
def test_others_choose_no_houses(preparing: CheckRound, check: GuidelineCheck, role: Role) -> None:
    by = make_user(role=role)

    with pytest.raises(PermissionDenied):
        set_houses(check_round=preparing, wanted={check.pk: set()}, by=by, now=NOW)

    assert asked(check) == ["SK", "SMWK"]


# Opening


def test_opened_round_says_when_and_by_whom(preparing: CheckRound, coordinator: User) -> None:
    open_round(check_round=preparing, by=coordinator, now=NOW)

    found = CheckRound.objects.get()
    assert (found.state, found.opened_at, found.opened_by) == ("open", NOW, coordinator)
    assert found.version == 2


def test_letter_names_deadline_partnership_and_reason(
    preparing: CheckRound, coordinator: User, culture: Ministry
) -> None:
    open_round(check_round=preparing, by=coordinator, now=NOW)

    mail = Notification.objects.get(to_address=culture.mailbox)
    assert mail.kind == "request"
    assert mail.subject == "Leitlinien-Check 2026: eine Stellungnahme bis 15.12.2026"
    assert "- Flandern: zuständig für Kultur\n" in mail.body


def test_house_without_mailbox_gets_no_letter(
    preparing: CheckRound, coordinator: User, culture: Ministry
) -> None:
    Ministry.objects.filter(pk=culture.pk).update(mailbox="")

    open_round(check_round=preparing, by=coordinator, now=NOW)

    assert Notification.objects.get().to_address == make_chancellery().mailbox
    assert ReviewNote.objects.filter(statement__ministry=culture).count() == 1


def test_opening_twice_is_refused(preparing: CheckRound, coordinator: User) -> None:
    open_round(check_round=preparing, by=coordinator, now=NOW)

    with pytest.raises(Refusal, match="schon eröffnet"):
        open_round(check_round=preparing, by=coordinator, now=NOW)

    assert Notification.objects.count() == 2


@pytest.mark.parametrize("days", [0, 1])
def test_opening_at_the_deadline_is_refused(
    preparing: CheckRound, coordinator: User, days: int
) -> None:
    due = NOW.replace(month=DUE.month, day=DUE.day) + timedelta(days=days)

    with pytest.raises(Refusal, match="in der Zukunft"):
        open_round(check_round=preparing, by=coordinator, now=due)


def test_opening_what_was_changed_meanwhile_conflicts(
    preparing: CheckRound, coordinator: User
) -> None:
    with pytest.raises(Conflict):
        open_round(check_round=preparing, by=coordinator, now=NOW, expected_version=0)

    assert CheckRound.objects.get().state == "preparing"
    assert not ReviewNote.objects.exists()
    assert not Notification.objects.exists()


@pytest.mark.parametrize("role", STRANGERS)
def test_others_open_no_round(preparing: CheckRound, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        open_round(check_round=preparing, by=make_user(role=role), now=NOW)

    assert CheckRound.objects.get().state == "preparing"
