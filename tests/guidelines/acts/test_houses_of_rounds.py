"""Who is asked in a round in preparation, and what its opening sends out."""

from datetime import timedelta

import pytest

from guidelines.actions.rounds import (
    ADDED_BY_COORDINATION,
    propose_houses,
    set_houses,
)
from guidelines.models import CheckRound, Edition, GuidelineCheck, Statement
from ministries.models import Ministry, Role, SubjectArea, User
from partnerships.models import Partnership
from tests.factories import NOW, make_chancellery, make_ministry, make_partnership
from tests.guidelines.acts.conftest import prepare

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
