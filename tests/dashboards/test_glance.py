from datetime import date

import pytest

from dashboards.glance import GlanceRow, glance
from ministries.models import User
from partnerships.models import Agreement, Partnership
from partnerships.register.partners.status_counts import status_counts
from tests.dashboards import scenes
from tests.dashboards.scenes import LATER, PAST, SOON, TODAY
from tests.factories import (
    make_agreement,
    make_check,
    make_ministry,
    make_partnership,
    make_round,
    make_statement,
    make_status_period,
)
from tests.record_factories import make_activity

pytestmark = pytest.mark.django_db
FIXED = Agreement.Term.FIXED


def only_row(user: User) -> GlanceRow:
    (row,) = glance(user, TODAY, status_counts(user, TODAY)).rows
    return row


def test_glance_leaves_out_ended_partnerships_and_puts_active_ones_first() -> None:
    for name, status in (("A", "dormant"), ("B", "ended"), ("C", "active"), ("D", "exploratory")):
        make_partnership(name=name, status=status)
    make_partnership(name="E", status=None)

    user = scenes.coordinator()
    rows = glance(user, TODAY, status_counts(user, TODAY)).rows

    assert [row.partnership.name for row in rows] == ["C", "D", "A", "E"]


def test_glance_hides_confidential_partnerships() -> None:
    make_partnership(is_confidential=True)

    user = scenes.manager(make_ministry())

    assert glance(user, TODAY, status_counts(user, TODAY)).rows == []


@pytest.mark.parametrize(
    ("fields", "words", "tone"),
    [
        ({"term": FIXED, "valid_until": PAST}, "abgelaufen", "danger"),
        ({"term": FIXED, "valid_until": LATER}, "endet bald", "warning"),
        ({"term": FIXED, "valid_until": date(2029, 1, 1)}, "läuft bis", ""),
        ({"term": Agreement.Term.RENEWS}, "verlängert sich", ""),
        ({"term": Agreement.Term.UNKNOWN}, "Laufzeit nicht erfasst", ""),
    ],
)
def test_agreement_is_told_in_words(fields: dict, words: str, tone: str) -> None:
    make_agreement(partnership=make_partnership(), **fields)

    standing = only_row(scenes.coordinator()).agreement

    assert (standing.words, standing.tone) == (words, tone)


def test_renewed_agreement_counts_no_longer() -> None:
    partnership = make_partnership()
    former = make_agreement(partnership=partnership, term=FIXED, valid_until=PAST)
    make_agreement(
        partnership=partnership, term=FIXED, valid_until=date(2030, 1, 1), predecessor=former
    )

    assert only_row(scenes.coordinator()).agreement.day == date(2030, 1, 1)


def test_next_date_is_the_nearest_from_today_on() -> None:
    partnership = make_partnership()
    make_agreement(partnership=partnership, review_on=PAST)
    make_agreement(partnership=partnership, review_on=SOON)
    scenes.check_of(partnership, scenes.running_round(LATER))

    found = only_row(scenes.coordinator()).next_date

    assert found is not None
    assert (found.day, found.words) == (SOON, "Vereinbarung prüfen")


def test_deadline_of_the_running_round_is_a_date() -> None:
    scenes.check_of(make_partnership(), scenes.running_round(LATER))

    found = only_row(scenes.coordinator()).next_date

    assert found is not None
    assert found.day == LATER


def test_house_reads_its_own_vote() -> None:
    house = make_ministry()
    check = scenes.check_of(make_partnership(), scenes.running_round())
    scenes.released(check, house, vote="expand")

    vote = only_row(scenes.manager(house)).vote

    assert vote is not None
    assert vote.words == "ausbauen"


def test_vote_of_a_draft_is_not_told() -> None:
    house = make_ministry()
    check = scenes.check_of(make_partnership(), scenes.running_round())
    scenes.owed(check, house, vote="expand")

    vote = only_row(scenes.manager(house)).vote

    assert vote is not None
    assert vote.words == "offen"


def test_vote_of_another_house_is_not_told() -> None:
    check = scenes.check_of(make_partnership(), scenes.running_round())
    scenes.released(check, make_ministry(), vote="expand")

    assert only_row(scenes.manager(make_ministry())).vote is None


def test_decided_status_shows_only_to_the_circle_before_its_day() -> None:
    partnership = make_partnership(status=None)
    make_status_period(
        partnership=partnership,
        status=Partnership.Status.ACTIVE,
        valid_from=date(2020, 1, 1),
        valid_until=PAST,
    )
    make_status_period(
        partnership=partnership,
        status=Partnership.Status.DORMANT,
        valid_from=date(2026, 11, 11),
        visible_from=LATER,
        review_on=SOON,
    )

    outsider, insider = scenes.manager(make_ministry()), scenes.coordinator()

    assert only_row(outsider).partnership.status == "active"
    assert only_row(outsider).next_date is None
    assert only_row(insider).partnership.status == "dormant"


def test_votes_are_those_of_the_round_that_is_shown() -> None:
    house, partnership = make_ministry(), make_partnership(name="Flandern", status="active")
    first, later = (make_round(year=year) for year in (2026, 2027))
    checks = [make_check(check_round=one, partnership=partnership) for one in (first, later)]
    owed = [make_statement(ministry=house, check=check, criteria=[]) for check in checks]
    user = scenes.manager(house)

    for shown, statement in ((first, owed[0]), (None, owed[1])):
        (row,) = glance(user, TODAY, status_counts(user, TODAY), shown).rows
        assert row.vote is not None
        assert row.vote.url == statement.get_absolute_url()


def test_next_date_is_that_of_an_activity_too() -> None:
    house = make_ministry()
    partnership = make_partnership(name="Flandern", status="active")
    make_activity(ministry=house, partnerships=[partnership], starts_on=SOON)

    found = only_row(scenes.coordinator()).next_date
    assert found is not None
    assert (found.day, found.words) == (SOON, "Aktivität")
