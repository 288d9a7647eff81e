"""What the desk shows when nothing is due: the next dates and what changed."""

from datetime import date, timedelta

import pghistory
import pytest
from django.test import Client

from dashboards.dates import upcoming
from dashboards.news import recent_changes
from ministries.models import User
from partnerships.models import Agreement, Partnership
from tests.dashboards import scenes
from tests.dashboards.scenes import LATER, PAST, SOON, TODAY
from tests.factories import (
    make_agreement,
    make_ministry,
    make_partnership,
    make_status_period,
)

pytestmark = pytest.mark.django_db


def changes(user: User) -> list[str]:
    return [news.words for news in recent_changes(user, TODAY)]


def test_next_dates_come_in_order_of_their_day() -> None:
    scenes.running_round(LATER)
    partnership = make_partnership(name="Latium")
    make_agreement(partnership=partnership, term=Agreement.Term.FIXED, valid_until=SOON)
    dormant = make_partnership(name="Tatarstan", status=None)
    make_status_period(
        partnership=dormant,
        status=Partnership.Status.DORMANT,
        valid_from=PAST,
        review_on=date(2027, 2, 24),
    )

    found = upcoming(scenes.manager(make_ministry()), TODAY)

    assert [one.day for one in found] == [SOON, LATER, date(2027, 2, 24)]


def test_dates_of_confidential_partnerships_stay_hidden() -> None:
    partnership = make_partnership(is_confidential=True)
    make_agreement(partnership=partnership, term=Agreement.Term.FIXED, valid_until=SOON)

    assert upcoming(scenes.manager(make_ministry()), TODAY) == []


def test_change_is_told_without_a_name() -> None:
    with pghistory.context(user=scenes.coordinator().pk):
        partnership = make_partnership(name="Flandern")
        make_agreement(partnership=partnership, kind=Agreement.Kind.MEMORANDUM)

    assert set(changes(scenes.manager(make_ministry()))) == {
        "Flandern: Angaben angelegt",
        "Flandern: Status aktiv",
        "Flandern: Memorandum angelegt",
    }


def test_loading_of_the_register_is_no_news() -> None:
    make_partnership()

    assert changes(scenes.coordinator()) == []


def test_statement_is_news_only_in_its_own_house() -> None:
    house = make_ministry()
    check = scenes.check_of(make_partnership(name="Flandern"), scenes.running_round())
    with pghistory.context(user=1):
        scenes.submitted(check, house, by=scenes.officer(house))

    assert changes(scenes.manager(house)) == ["Stellungnahme zu Flandern angefordert"]
    assert changes(scenes.manager(make_ministry())) == []
    assert changes(scenes.coordinator()) == []


def test_change_of_a_confidential_partnership_is_no_news_for_outsiders() -> None:
    with pghistory.context(user=1):
        make_partnership(is_confidential=True)

    assert changes(scenes.manager(make_ministry())) == []
    assert changes(scenes.coordinator()) != []


def test_decision_not_yet_visible_is_no_news_for_outsiders() -> None:
    partnership = make_partnership(
        name="Latium",
        status=None,
        scrutiny_since=PAST - timedelta(days=9),
        scrutiny_reason="Leitlinien 2026",
    )
    former = make_status_period(partnership=partnership, valid_from=date(2020, 1, 1))
    with pghistory.context(user=1):
        former.valid_until = TODAY
        former.save()
        make_status_period(
            partnership=partnership,
            status=Partnership.Status.ENDED,
            valid_from=TODAY + timedelta(days=1),
            visible_from=LATER,
        )
        partnership.scrutiny_until = TODAY
        partnership.scrutiny_end_visible_from = LATER
        partnership.save()

    assert changes(scenes.manager(make_ministry())) == []
    assert changes(scenes.chief()) == ["Latium: Angaben geändert", "Latium: Status beendet"]


def test_empty_desk_shows_dates_and_changes(client: Client) -> None:
    scenes.running_round(date(2030, 12, 15))
    client.force_login(scenes.manager(make_ministry()))

    content = client.get("/zu-erledigen/").content.decode()

    assert "Für Sie ist nichts zu erledigen." in content
    assert "15.12.2030" in content
