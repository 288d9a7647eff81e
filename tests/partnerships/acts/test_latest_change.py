"""Which change of a status or a Federführung counts as the latest, and whether it was by hand."""

from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pghistory
import pytest

from partnerships.models import Lead, Partnership
from partnerships.register.partners.reversal_actions import Reversal, latest_change
from tests.factories import make_ministry, make_partnership, make_status_period
from tests.partnerships.conftest import People

SOON, LATER = date(2026, 2, 28), date(2026, 12, 31)


@pytest.fixture
def partnership(people: People) -> Partnership:
    return make_partnership(status=None)


def by_hand(people: People) -> AbstractContextManager[Any]:
    """As in a request of a person who is signed in."""
    return pghistory.context(user=people.coordinator.pk)


def load(partnership: Partnership, **period: Any) -> Lead:
    return Lead.objects.create(partnership=partnership, ministry=make_ministry(), **period)


def enter(people: People, partnership: Partnership, **period: Any) -> Lead:
    with by_hand(people):
        return load(partnership, **period)


def end(lead: Lead, day: date | None) -> None:
    lead.valid_until = day
    lead.save()


def test_nothing_was_changed_where_nothing_stands(partnership: Partnership) -> None:
    assert latest_change(partnership.leads) is None


def test_first_entry_by_hand_leaves_a_gap(people: People, partnership: Partnership) -> None:
    lead = enter(people, partnership)

    assert latest_change(partnership.leads) == Reversal(lead, None, None)


def test_loaded_entry_is_none(partnership: Partnership) -> None:
    load(partnership)

    assert latest_change(partnership.leads) is None


def test_entry_with_the_latest_beginning_counts(people: People, partnership: Partnership) -> None:
    latest = enter(people, partnership, valid_from=date(2026, 3, 1))
    load(partnership, valid_from=date(2020, 1, 1), valid_until=SOON)
    load(partnership, valid_until=date(2019, 12, 31))

    assert latest_change(partnership.leads) == Reversal(latest, None, None)


@pytest.mark.django_db(transaction=True)  # a context lasts as long as its transaction
def test_loaded_entry_after_one_by_hand_counts(people: People, partnership: Partnership) -> None:
    enter(people, partnership, valid_until=SOON)
    load(partnership, valid_from=date(2026, 3, 1))

    assert latest_change(partnership.leads) is None


@pytest.mark.parametrize("until", [None, LATER])
def test_end_set_by_hand_is_undone(
    people: People, partnership: Partnership, until: date | None
) -> None:
    lead = load(partnership, valid_until=until)
    with by_hand(people):
        end(lead, SOON)

    assert latest_change(partnership.leads) == Reversal(None, lead, until)


def test_end_set_by_a_command_is_not_undone(people: People, partnership: Partnership) -> None:
    end(load(partnership), SOON)

    assert latest_change(partnership.leads) is None


@pytest.mark.django_db(transaction=True)  # a context lasts as long as its transaction
def test_entry_by_hand_that_a_command_ended_is_undone(
    people: People, partnership: Partnership
) -> None:
    lead = enter(people, partnership)
    end(lead, SOON)

    assert latest_change(partnership.leads) == Reversal(lead, None, None)


@pytest.mark.parametrize("until", [None, LATER])
def test_later_end_is_no_mistake_to_undo(
    people: People, partnership: Partnership, until: date | None
) -> None:
    lead = load(partnership, valid_until=SOON)
    with by_hand(people):
        end(lead, until)

    assert latest_change(partnership.leads) is None


def test_only_the_latest_end_counts(people: People, partnership: Partnership) -> None:
    lead = load(partnership)
    with by_hand(people):
        for day in (SOON, None):
            end(lead, day)

    assert latest_change(partnership.leads) is None


def test_what_else_was_changed_later_does_not_matter(
    people: People, partnership: Partnership
) -> None:
    lead = load(partnership)
    with by_hand(people):
        end(lead, SOON)
    lead.reason = "Kabinett"
    lead.save()

    assert latest_change(partnership.leads) == Reversal(None, lead, None)


def test_decided_status_is_none(people: People, partnership: Partnership) -> None:
    with by_hand(people):
        make_status_period(partnership=partnership, visible_from=LATER)

    assert latest_change(partnership.status_periods) is None


def test_status_by_hand_is_one(people: People, partnership: Partnership) -> None:
    with by_hand(people):
        period = make_status_period(partnership=partnership)

    assert latest_change(partnership.status_periods) == Reversal(period, None, None)


def test_entry_of_another_partnership_does_not_count(
    people: People, partnership: Partnership
) -> None:
    load(partnership)
    enter(people, make_partnership())

    assert latest_change(partnership.leads) is None


def test_former_that_ended_with_it_is_reopened(people: People, partnership: Partnership) -> None:
    former = load(partnership, valid_until=LATER)
    end(former, SOON)
    latest = enter(people, partnership, valid_from=date(2026, 3, 1))

    assert latest_change(partnership.leads) == Reversal(latest, former, LATER)


@pytest.mark.django_db(transaction=True)
def test_former_that_had_ended_before_stays_ended(people: People, partnership: Partnership) -> None:
    end(load(partnership), SOON)
    latest = enter(people, partnership, valid_from=date(2026, 3, 1))

    assert latest_change(partnership.leads) == Reversal(latest, None, None)
