"""Preparing and opening a round, and the acts on a running one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import CheckRound, Edition, GuidelineCheck, ReviewNote, Statement
from guidelines.rounds.actions import (
    change_round,
    extend_deadline,
    open_round,
    prepare_round,
    set_houses,
)
from ministries.models import Ministry, Notification, Role, User
from partnerships.models import Partnership
from tests.factories import (
    NOW,
    make_chancellery,
    make_criterion,
    make_edition,
    make_guideline,
    make_ministry,
    make_partnership,
    make_subject_area,
    make_user,
)
from tests.guidelines.conftest import World, fresh, released
from ui.errors import Conflict, Refusal

DUE = date(2026, 12, 15)


@pytest.fixture
def coordinator(db: None) -> User:
    return make_user(role=Role.COORDINATOR, ministry=make_chancellery())


@pytest.fixture
def culture(coordinator: User) -> Ministry:
    return make_ministry(abbreviation="SMWK", sort_order=6)


@pytest.fixture
def round_in_preparation(coordinator: User, culture: Ministry) -> CheckRound:
    """One partnership; a question for all, one for the house of culture."""
    area = make_subject_area(ministry=culture, name="Kultur und Kunst")
    edition = make_edition()
    guideline = make_guideline(edition=edition)
    make_criterion(guideline=guideline, code="1.1")
    make_criterion(
        guideline=guideline,
        code="10.1",
        answered_by="area",
        applies_to="tagged",
        subject_area=area,
    )
    Edition.objects.filter(pk=edition.pk).update(published_at=NOW)
    edition.refresh_from_db()
    partnership = make_partnership(name="Flandern", lead=make_chancellery(), areas=[area])
    return prepare(coordinator, edition=edition, partnerships=[partnership])


def prepare(by: User, **fields: Any) -> CheckRound:
    defaults: dict[str, Any] = {"year": 2026, "due_on": DUE, "is_open_reading": False}
    return prepare_round(**(defaults | fields), by=by, now=NOW)


def ask(check_round: CheckRound, by: User, *houses: int) -> None:
    """These of each of its partnerships."""
    wanted = {check.pk: set(houses) for check in check_round.checks.all()}
    set_houses(check_round=check_round, wanted=wanted, by=by, now=NOW)


def asked(check_round: CheckRound) -> set[int]:
    statements = Statement.objects.filter(guideline_check__round=check_round)
    return set(statements.values_list("ministry", flat=True))


def houses_of(check_round: CheckRound) -> list[str]:
    statements = Statement.objects.filter(guideline_check__round=check_round)
    return sorted(str(found.ministry) for found in statements.select_related("ministry"))


def test_prepare_proposes_houses_with_reasons(round_in_preparation: CheckRound) -> None:
    statement = Statement.objects.get(ministry__abbreviation="SMWK")

    assert houses_of(round_in_preparation) == ["SK", "SMWK"]
    assert statement.asked_because == "zuständig für Kultur und Kunst; Frage 10.1"


def test_prepare_by_an_officer_is_refused(round_in_preparation: CheckRound) -> None:
    officer = make_user(role=Role.OFFICER, ministry=make_chancellery())

    with pytest.raises(PermissionDenied):
        prepare(officer, year=2027, edition=round_in_preparation.edition, partnerships=[])


def test_second_round_of_a_year_has_a_name_of_its_own(
    round_in_preparation: CheckRound, coordinator: User
) -> None:
    edition, partnerships = round_in_preparation.edition, Partnership.objects.all()

    second, third = (
        prepare(coordinator, edition=edition, partnerships=partnerships) for _ in range(2)
    )

    rounds = (round_in_preparation, second, third)
    assert [found.slug for found in rounds] == ["2026", "2026-2", "2026-3"]
    assert str(second) == "Leitlinien-Check 2026-2"
    assert second.get_absolute_url() == "/leitlinien-checks/2026-2/"
    assert list(CheckRound.objects.all()) == [third, second, round_in_preparation]


@pytest.mark.parametrize("due_on", [date(2026, 11, 23), date(2020, 1, 1)])
def test_prepare_with_a_deadline_that_is_over_is_refused(
    round_in_preparation: CheckRound, coordinator: User, due_on: date
) -> None:
    with pytest.raises(Refusal, match="Zukunft"):
        prepare(
            coordinator,
            year=2027,
            due_on=due_on,
            edition=round_in_preparation.edition,
            partnerships=list(Partnership.objects.all()),
        )


def test_change_keeps_the_houses_of_partnerships_that_stay(
    round_in_preparation: CheckRound, coordinator: User, culture: Ministry
) -> None:
    extra = make_ministry(abbreviation="SMF")
    ask(round_in_preparation, coordinator, *asked(round_in_preparation), extra.pk)

    change_round(
        check_round=round_in_preparation,
        edition=round_in_preparation.edition,
        due_on=DUE,
        is_open_reading=True,
        partnerships=[*Partnership.objects.all(), make_partnership(name="Neu")],
        expected_version=round_in_preparation.version,
        by=coordinator,
        now=NOW,
    )

    # "Neu" has no lead: the Staatskanzlei answers in its place.
    assert houses_of(round_in_preparation) == ["SK", "SK", "SMF", "SMWK"]


def test_set_houses_with_an_old_version_conflicts(
    round_in_preparation: CheckRound, coordinator: User
) -> None:
    (check,) = round_in_preparation.checks.all()
    wanted = {check.pk: {make_chancellery().pk}}

    set_houses(
        check_round=round_in_preparation,
        wanted=wanted,
        expected_version=1,
        by=coordinator,
        now=NOW,
    )

    with pytest.raises(Conflict):
        set_houses(
            check_round=round_in_preparation,
            wanted=wanted,
            expected_version=1,
            by=coordinator,
            now=NOW,
        )


def test_open_without_addressee_is_refused_naming_partnership_and_criterion(
    round_in_preparation: CheckRound, coordinator: User, culture: Ministry
) -> None:
    ask(round_in_preparation, coordinator, *asked(round_in_preparation) - {culture.pk})
    round_in_preparation.refresh_from_db()

    with pytest.raises(Refusal, match=r"Flandern: Für Frage 10\.1"):
        open_round(check_round=round_in_preparation, by=coordinator, now=NOW)

    round_in_preparation.refresh_from_db()
    assert round_in_preparation.state == CheckRound.State.PREPARING
    assert not ReviewNote.objects.exists()
    assert not Notification.objects.exists()


def test_open_fixes_what_is_asked_of_whom(
    round_in_preparation: CheckRound, coordinator: User
) -> None:
    open_round(check_round=round_in_preparation, by=coordinator, now=NOW)

    asked = ReviewNote.objects.values_list("statement__ministry__abbreviation", "criterion__code")
    assert sorted(asked) == [("SK", "1.1"), ("SMWK", "1.1"), ("SMWK", "10.1")]


def test_open_writes_each_house_once_with_list_deadline_and_link(
    round_in_preparation: CheckRound, coordinator: User, culture: Ministry
) -> None:
    open_round(check_round=round_in_preparation, by=coordinator, now=NOW)

    mail = Notification.objects.get(to_address=culture.mailbox)
    assert Notification.objects.count() == 2
    assert "15.12.2026" in mail.subject
    assert "Flandern" in mail.body
    assert mail.link == f"/stellungnahmen/?round={round_in_preparation.slug}"


def test_opened_round_refuses_other_houses(
    round_in_preparation: CheckRound, coordinator: User, culture: Ministry
) -> None:
    open_round(check_round=round_in_preparation, by=coordinator, now=NOW)

    with pytest.raises(Refusal, match="schon eröffnet"):
        ask(round_in_preparation, coordinator)


def test_round_over_the_register_opens_with_sixty_statements(real_register: None) -> None:
    coordinator = make_user(role=Role.COORDINATOR, ministry=make_chancellery())
    check_round = prepare(
        coordinator,
        edition=Edition.objects.get(),
        partnerships=Partnership.objects.in_check(),
    )

    open_round(check_round=check_round, by=coordinator, now=NOW)

    assert GuidelineCheck.objects.count() == 12
    assert Statement.objects.count() == 60
    assert not Statement.objects.filter(review_notes__isnull=True).exists()


# A running round


def test_extend_deadline_leaves_the_version_alone(world: World) -> None:
    later = world.check_round.due_on + timedelta(days=7)

    extend_deadline(statements=[world.statement], due_on=later, by=world.coordinator, now=NOW)

    statement = fresh(world.statement)
    assert (statement.deadline, statement.version) == (later, world.statement.version)
    assert Notification.objects.get().to_address == world.house.ministry.mailbox


def test_extend_deadline_to_an_earlier_day_is_refused(world: World) -> None:
    for days, words in ((0, "ist schon der"), (-1, "Früher kann sie nicht enden")):
        due_on = world.check_round.due_on + timedelta(days=days)
        with pytest.raises(Refusal, match=words):
            extend_deadline(
                statements=[world.statement], due_on=due_on, by=world.coordinator, now=NOW
            )


def test_extension_by_mistake_comes_back(world: World) -> None:
    mistaken, right = (world.check_round.due_on + timedelta(days=days) for days in (90, 9))
    extend_deadline(statements=[world.statement], due_on=mistaken, by=world.coordinator, now=NOW)

    extend_deadline(
        statements=[fresh(world.statement)], due_on=right, by=world.coordinator, now=NOW
    )

    assert fresh(world.statement).deadline == right


def test_deadline_in_another_year_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="Prüfen Sie die Jahreszahl"):
        extend_deadline(
            statements=[world.statement], due_on=date(2062, 1, 15), by=world.coordinator, now=NOW
        )


def test_extend_deadline_of_a_released_statement_is_refused(world: World) -> None:
    statement = released(world.statement, house=world.house)

    with pytest.raises(Refusal, match="liegt schon vor"):
        extend_deadline(
            statements=[statement], due_on=date(2027, 1, 15), by=world.coordinator, now=NOW
        )


def test_letters_do_not_name_a_confidential_partnership(world: World) -> None:
    Partnership.objects.update(is_confidential=True)

    extend_deadline(
        statements=[world.statement], due_on=date(2027, 1, 15), by=world.coordinator, now=NOW
    )

    mail = Notification.objects.get()
    assert world.check.partnership.name not in f"{mail.subject} {mail.body}"
