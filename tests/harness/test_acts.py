"""What a form can be made to do: nothing but what it says, for nobody but who may.

Each act is done once as it should be. Then every id in its form is replaced by one the form does
not offer, every field of every model is sent along, and everybody else sends it too.
"""

from dataclasses import dataclass
from functools import cache

import pytest

from ministries.models import Notification
from tests import figures
from tests.harness import acts, mails, matrix, second_ids, smuggling, snapshot
from tests.harness.acts import Act, Effects, Filled
from tests.harness.crawl import Answer, Visitor
from tests.harness.sampling import sampled
from tests.harness.snapshot import Change

pytestmark = pytest.mark.long

ACTS = acts.acts()
EACH = pytest.mark.parametrize("act", sampled(ACTS), ids=str)
DONE = (200, 204, 302)
# Acts that leave the tables as they are, each with its reason.
WITHOUT_EFFECT = {
    "account_login": "signs in: a session, no record",
    "account_reauthenticate": "confirms who one is: a session, no record",
    "account_reset_password_from_key": "the key is used up",
    "guidelines:query-draft-discard": "the officer has typed nothing that could go",
    "guidelines:statement-draft-discard": "the officer has typed nothing that could go",
    "mfa_activate_totp": "the password is asked for first",
    "mfa_authenticate": "has signed in already",
    "mfa_deactivate_totp": "a code is asked for first",
    "mfa_generate_recovery_codes": "a code is asked for first",
    "mfa_reauthenticate": "the code is wrong",
    "partnerships:confirm-withdraw": "not confirmed in this world",
    "partnerships:house-facts-confirm": "nothing is ticked",
    "register": "the form is sent as it is shown",
    "technical": "the form is sent as it is shown",
}
SAMPLE = 2


@dataclass
class Done:
    filled: Filled
    answer: Answer
    changes: list[Change]


class Stage:
    """Each act is prepared and done once, for all tests of this module."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.effects = Effects(visitor)
        self.done = cache(self._done)
        self.accepted: list[str] = []
        self.smuggled: list[str] = []

    def _done(self, act: Act) -> Done:
        filled = acts.fill(self.visitor, act)
        return Done(filled, *self.effects.send(act.role, filled.url, filled.data))


@pytest.fixture(scope="module")
def stage(visitor: Visitor) -> Stage:
    return Stage(visitor)


@EACH
def test_the_act_is_done(act: Act, stage: Stage) -> None:
    """Otherwise the other tests of this module would prove nothing."""
    done = stage.done(act)
    assert done.answer.status in DONE, done.answer.body.decode()[:3000]
    known = {act.route, act.route.partition(":")[0]} & set(WITHOUT_EFFECT)
    assert bool(done.changes) or known


@EACH
def test_ids_the_form_does_not_offer_do_nothing(act: Act, stage: Stage) -> None:
    assert second_ids.accepted(stage.effects, stage.done(act).filled, sample=SAMPLE) == []


def test_an_id_that_is_accepted_would_be_found(stage: Stage) -> None:
    """The same search, with an id that the form does offer."""
    act = next(act for act in ACTS if act.route == "partnerships:lead-change")
    filled = stage.done(act).filled
    (name,) = second_ids.id_fields(filled.form)
    offered = next(value for value in filled.form.choices[name] if value.isdigit())
    effect = second_ids.effect(stage.effects, filled, name, offered)
    assert effect not in ([], second_ids.effect(stage.effects, filled, name, second_ids.ABSENT))


@pytest.mark.drill
@EACH
def test_no_id_at_all_does_anything(act: Act, stage: Stage) -> None:
    found = second_ids.accepted(stage.effects, stage.done(act).filled)
    stage.accepted += found
    assert found == []


@EACH
def test_fields_the_form_does_not_have_do_nothing(act: Act, stage: Stage) -> None:
    done = stage.done(act)
    for extra in smuggling.extras(done.filled):
        answer, found = stage.effects.send(act.role, done.filled.url, done.filled.data | extra)
        as_without = snapshot.told(done.changes) if answer.status in DONE else []
        if snapshot.told(found) != as_without:
            stage.smuggled.append(str(act))
        assert answer.status < 500
        assert snapshot.told(found) == as_without


@EACH
def test_others_change_nothing_with_it(act: Act, stage: Stage) -> None:
    """Who gets 403 or 404 leaves no trace, whatever is sent along; one role a form, in turn."""
    roles = refused(act)
    for role in roles[ACTS.index(act) % max(len(roles), 1) :][:1]:
        assert tries(act, role, stage) == []


@pytest.mark.drill
@EACH
def test_nobody_else_changes_anything_with_it(act: Act, stage: Stage) -> None:
    test_fields_the_form_does_not_have_do_nothing(act, stage)
    for role in refused(act):
        found = tries(act, role, stage)
        stage.smuggled += [f"{act}, {role}"] if found else []
        assert found == [], role


# The letters of the coordination about a partnership that few know of.
CONFIDENTIAL = [
    Act("guidelines:deadline-extend", "statement_confidential", "coordination", "due_on=01.12.2090")
]


def test_mails_say_nothing_their_readers_must_not_know(stage: Stage) -> None:
    """Of every kind that acts send, at least one is looked at."""
    visitor = stage.visitor
    letters = [
        (act, mail) for act in ACTS + CONFIDENTIAL for mail in mails.sent(stage.done(act).changes)
    ]
    too_much = [mails.told_too_much(visitor.world, visitor.legend, *letter) for letter in letters]
    assert [line for lines in too_much for line in lines] == []
    kinds = {mail["kind"] for _, mail in letters}
    assert set(Notification.Kind.values) == kinds


@pytest.mark.drill
def test_number_of_what_forms_let_through(stage: Stage) -> None:
    effects = stage.effects
    figures.note(
        "Sichtbarkeit",
        "angenommene fremde Kennungen in Formularen",
        asked=0,
        measured=len(stage.accepted),
        size=f"{len(ACTS)} Formulare, {effects.id_fields} Felder, {effects.ids} Kennungen",
    )
    figures.note(
        "Sichtbarkeit",
        "Änderungen durch Felder, die das Formular nicht hat",
        asked=0,
        measured=len(stage.smuggled),
        size=f"{len(ACTS)} Formulare × {len(smuggling.all_fields())} Feldnamen, "
        f"{effects.posts} Absendungen aller Rollen",
    )
    assert stage.accepted == []
    assert stage.smuggled == []


def refused(act: Act) -> list[str]:
    """The roles for which the matrix expects a refusal."""
    name = act.object.partition("?")[0]
    row = next(
        row
        for row in matrix.rows()
        if (row.route, row.object, row.method) == (act.route, name, "POST")
    )
    return [role for role, status in row.asked.items() if status in ("403", "404", "login")]


def tries(act: Act, role: str, stage: Stage) -> list[Change]:
    filled = stage.done(act).filled
    data = filled.data | next(smuggling.extras(filled))
    return stage.effects.send(role, filled.url, data)[1]
