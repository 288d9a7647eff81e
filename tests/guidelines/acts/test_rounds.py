"""A round in preparation: its calendar, its partnerships, its houses, and its opening."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import CheckRound, Edition, GuidelineCheck, Statement
from guidelines.rounds.actions import change_round, open_round, prepare_round
from ministries.models import Notification, Role, User
from partnerships.models import Partnership
from tests.factories import (
    NOW,
    make_chancellery,
    make_edition,
    make_partnership,
    make_user,
)
from tests.guidelines.acts.conftest import DUE, prepare, published
from ui.errors import Conflict, Refusal

TODAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
STRANGERS = (Role.OFFICER, Role.HEAD, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR)


def change(check_round: CheckRound, by: User, **changes: Any) -> None:
    values: dict[str, Any] = {
        "edition": check_round.edition,
        "due_on": check_round.due_on,
        "is_open_reading": check_round.is_open_reading,
        "partnerships": Partnership.objects.all(),
        "expected_version": check_round.version,
    }
    change_round(check_round=check_round, by=by, now=NOW, **(values | changes))


def asked(**which: Any) -> list[str]:
    rows = Statement.objects.filter(**which).order_by("ministry__sort_order", "pk")
    return list(rows.values_list("ministry__abbreviation", flat=True))


def stored(check_round: CheckRound) -> CheckRound:
    return CheckRound.objects.get(pk=check_round.pk)


# Preparing


def test_prepared_round_keeps_its_calendar(
    coordinator: User, edition: Edition, flanders: Partnership
) -> None:
    made = prepare(coordinator, edition, [flanders], is_open_reading=True)

    found = CheckRound.objects.get()
    assert made == found
    assert (found.year, found.edition, found.due_on) == (2026, edition, DUE)
    assert (found.is_open_reading, found.state, found.version) == (True, "preparing", 1)


def test_prepared_round_asks_the_proposed_houses_of_its_partnerships_alone(
    coordinator: User, edition: Edition, flanders: Partnership
) -> None:
    make_partnership(name="Nicht dabei")

    prepare(coordinator, edition, [flanders])

    (check,) = GuidelineCheck.objects.all()
    assert (check.partnership, check.state) == (flanders, "collecting")
    assert asked() == ["SK", "SMWK"]
    assert Statement.objects.get(ministry__abbreviation="SMWK").asked_because == (
        "zuständig für Kultur"
    )
    assert not Notification.objects.exists()


def test_edition_in_the_making_is_refused(coordinator: User, flanders: Partnership) -> None:
    with pytest.raises(Refusal, match="veröffentlichte Fassung"):
        prepare_round(
            year=2026,
            edition=make_edition(),
            due_on=DUE,
            is_open_reading=False,
            partnerships=[flanders],
            by=coordinator,
            now=NOW,
        )


def test_round_without_partnership_is_refused(coordinator: User, edition: Edition) -> None:
    with pytest.raises(Refusal, match="mindestens eine Partnerschaft"):
        prepare(coordinator, edition, [])

    assert not CheckRound.objects.exists()


@pytest.mark.parametrize(
    ("due_on", "told"),
    [
        (TODAY, "in der Zukunft"),
        (TODAY - ONE_DAY, "in der Zukunft"),
        (date(2028, 11, 24), r"24\.11\.2028 liegt mehr als zwei Jahre voraus"),
    ],
)
def test_impossible_deadline_is_refused(
    coordinator: User, edition: Edition, flanders: Partnership, due_on: date, told: str
) -> None:
    with pytest.raises(Refusal, match=told):
        prepare(coordinator, edition, [flanders], due_on=due_on)


@pytest.mark.parametrize("due_on", [TODAY + ONE_DAY, date(2028, 11, 23)])
def test_deadline_from_tomorrow_to_two_years(
    coordinator: User, edition: Edition, flanders: Partnership, due_on: date
) -> None:
    assert prepare(coordinator, edition, [flanders], due_on=due_on).due_on == due_on


def test_deadline_is_held_against_the_day_in_saxony(
    coordinator: User, edition: Edition, flanders: Partnership
) -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

    with pytest.raises(Refusal, match="in der Zukunft"):
        prepare(coordinator, edition, [flanders], due_on=TODAY + ONE_DAY, now=late)


@pytest.mark.parametrize("role", STRANGERS)
def test_others_prepare_no_round(edition: Edition, flanders: Partnership, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        prepare_round(
            year=2026,
            edition=edition,
            due_on=DUE,
            is_open_reading=False,
            partnerships=[flanders],
            by=make_user(role=role),
            now=NOW,
        )

    assert not CheckRound.objects.exists()


# Changing


def test_change_writes_all_of_the_calendar(preparing: CheckRound, coordinator: User) -> None:
    other, due_on = published(), DUE + ONE_DAY

    change(preparing, coordinator, edition=other, due_on=due_on, is_open_reading=True)

    found = stored(preparing)
    assert (found.edition, found.due_on, found.is_open_reading) == (other, due_on, True)
    assert (found.year, found.version) == (2026, 2)


def test_change_drops_a_partnership_with_its_statements(
    preparing: CheckRound, coordinator: User
) -> None:
    latium = make_partnership(name="Latium", lead=make_chancellery())

    change(preparing, coordinator, partnerships=[latium])

    (check,) = GuidelineCheck.objects.all()
    assert (check.partnership, asked()) == (latium, ["SK"])


def test_change_leaves_other_rounds_alone(
    preparing: CheckRound, coordinator: User, edition: Edition, flanders: Partnership
) -> None:
    other = prepare(coordinator, edition, [flanders], year=2027)
    latium = make_partnership(name="Latium", lead=make_chancellery())

    change(preparing, coordinator, partnerships=[latium])

    assert asked(guideline_check__round=other) == ["SK", "SMWK"]


def test_change_to_no_partnership_is_refused(preparing: CheckRound, coordinator: User) -> None:
    with pytest.raises(Refusal, match="mindestens eine"):
        change(preparing, coordinator, partnerships=[])

    assert (stored(preparing).version, asked()) == (1, ["SK", "SMWK"])


def test_change_to_a_deadline_gone_by_is_refused(preparing: CheckRound, coordinator: User) -> None:
    with pytest.raises(Refusal, match="in der Zukunft"):
        change(preparing, coordinator, due_on=TODAY)


def test_change_of_an_opened_round_is_refused(preparing: CheckRound, coordinator: User) -> None:
    open_round(check_round=preparing, by=coordinator, now=NOW)

    with pytest.raises(Refusal, match="schon eröffnet"):
        change(preparing, coordinator, due_on=DUE + ONE_DAY)

    assert stored(preparing).due_on == DUE


def test_second_to_change_is_told(preparing: CheckRound, coordinator: User) -> None:
    with pytest.raises(Conflict):
        change_round(
            check_round=preparing,
            edition=preparing.edition,
            due_on=DUE,
            is_open_reading=True,
            partnerships=[make_partnership()],
            expected_version=0,
            by=coordinator,
            now=NOW,
        )

    assert (stored(preparing).is_open_reading, asked()) == (False, ["SK", "SMWK"])


@pytest.mark.parametrize("role", STRANGERS)
def test_others_change_no_round(preparing: CheckRound, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        change_round(
            check_round=preparing,
            edition=preparing.edition,
            due_on=DUE + ONE_DAY,
            is_open_reading=True,
            partnerships=Partnership.objects.all(),
            expected_version=1,
            by=make_user(role=role),
            now=NOW,
        )

    assert stored(preparing).due_on == DUE
