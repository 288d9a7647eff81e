"""A status begins and ends the former one; a scrutiny mark is lifted."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from partnerships.models import Partnership
from partnerships.register.partners.standing_actions import begin_status, lift_scrutiny
from tests.factories import NOW, TODAY, make_partnership, make_status_period
from tests.partnerships.acts import strangers
from tests.partnerships.conftest import People
from ui.errors import Refusal

BEFORE, DAY, AFTER = date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)


def begun(people: People, partnership: Partnership, **changes: Any) -> dict[str, Any]:
    values = {
        "partnership": partnership,
        "status": "ended",
        "valid_from": DAY,
        "visible_from": None,
        "reason": "Ziel erreicht",
        "deciding_body": "Kabinett",
        "reference": "Nr. 7",
        "by": people.coordinator,
        "now": NOW,
    }
    return values | changes


def test_status_is_written_as_confirmed_by_who_entered_it(people: People) -> None:
    partnership = make_partnership(status=None)

    result = begin_status(**begun(people, partnership))

    row = partnership.status_periods.get()
    assert (row, row.status) == (result, "ended")
    assert (row.valid_from, row.valid_until, row.visible_from) == (DAY, None, None)
    assert (row.reason, row.deciding_body, row.reference) == ("Ziel erreicht", "Kabinett", "Nr. 7")
    assert (row.resume_condition, row.review_on) == ("", None)
    assert (row.confirmed_on, row.confirmed_by) == (TODAY, people.coordinator)


def test_resting_and_a_later_day_of_telling_are_kept(people: People) -> None:
    partnership = make_partnership(status=None)
    rest = {"status": "dormant", "resume_condition": "Frieden", "review_on": date(2027, 6, 1)}

    begin_status(**begun(people, partnership, visible_from=AFTER, **rest))

    row = partnership.status_periods.get()
    assert (row.resume_condition, row.review_on) == ("Frieden", date(2027, 6, 1))
    assert row.visible_from == AFTER


def test_former_status_ends_the_day_before(people: People) -> None:
    partnership, other = make_partnership(), make_partnership()

    begin_status(**begun(people, partnership))

    assert partnership.status_periods.get(status="active").valid_until == BEFORE
    assert other.status_periods.get().valid_until is None


def test_status_that_ended_keeps_its_end(people: People) -> None:
    partnership = make_partnership(status=None)
    former = make_status_period(partnership=partnership, valid_until=date(2025, 12, 31))

    begin_status(**begun(people, partnership))

    former.refresh_from_db()
    assert former.valid_until == date(2025, 12, 31)


@pytest.mark.parametrize("valid_from", [BEFORE, DAY])
def test_status_before_or_with_a_later_one_is_refused(people: People, valid_from: date) -> None:
    partnership = make_partnership(name="Flandern", status=None)
    for day, status in ((date(2026, 6, 1), "ended"), (DAY, "active")):
        make_status_period(partnership=partnership, status=status, valid_from=day, valid_until=day)

    with pytest.raises(Refusal, match=r"^Flandern: Ab 01\.03\.2026 ist schon der Status „aktiv“"):
        begin_status(**begun(people, partnership, valid_from=valid_from))


def test_status_the_day_after_another_began_is_written(people: People) -> None:
    partnership = make_partnership(status=None)
    former = make_status_period(partnership=partnership, valid_from=DAY)

    begin_status(**begun(people, partnership, valid_from=AFTER))

    former.refresh_from_db()
    assert former.valid_until == DAY


def test_status_is_begun_by_the_coordination_alone(people: People) -> None:
    partnership = make_partnership()

    for stranger in strangers.to_the_register():
        with pytest.raises(PermissionDenied):
            begin_status(**begun(people, partnership, by=stranger))

    assert partnership.status_periods.get().valid_until is None


# Scrutiny


def marked(**fields: Any) -> Partnership:
    return make_partnership(
        scrutiny_since=date(2026, 2, 1), scrutiny_reason="Leitlinien-Check", **fields
    )


@pytest.mark.parametrize("until", [None, DAY, date(2026, 12, 31)])
def test_scrutiny_ends_the_day_before(db: None, until: date | None) -> None:
    partnership = marked(scrutiny_until=until)

    lift_scrutiny(partnership=partnership, from_day=DAY, visible_from=AFTER)

    partnership.refresh_from_db()
    assert partnership.scrutiny_until == BEFORE
    assert (partnership.scrutiny_end_visible_from, partnership.version) == (AFTER, 2)
    assert partnership.scrutiny_reason == "Leitlinien-Check"


@pytest.mark.parametrize("from_day", [date(2026, 1, 1), date(2026, 2, 1)])
def test_scrutiny_lasts_a_day_at_least(db: None, from_day: date) -> None:
    partnership = marked()

    lift_scrutiny(partnership=partnership, from_day=from_day, visible_from=None)

    partnership.refresh_from_db()
    assert partnership.scrutiny_until == date(2026, 2, 1)


def test_scrutiny_that_is_over_stays_as_it_is(db: None) -> None:
    partnership = marked(scrutiny_until=BEFORE)

    lift_scrutiny(partnership=partnership, from_day=DAY, visible_from=AFTER)

    partnership.refresh_from_db()
    assert (partnership.scrutiny_end_visible_from, partnership.version) == (None, 1)


def test_partnership_without_scrutiny_stays_as_it_is(db: None) -> None:
    partnership = make_partnership()

    lift_scrutiny(partnership=partnership, from_day=DAY, visible_from=AFTER)

    partnership.refresh_from_db()
    assert (partnership.scrutiny_until, partnership.version) == (None, 1)


def test_scrutiny_is_lifted_on_the_row_as_it_stands(db: None) -> None:
    read_before, other = make_partnership(), make_partnership()
    Partnership.objects.filter(pk=read_before.pk).update(
        scrutiny_since=date(2026, 2, 1), scrutiny_reason="Leitlinien-Check", version=4
    )

    lift_scrutiny(partnership=read_before, from_day=DAY, visible_from=None)

    row = Partnership.objects.get(pk=read_before.pk)
    assert (row.scrutiny_until, row.version) == (BEFORE, 5)
    assert Partnership.objects.get(pk=other.pk).version == 1
