"""What a house does with its statement, and in which situations it may."""

from collections.abc import Callable
from typing import Any

from guidelines.extensions.actions import ask_for_time
from guidelines.models import ReviewNote
from guidelines.releasing.actions import release_all
from guidelines.statements.actions import (
    cite,
    file_nil_return,
    record_release,
    release,
    release_corrected,
    return_for_revision,
    save_statement,
    submit,
    take_back,
    withdraw,
)
from ministries.clock import today
from ministries.working_days import add_working_days
from tests.factories import NOW, make_agreement
from tests.guidelines.acts.situations import (
    Situation,
    current_statement,
)
from tests.guidelines.conftest import World
from ui.errors import Refusal

SAVED: dict[str, Any] = {"answers": {}, "reasons": {}, "vote": "end", "key_message": "Neu"}
PAPER = {"function": "Abteilungsleitung 4", "released_on": NOW.date(), "reference": "4-0123/7"}


def of_house(act: Callable[..., Any], who: str, **fields: Any) -> Callable[[World], Any]:
    return lambda world: act(
        statement=current_statement(world), by=getattr(world.house, who), now=NOW, **fields
    )


def save(world: World) -> None:
    statement = current_statement(world)
    of_house(save_statement, "officer", expected_version=statement.version, **SAVED)(world)


def cite_one(world: World) -> None:
    statement = current_statement(world)
    agreement = make_agreement(partnership=statement.guideline_check.partnership)
    notes = statement.review_notes.select_related("statement", "criterion")
    # Before the round is opened nothing is asked yet.
    note = notes.first() or ReviewNote(statement=statement, criterion=world.criteria[0])
    cite(note=note, key=f"agreement-{agreement.pk}", by=world.house.officer, now=NOW)


def file_nothing(world: World) -> None:
    file_nil_return(statements=[current_statement(world)], by=world.house.officer, now=NOW)


def ask_time(world: World) -> None:
    ask_for_time(
        statements=[current_statement(world)],
        wished_on=add_working_days(today(), 150),
        reason="Haushalt",
        by=world.house.officer,
        now=NOW,
    )


def correct(world: World) -> None:
    statement = current_statement(world)
    values = {"key_message": "Neu", "vote": "end", "vote_until_on": None}
    version = {"expected_version": statement.version}
    of_house(release_corrected, "head", values=values, **version)(world)


def release_from_the_list(world: World) -> None:
    statement = current_statement(world)
    chosen = [(statement, statement.version)]
    done = release_all(chosen=chosen, by=world.house.head, now=NOW)
    if done.refused:
        raise Refusal(done.refused[0][1])


# act → what does it, and where it is allowed
HOUSES: dict[str, tuple[Callable[[World], Any], Callable[[Situation], bool]]] = {
    "save": (save, lambda s: s.takes_answers and s.statement == "open"),
    "cite": (cite_one, lambda s: s.takes_answers and s.statement == "open"),
    "submit": (of_house(submit, "officer"), lambda s: s.takes_answers and s.statement == "open"),
    "nil return": (file_nothing, lambda s: s.takes_answers and s.statement == "open"),
    "ask for time": (ask_time, lambda s: s.takes_answers and s.statement != "released"),
    "take back": (
        of_house(take_back, "officer"),
        lambda s: s.takes_answers and s.statement == "submitted",
    ),
    "return": (
        of_house(return_for_revision, "head", note="Bitte kürzen."),
        lambda s: s.takes_answers and s.statement == "submitted",
    ),
    "release": (
        of_house(release, "head"),
        lambda s: s.takes_answers and s.statement == "submitted",
    ),
    "correct and release": (
        correct,
        lambda s: s.takes_answers and s.statement == "submitted",
    ),
    "release several": (
        release_from_the_list,
        lambda s: s.takes_answers and s.statement == "submitted",
    ),
    "record release": (
        of_house(record_release, "colleague", **PAPER),
        lambda s: s.takes_answers and s.statement == "submitted",
    ),
    "withdraw": (
        of_house(withdraw, "head"),
        lambda s: s.takes_answers and s.statement == "released" and s.cell != "over",
    ),
}
