"""Races over statement, decision and register row: one succeeds, the other is told and keeps the text typed."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from guidelines.models import (
    CheckRound,
    Decision,
    GuidelineCheck,
    Proposal,
    Statement,
)
from ministries.clock import now, today
from ministries.models import Ministry, Role, User
from partnerships.models import Partnership, StatusPeriod
from tests import factories, figures
from tests.drills.races import Writer, at_once, statuses
from tests.ministries.admin_forms import filled
from ui.models import FormReceipt
from ui.receipts import new_token

pytestmark = pytest.mark.django_db(transaction=True)
SECTION = "Wettläufe"
SAMPLE, ALL = 15, {"Stellungnahme": 400, "Beschluss": 300, "Registerzeile": 300}
CLICKS = 300
DAY = f"{today() - timedelta(days=1):%d.%m.%Y}"


@dataclass
class Tally:
    """What must not happen, one line each."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)  # the other one's text is gone

    def note(self, kind: str, size: int) -> None:
        for name, found in (
            ("verloren", self.lost),
            ("beide oder keiner erfolgreich", self.doubled),
            ("Text des anderen verloren", self.untold),
        ):
            figures.note(
                SECTION, f"{kind}: {name}", asked=0, measured=len(found), size=f"{size} Wettläufe"
            )

    @property
    def problems(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.untold]


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="config.authentication.LoginBackend")
    return client


def judge(tally: Tally, answers: tuple[Any, Any], texts: tuple[str, str]) -> str:
    """The text that won; the other must stand on the page with both texts its writer got."""
    won = [text for answer, text in zip(answers, texts, strict=True) if answer.status_code == 302]
    if len(won) != 1:
        tally.doubled.append(f"{texts}: {statuses(answers)}")
        return ""
    for answer, text in zip(answers, texts, strict=True):
        if text != won[0] and text not in shown(answer):
            tally.untold.append(f"{text}: {answer.status_code}")
    return won[0]


def shown(answer: Any) -> str:
    """The page without the marks at what differs."""
    return unescape(re.sub("</?mark>", "", answer.content.decode()))


# The same record, two people


def race_for_a_statement(count: int) -> Tally:
    tally, chance = Tally(), random.Random(1)
    house = factories.make_ministry()
    check = factories.make_check(check_round=running_round())
    statement = factories.make_statement(ministry=house, check=check)
    people = [enter(factories.make_user(role=Role.OFFICER, ministry=house)) for _ in range(2)]
    for number in range(count):
        texts = f"Erster Text {number}.", f"Zweiter Text {number}."
        writers = [
            Writer(person, f"/stellungnahmen/{statement.pk}/", statement_fields(statement, text))
            for person, text in zip(people, texts, strict=True)
        ]
        won = judge(tally, at_once(*writers, chance=chance), texts)
        statement.refresh_from_db()
        if statement.key_message != won or statement.version != number + 2:
            tally.lost.append(f"{won}: {statement.key_message}, {statement.version}")
    return tally


def statement_fields(statement: Statement, text: str) -> dict[str, Any]:
    notes = statement.review_notes.values_list("criterion_id", flat=True)
    answers = {f"answer_{pk}": "2" for pk in notes} | {f"reason_{pk}": "" for pk in notes}
    fields = {"_token": new_token(), "_version": str(statement.version), "key_message": text}
    return {**answers, **fields, "vote": "continue"}


def running_round() -> CheckRound:
    return factories.make_round(year=2199, due_on=today() + timedelta(days=60))


def race_for_a_decision(count: int) -> Tally:
    """Every second time it is the last check of its round, which the winner closes."""
    tally, chance = Tally(), random.Random(2)
    coordinators = [factories.make_user(role=Role.COORDINATOR) for _ in range(2)]
    people = [enter(user) for user in coordinators]
    for number in range(count):
        check_round = factories.make_round(by=coordinators[0], year=2200 + number)
        check = proposed_check(check_round, coordinators[0])
        if number % 2:
            factories.make_check(check_round=check_round)
        texts = f"E {number}", f"Z {number}"
        path = f"/leitlinien-checks/{check_round.slug}/beschluss/"
        writers = [
            Writer(person, path, decision_fields(check, text))
            for person, text in zip(people, texts, strict=True)
        ]
        won = judge(tally, at_once(*writers, chance=chance), texts)
        if problem := half_decided(check, won, closes=not number % 2):
            tally.lost.append(problem)
    return tally


def proposed_check(check_round: CheckRound, coordinator: User) -> GuidelineCheck:
    check = factories.make_check(check_round=check_round)
    row = GuidelineCheck.objects.filter(pk=check.pk)
    row.update(state="evaluating")
    Proposal.objects.create(
        guideline_check=check,
        number=1,
        outcome="end",
        reasons="Gründe.",
        written_at=now(),
        written_by=coordinator,
    )
    row.update(state="proposed")
    return check


def decision_fields(check: GuidelineCheck, number: str) -> dict[str, Any]:
    return {
        "body": "cabinet",
        "decided_on": DAY,
        "number": number,
        "wording": "Das Kabinett beschließt.",
        "effective_from": DAY,
        "visible_from": DAY,
        f"c{check.pk}-is_included": "on",
        f"c{check.pk}-outcome": "end",
        "confirmed": "1",
        "_token": new_token(),
    }


def half_decided(check: GuidelineCheck, number: str, *, closes: bool) -> str:
    """ "" when the winner's decision stands with all that follows, and nothing of the other one."""
    decisions = list(
        Decision.objects.filter(guideline_check=check).values_list("number", flat=True)
    )
    periods = StatusPeriod.objects.filter(partnership=check.partnership_id)
    statuses_now = list(periods.order_by("valid_from").values_list("status", "reference"))
    state = CheckRound.objects.values_list("state", flat=True).get(pk=check.round_id)
    is_right = (
        decisions == [number]
        and statuses_now == [("active", ""), ("ended", number)]
        and state == ("closed" if closes else "open")
    )
    return "" if is_right else f"{number}: {decisions}, {statuses_now}, {state}"


def race_for_a_register_row(count: int) -> Tally:
    """In the admin, where the coordination keeps the register."""
    tally, chance = Tally(), random.Random(3)
    partnership = factories.make_partnership()
    people = [enter(factories.make_user(role=Role.COORDINATOR)) for _ in range(2)]
    path = f"/verwaltung/partnerships/partnership/{partnership.pk}/change/"
    page = people[0].get(path)
    for number in range(count):
        texts = f"Az. 1/{number}", f"Az. 2/{number}"
        version = str(number + 1)
        writers = [
            Writer(person, path, filled(page, file_reference=text, _version=version))
            for person, text in zip(people, texts, strict=True)
        ]
        won = judge(tally, at_once(*writers, chance=chance), texts)
        partnership.refresh_from_db()
        if (partnership.file_reference, partnership.version) != (won, number + 2):
            tally.lost.append(f"{won}: {partnership.file_reference}, {partnership.version}")
    return tally


RACES: dict[str, Callable[[int], Tally]] = {
    "Stellungnahme": race_for_a_statement,
    "Beschluss": race_for_a_decision,
    "Registerzeile": race_for_a_register_row,
}


@pytest.mark.long
@pytest.mark.parametrize("kind", RACES)
def test_one_of_two_succeeds(kind: str) -> None:
    assert RACES[kind](SAMPLE).problems == []


@pytest.mark.drill
@pytest.mark.parametrize("kind", RACES)
def test_one_of_two_succeeds_in_a_thousand_races(kind: str) -> None:
    tally = RACES[kind](ALL[kind])

    tally.note(kind, ALL[kind])
    assert tally.problems == []


# The same form, twice


@dataclass(frozen=True)
class DoubleClick:
    post: Writer
    acted_once: Callable[[], bool]


@dataclass
class Clicker:
    """An officer and a coordinator who press every button twice."""

    house: Ministry = field(default_factory=factories.make_ministry)
    check_round: CheckRound = field(default_factory=lambda: running_round())
    keeper: User = field(default_factory=lambda: factories.make_user(role=Role.COORDINATOR))

    def __post_init__(self) -> None:
        self.officer = enter(factories.make_user(role=Role.OFFICER, ministry=self.house))
        self.coordinator = enter(self.keeper)

    def save(self, number: int) -> DoubleClick:
        check = factories.make_check(check_round=self.check_round)
        statement = factories.make_statement(ministry=self.house, check=check)
        path = f"/stellungnahmen/{statement.pk}/"
        post = Writer(self.officer, path, statement_fields(statement, f"Text {number}."))
        return DoubleClick(post, lambda: Statement.objects.get(pk=statement.pk).version == 2)

    def change_status(self, number: int) -> DoubleClick:
        partnership = factories.make_partnership()
        path = f"/partnerschaften/{partnership.slug}/status/"
        post = Writer(self.coordinator, path, status_fields(number))
        return DoubleClick(post, lambda: standing_of(partnership) == (2, 2))

    def decide(self, number: int) -> DoubleClick:
        check_round = factories.make_round(by=self.keeper, year=2200 + number)
        check = proposed_check(check_round, self.keeper)
        path = f"/leitlinien-checks/{check_round.slug}/beschluss/"
        post = Writer(self.coordinator, path, decision_fields(check, f"D {number}"))
        return DoubleClick(post, lambda: not half_decided(check, f"D {number}", closes=True))


def double(count: int) -> list[str]:
    """Each form sent twice at once, token and all."""
    chance, clicker, found = random.Random(4), Clicker(), []
    kinds = (clicker.save, clicker.change_status, clicker.decide)
    for number in range(count):
        click = kinds[number % 3](number)
        answers = at_once(click.post, click.post, chance=chance)
        places = {answer.headers.get("Location") for answer in answers}
        receipts = FormReceipt.objects.filter(token=click.post.fields["_token"]).count()
        is_right = statuses(answers) == [302, 302] and len(places) == 1 and receipts == 1
        if not is_right or not click.acted_once():
            found.append(f"{click.post.path}: {statuses(answers)} {places} {click.acted_once()}")
    return found


def status_fields(number: int) -> dict[str, Any]:
    return {
        "status": "ended",
        "valid_from": f"{today():%d.%m.%Y}",
        "reason": "Ziel erreicht",
        "deciding_body": "Kabinett",
        "reference": f"Nr. {number}",
        "_version": "1",
        "_token": new_token(),
    }


def standing_of(partnership: Partnership) -> tuple[int, int]:
    """How many statuses it has had, and its version."""
    row = Partnership.objects.get(pk=partnership.pk)
    return row.status_periods.count(), row.version


@pytest.mark.long
def test_form_sent_twice_acts_once() -> None:
    assert double(SAMPLE) == []


@pytest.mark.drill
def test_form_sent_twice_acts_once_every_time() -> None:
    found = double(CLICKS)

    figures.note(
        SECTION,
        "Formular doppelt gesandt: nicht genau eine Wirkung und dieselbe Antwort",
        asked=0,
        measured=len(found),
        size=f"{CLICKS} Doppelklicks (Stellungnahme, Status, Beschluss)",
    )
    assert found == []
