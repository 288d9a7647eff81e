"""Who is asked what: the pure rules, and the count on the real register."""

from datetime import date

import pytest

from guidelines.asking.houses import EU_MEMBERS, Houses, Profile, applies, gaps, proposed_houses
from guidelines.asking.houses import questions_by_house as questions
from guidelines.asking.profiles import criteria_of, houses_on, profiles_on
from guidelines.models import Criterion, Edition
from ministries.models import Ministry, SubjectArea
from partnerships.models import Partnership

DAY = date(2026, 11, 23)
SK, SMWK, SMWA = (
    Ministry(pk=pk, abbreviation=name) for pk, name in ((1, "SK"), (2, "SMWK"), (3, "SMWA"))
)
CULTURE, TRADE, SORBIAN = 10, 11, 12
HOUSES = Houses(
    ministries={1: SK, 2: SMWK, 3: SMWA}, chancellery_id=1, in_charge={CULTURE: 2, TRADE: 3}
)


def profile(
    *,
    countries: str = "FR",
    border: bool = False,
    areas: dict[int, str] | None = None,
    lead_id: int | None = 1,
) -> Profile:
    return Profile(
        partnership=Partnership(name="Musterregion"),
        countries=frozenset(countries.split()),
        is_border_region=border,
        areas=areas or {},
        lead_id=lead_id,
    )


def criterion(
    *, applies_to: str = "all", answered_by: str = "all", area: int | None = None, code: str = "1.1"
) -> Criterion:
    return Criterion(
        code=code, applies_to=applies_to, answered_by=answered_by, subject_area_id=area
    )


@pytest.mark.parametrize(
    ("applies_to", "countries", "expected"),
    [
        ("europe", "FR", True),
        ("europe", "GB", True),
        ("europe", "UA", True),
        ("europe", "RU", True),
        ("europe", "CN", False),
        ("non_eu", "FR", False),
        ("non_eu", "GB", True),
        ("non_eu", "UA", True),
        ("non_eu", "PL", False),
        ("all", "CA", True),
    ],
)
def test_criterion_applies_by_country(applies_to: str, countries: str, expected: bool) -> None:
    found = applies(criterion(applies_to=applies_to), profile(countries=countries))

    assert found is expected


def test_criterion_for_border_applies_in_border_region_only() -> None:
    question = criterion(applies_to="border")

    assert applies(question, profile(border=True))
    assert not applies(question, profile())


def test_criterion_for_tagged_applies_with_the_area_only() -> None:
    question = criterion(applies_to="tagged", answered_by="area", area=CULTURE)

    assert applies(question, profile(areas={CULTURE: "Kultur"}))
    assert not applies(question, profile(areas={TRADE: "Handel"}))


def test_union_has_27_members() -> None:
    assert len(EU_MEMBERS) == 27


def test_proposed_houses_carry_their_reasons() -> None:
    found = proposed_houses(
        profile(areas={CULTURE: "Kultur und Kunst"}, lead_id=3),
        [criterion(applies_to="tagged", answered_by="area", area=CULTURE, code="10.1")],
        HOUSES,
    )

    assert [(house.ministry.abbreviation, house.because) for house in found] == [
        ("SK", "koordiniert"),
        ("SMWK", "zuständig für Kultur und Kunst; Frage 10.1"),
        ("SMWA", "federführend"),
    ]


def test_proposed_houses_without_lead_put_chancellery_in_its_place() -> None:
    (house,) = proposed_houses(profile(lead_id=None), [], HOUSES)

    assert house.because == "antwortet anstelle der nicht erfassten Federführung; koordiniert"


def test_proposed_houses_replace_a_lead_that_no_longer_exists() -> None:
    question = criterion(answered_by="lead")

    assert questions(profile(lead_id=99), [question], HOUSES, [1, 2]) == {1: [question], 2: []}


def test_questions_go_to_all_to_the_lead_or_to_the_area() -> None:
    all_, lead, area = (
        criterion(code="1"),
        criterion(answered_by="lead", code="2"),
        criterion(answered_by="area", area=TRADE, code="3"),
    )

    found = questions(profile(lead_id=1), [all_, lead, area], HOUSES, [1, 2, 3])

    assert found == {1: [all_, lead], 2: [all_], 3: [all_, area]}


def test_gap_names_partnership_and_criterion() -> None:
    question = criterion(answered_by="area", code="8.1")
    question.subject_area = SubjectArea(pk=TRADE, name="Wirtschaft und Außenhandel")

    (gap,) = gaps(profile(), [question], HOUSES, [1, 2])

    assert "Musterregion" in str(gap)
    assert "Frage 8.1" in str(gap)
    assert "Wirtschaft und Außenhandel" in str(gap)


def test_gap_when_nobody_is_in_charge_of_the_area() -> None:
    question = criterion(answered_by="area", area=SORBIAN)

    assert len(gaps(profile(), [question], HOUSES, [1, 2, 3])) == 1


def test_register_proposes_sixty_statements(real_register: None) -> None:
    partnerships = list(Partnership.objects.in_check())
    criteria, houses = criteria_of(Edition.objects.get()), houses_on(DAY)

    found = {
        profile.partnership.slug: proposed_houses(profile, criteria, houses)
        for profile in profiles_on(DAY, partnerships).values()
    }

    assert {slug: len(asked) for slug, asked in found.items()} == {
        "niederschlesien": 7,
        "oberoesterreich": 5,
        "latium": 6,
        "charkiw": 6,
        "abu-dhabi": 4,
        "hubei": 5,
        "quebec": 5,
        "okzitanien": 4,
        "flandern": 5,
        "greater-manchester": 3,
        "andalusien": 5,
        "tamil-nadu": 5,
    }
    assert sum(len(asked) for asked in found.values()) == 60
