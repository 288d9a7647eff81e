"""Rights end with the next request of the same session, whichever way they were taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction

from ministries.models import Appointment, Role, User
from tests import figures
from tests.harness import acts, matrix, snapshot
from tests.harness.answers import meaning
from tests.harness.crawl import Answer, Visitor
from tests.harness.matrix import Row
from tests.harness.world import World

pytestmark = pytest.mark.long

ROLES = [role for role in matrix.ROLES if role != "anonymous"]
REFUSED = ("login", "403", "404")
# The officer of the world has a second factor; it stays whatever the function.
OF_THE_PERSON = ("mfa_deactivate_totp",)
# The officer's as a person: a follow-up is done in whatever house, as long as what it is about is seen;
# what a purpose was given for holds what the officer may read at the moment it is fetched.
ASSIGNED = ("follow_up_mine", "disclosure", "house_disclosure")
# What a head finds in whatever house: the functions that wait there.
OF_THE_ROLE = ("accounts:confirmations",)
SAMPLE = 3


@dataclass(frozen=True)
class Revocation:
    name: str
    act: Callable[[World, User], None]
    # Role → the column of the matrix that holds afterwards, as far as it refuses.
    becomes: dict[str, str]

    def __str__(self) -> str:
        return self.name


def disable(world: World, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def end_appointments(world: World, user: User) -> None:
    user.appointments.update(valid_until=world.day - timedelta(days=1))


def wait_for_a_head(world: World, user: User) -> None:
    user.appointments.update(state=Appointment.State.PENDING, requested_on=world.day)


def move_to_the_smi(world: World, user: User) -> None:
    user.appointments.update(ministry=world.elsewhere)


def move_to_the_smk(world: World, user: User) -> None:
    user.appointments.update(ministry=world.unasked)


def make_a_plain_manager(world: World, user: User) -> None:
    user.appointments.update(role=Role.MANAGER, is_chief=False)


# Records whose circle names the officer as a person, whatever house it is; their parts follow.
NAMED = ("activity", "contact", "note", "document")
PARTS = ("kosten", "personen", "programm", "organisationen")


def is_for_a_circle(name: str) -> bool:
    kind, _, record_class = name.rpartition("_")
    return record_class == "circle" or (record_class == "confidential" and kind in NAMED + PARTS)


def take_out_of_the_circle(world: World, user: User) -> None:
    for name in ("partnership_circle", *(f"{kind}_confidential" for kind in NAMED)):
        world.records[name].circle.remove(user)


KINDS = [
    Revocation("account disabled", disable, dict.fromkeys(ROLES, "anonymous")),
    Revocation("appointment ended", end_appointments, dict.fromkeys(ROLES, "nobody")),
    Revocation("function not confirmed", wait_for_a_head, dict.fromkeys(ROLES, "nobody")),
    Revocation(
        "moved to the SMI",
        move_to_the_smi,
        dict.fromkeys(("officer", "head", "manager"), "officer_elsewhere"),
    ),
    Revocation(
        "moved to the SMK",
        move_to_the_smk,
        dict.fromkeys(("officer", "head", "manager", "officer_elsewhere"), "officer_unasked"),
    ),
    Revocation(
        "plain manager of the Staatskanzlei",
        make_a_plain_manager,
        dict.fromkeys(("coordination", "chief"), "officer_unasked"),
    ),
    Revocation("out of the circle", take_out_of_the_circle, {"officer": "officer_unasked"}),
]
CASES = [pytest.param(role, kind, id=f"{role}, {kind}") for kind in KINDS for role in kind.becomes]


def lost(role: str, kind: Revocation) -> list[Row]:
    """What the role gets from the matrix and, without its right, no longer would."""
    column = kind.becomes[role]
    return [
        row
        for row in matrix.rows()
        if row.expected[role] in ("200", "acts")
        and row.expected[column] in REFUSED
        and is_for_a_circle(row.object) is (kind.name == "out of the circle")
        and (column == "anonymous" or row.route not in OF_THE_PERSON)
        and (column in ("anonymous", "nobody") or row.object not in ASSIGNED)
        and (column in ("anonymous", "nobody") or row.route not in OF_THE_ROLE)
    ]


def refusals(visitor: Visitor, role: str, kind: Revocation, rows: list[Row]) -> list[str]:
    """Asks, takes the right, asks again in the same session; tells what was not refused."""
    wrong = []
    for row in rows:
        assert meaning(visitor.ask(row, role)) == row.expected[role], row
        with transaction.atomic():
            kind.act(visitor.world, visitor.world.users[role])
            answer = visitor.ask(row, role)
            if meaning(answer) != row.expected[kind.becomes[role]] or written(answer):
                wrong.append(f"{row}: {meaning(answer)} {written(answer)}")
            transaction.set_rollback(True)
    return wrong


def written(answer: Answer) -> list[str]:
    """The receipt of a form that is refused goes the way it came."""
    return [sql for sql in answer.writes if "ui_formreceipt" not in sql]


def spread(rows: list[Row], number: int) -> list[Row]:
    return rows[:: max(1, len(rows) // number)][:number]


@pytest.mark.parametrize(("role", "kind"), CASES)
def test_the_next_request_is_refused(visitor: Visitor, role: str, kind: Revocation) -> None:
    rows = lost(role, kind)
    assert rows or role == "nobody"
    assert refusals(visitor, role, kind, spread(rows, SAMPLE)) == []


@pytest.fixture(scope="module")
def asked() -> dict[str, int]:
    return {"refused": 0, "granted": 0}


@pytest.mark.drill
@pytest.mark.parametrize(("role", "kind"), CASES)
def test_every_next_request_is_refused(
    visitor: Visitor, asked: dict[str, int], role: str, kind: Revocation
) -> None:
    rows = lost(role, kind)
    wrong = refusals(visitor, role, kind, rows)
    asked["refused"] += len(rows) - len(wrong)
    asked["granted"] += len(wrong)
    assert wrong == []


ALL_ACTS = [act for act in acts.acts() if act.role in ROLES]
# One form of every role; the drill sends all of them.
ONE_EACH = list({act.role: act for act in ALL_ACTS}.values())


def effect_of_a_form_already_open(
    visitor: Visitor, act: acts.Act, kind: Revocation
) -> list[snapshot.Change]:
    filled = acts.fill(visitor, act)
    with transaction.atomic():
        kind.act(visitor.world, visitor.world.users[act.role])
        changes = acts.Effects(visitor).send(act.role, filled.url, filled.data)[1]
        transaction.set_rollback(True)
    return changes


@pytest.mark.parametrize("kind", KINDS[:2], ids=str)
@pytest.mark.parametrize("act", ONE_EACH, ids=str)
def test_a_form_already_open_does_nothing(
    visitor: Visitor, act: acts.Act, kind: Revocation
) -> None:
    if act.route not in FOR_EVERYBODY:
        assert effect_of_a_form_already_open(visitor, act, kind) == []


@pytest.mark.drill
@pytest.mark.parametrize("kind", KINDS[:2], ids=str)
@pytest.mark.parametrize("act", ALL_ACTS, ids=str)
def test_no_form_already_open_does_anything(
    visitor: Visitor, asked: dict[str, int], act: acts.Act, kind: Revocation
) -> None:
    if act.route not in FOR_EVERYBODY:
        effect = effect_of_a_form_already_open(visitor, act, kind)
        asked["granted" if effect else "refused"] += 1
        assert effect == []


@pytest.mark.drill
def test_number_of_requests_after_the_end(asked: dict[str, int]) -> None:
    figures.note(
        "Sichtbarkeit",
        "Anfragen, die nach dem Ende des Rechts noch gelangen",
        asked=0,
        measured=asked["granted"],
        size=f"{len(CASES)} Fälle (Rolle × Art), {sum(asked.values())} Anfragen",
    )
    assert asked["granted"] == 0


# Open to whoever is signed in, or to anybody at all.
FOR_EVERYBODY = ("pages:feedback", "account_change_password")
