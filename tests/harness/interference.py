"""Another world that differs only in what one role must not see.

Every text the role is no reader of says something else, and everything that can happen behind its
back has happened. Whatever it asks for is the same, byte for byte.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pghistory
import pgtrigger
from django.db import models

from guidelines.decisions import actions as decisions
from guidelines.delegations import actions as delegations
from guidelines.delegations.drafts import keep_drafts
from guidelines.models import Delegation, Evidence, GuidelineCheck, Query, Statement, StatementDraft
from guidelines.queries.actions import save_reply, take_reply_back
from guidelines.statements import draft_actions as drafts
from guidelines.statements.actions import return_for_revision, save_statement, submit, take_back
from guidelines.third_parties.actions import Told, add_view, remove_view
from ministries.clock import now
from ministries.models import Ministry, Notification, Role, User
from partnerships.models import CorrectionRequest
from tests import factories, record_factories
from tests.harness import canaries, states, walk
from tests.harness.canaries import Legend
from tests.harness.readers import readers_by_field
from tests.harness.records import add_hidden_records
from tests.harness.world import World
from ui.models import FormReceipt

HOUSE = frozenset({"officer", "head", "manager"})
ELSEWHERE = "Andere Welt"
SHORT = 24  # characters
# Codes told with a text, which change with it.
CODES = {
    "guidelines.Statement": {"vote": "end"},
    "guidelines.ReviewNote": {"answer": "no"},
    "partnerships.Activity": {"kind": "talk", "level": "minister_president"},
}


def change(world: World, legend: Legend, role: str) -> None:
    """Turns the world into the other one; the caller throws it away again."""
    _rewrite(world, role)
    for one in HAPPENINGS:
        if role not in one.known_to:
            one.act(world)


def _rewrite(world: World, role: str) -> None:
    rows = [row for model in walk.models() for row in model._base_manager.select_related()]
    unread = [(row, _unread(world, row, role)) for row in rows]
    with pgtrigger.ignore(*canaries.guards()), pghistory.context(reason=ELSEWHERE):
        for row, values in unread:
            if values:
                type(row)._base_manager.filter(pk=row.pk).update(**values)


def _unread(world: World, row: object, role: str) -> dict[str, object]:
    """New values for the texts of a record this role must not read."""
    fields = {field.name: field for field in canaries.texts_of(type(row))}
    readers = readers_by_field(world, row, fields)
    person = world.users.get(role)
    # That something about one's own account or function was changed is told to everybody.
    is_own = person is not None and person in (row, getattr(row, "user", None))
    values = {
        name: _said_elsewhere(field, getattr(row, name))
        for name, field in fields.items()
        if not is_own and role not in readers.get(name, readers["*"])
    }
    if role not in readers["*"] and getattr(row, "state", "") != "released":
        values |= CODES.get(row._meta.label, {})
    return values


def _said_elsewhere(field: models.Field, old: Any) -> object:
    """Short ones stay different from each other: they may be keys."""
    if isinstance(old, str) and field.max_length and field.max_length < SHORT:
        return "w" + old[1:]
    return canaries.with_token(field, old, ELSEWHERE.replace(" ", "-").lower())


# What happens behind somebody's back


def a_confidential_partnership(world: World) -> None:
    partnership = factories.make_partnership(
        name="AAA im Geheimen",
        lead=world.own,
        areas=[world.area],
        in_check=True,
        is_confidential=True,
        scrutiny_since=date(2026, 1, 1),
        scrutiny_reason="Anlass",
    )
    factories.make_authority(region=partnership.regions.get())
    kept_by_the_house = {"ministry": world.own, "partnership": partnership}
    group = record_factories.make_working_group(**kept_by_the_house)
    record_factories.make_meeting(working_group=group)
    record_factories.make_gift(**kept_by_the_house)
    factories.make_agreement(
        partnership=partnership, term="fixed_term", valid_until=world.day - timedelta(days=1)
    )
    for name in ("round_open", "round_overdue"):
        check = factories.make_check(check_round=world.records[name], partnership=partnership)
        for house in (world.own, world.elsewhere):
            asked = factories.make_statement(ministry=house, check=check, criteria=world.criteria)
            states.letter(world, [asked])
        states.release(world, asked, text="Im Geheimen")
        states.ask(world, asked, f"query_in_secret_{name}")
        waiting = check.statements.get(ministry=world.own)
        states.ask_for_time(world, waiting, f"extension_in_secret_{name}")
        states.reopen(world, check)


def a_wider_circle(world: World) -> None:
    for name in ("partnership_confidential", "partnership_circle"):
        world.records[name].circle.add(world.users["author"])


def a_round_in_preparation(world: World) -> None:
    check_round = factories.make_round(year=2089, edition=world.edition, state="preparing")
    check = factories.make_check(
        check_round=check_round, partnership=world.records["partnership_open"]
    )
    for house in (world.own, world.elsewhere, world.unasked):
        factories.make_statement(ministry=house, check=check, criteria=[])


def an_edition_being_written(world: World) -> None:
    edition = factories.make_edition(adopted_on=world.day)
    factories.make_criterion(guideline=factories.make_guideline(edition=edition))


def a_decision_not_visible(world: World) -> None:
    """Every check of a round, which closes: an active partnership ends, another rests, and nobody
    may know of it yet."""
    by, moment = world.users["coordination"], now()
    for name, outcome in (
        ("check_collected", "end"),
        ("check_collected_submitted", "continue"),
        ("check_collected_released", "suspend"),
    ):
        check = GuidelineCheck.objects.get(pk=world.records[name].pk)
        decisions.begin_evaluation(check=check, by=by, now=moment)
        reasons = {"until_on": None, "reasons": "Im Geheimen"}
        decisions.propose(check=check, outcome=outcome, **reasons, by=by, now=moment)
        chosen = decisions.CheckOutcome(check, outcome, None, "Bedingung", date(2031, 1, 1))
        decisions.record_decisions(
            check_round=check.round,
            facts=decisions.DecisionFacts(
                body="cabinet",
                decided_on=world.day,
                number="1",
                wording="Im Geheimen",
                effective_from=world.day,
                visible_from=world.day + timedelta(days=9),
            ),
            outcomes=[chosen],
            by=by,
            now=moment,
        )


def work_in_the_own_house(world: World) -> None:
    """The SMWK types, keeps what a third party said, saves, submits, takes back, returns."""
    statement = Statement.objects.get(pk=world.records["statement_open"].pk)
    author, head = world.users["author"], world.users["head"]
    typed = {"key_message": "neu"}
    drafts.keep_draft(
        statement=statement, data=typed, based_on_version=1, by=world.users["officer"], now=now()
    )
    told = Told(sender="IHK", given_on=world.day, text="Im Geheimen", document=None)
    add_view(statement=statement, told=told, by=author, now=now())
    notes = list(statement.review_notes.select_related("criterion"))
    save_statement(
        statement=statement,
        answers={note.criterion_id: note.criterion.answers[0][0] for note in notes},
        reasons={note.criterion_id: "Neue Begründung" for note in notes},
        vote="continue",
        key_message="Neue Kernaussage",
        expected_version=statement.version,
        by=author,
        now=now(),
    )
    submit(statement=statement, by=author, now=now())
    take_back(statement=statement, by=author, now=now())
    submitted = Statement.objects.get(pk=world.records["statement_submitted"].pk)
    return_for_revision(statement=submitted, note="Bitte kürzer", by=head, now=now())
    ask_inside(world, author)
    query = Query.objects.get(pk=world.records["query_submitted"].pk)
    take_reply_back(query=query, by=author, now=now())
    save_reply(
        query=query, values={}, reply="Neu", expected_version=query.version, by=author, now=now()
    )
    remove_view(
        view=query.statement.third_party_views.get(), expected_version=1, by=author, now=now()
    )
    add_view(statement=query.statement, told=told, by=author, now=now())


def ask_inside(world: World, author: User) -> None:
    """The SMWK asks a Fachreferat, hears from one, takes a question back."""
    given, moment = world.records, now()
    delegations.give(
        statements=[given["statement_open"]],
        criterion=world.criteria[1],
        to=delegations.Addressee(person=world.users["head"]),
        due_on=world.day + timedelta(days=2),
        by=author,
        now=moment,
    )
    question = Delegation.objects.latest("pk")
    typed = {question.pk: ("yes", "Im Geheimen getippt")}
    keep_drafts(delegations=[question], typed=typed, now=moment)
    said = delegations.Answered(given["delegation_mailbox"], "yes", "Vom Referat")
    delegations.record_answers(answers=[said], by=author, now=moment)
    delegations.take_back(delegations=[given["delegation_open"]], by=author, now=moment)


def work_in_another_house(world: World) -> None:
    statement = world.records["statement_open_elsewhere"]
    states.write(world, statement, text="Im Geheimen")
    states.submit(world, statement)


def more_time_for(name: str) -> Callable[[World], None]:
    def act(world: World) -> None:
        statement = world.records[f"statement_{name}"]
        states.ask_for_time(world, statement, f"extension_in_secret_{name}")

    return act


def what_a_colleague_types(world: World) -> None:
    StatementDraft.objects.create(
        statement=world.records["statement_submitted"],
        user=world.users["author"],
        data={"key_message": "nur getippt"},
        based_on_version=1,
        saved_at=now(),
    )


def accounts_of(name: str) -> Callable[[World], None]:
    def act(world: World) -> None:
        house: Ministry = getattr(world, name)
        person = factories.make_user(role=Role.OFFICER, ministry=house, name="AAA Neue Person")
        Notification.objects.create(
            kind="request",
            recipient=person,
            to_address=person.email,
            subject="Im Geheimen",
            body="Im Geheimen",
            message_id=f"{person.pk}-neu@demo.example",
        )

    return act


def a_receipt(world: World) -> None:
    author = world.users["author"]
    FormReceipt.objects.create(
        token=now().strftime("%Y%m%d-0000-4000-8000-%f000000"), user_id=author.pk, path="/neu/"
    )


def a_record_cited_inside(world: World) -> None:
    """By the SMWK, though others may not see it."""
    for name in ("open", "released", "visible"):
        statement = world.records[f"statement_{name}"]
        note = statement.review_notes.order_by("-pk").first()
        inside = record_factories.make_activity(ministry=world.own, visibility="house")
        about = {"review_note": note, "activity": inside, "wording": "Im Geheimen"}
        with pgtrigger.ignore("guidelines.Evidence:closed_round"):
            Evidence.objects.create(**about, added_at=now(), added_by=world.users["author"])


def a_request_for_correction(world: World) -> None:
    CorrectionRequest.objects.create(
        ministry=world.own,
        kind="federfuehrung",
        fact_id=world.records["lead_open"].pk,
        about="Federführung",
        partnership=world.records["partnership_open"],
        act="correct",
        proposal="Im Geheimen",
        asked_at=now(),
        asked_by=world.users["author"],
    )


def records_of(name: str) -> Callable[[World], None]:
    """What a house keeps for itself: one of each kind, of which nobody else may know."""

    def act(world: World) -> None:
        house: Ministry = getattr(world, name)
        add_hidden_records(world, house)

    return act


@dataclass(frozen=True)
class Happening:
    act: Callable[[World], None]
    # Roles that may notice.
    known_to: frozenset[str]


CIRCLE = frozenset({"coordination", "chief"})
COORDINATION = frozenset({"coordination"})
KEEPERS = frozenset({"coordination", "administrator", "auditor"})
HAPPENINGS = [
    Happening(a_confidential_partnership, COORDINATION),
    Happening(a_wider_circle, COORDINATION | {"officer"}),
    Happening(a_round_in_preparation, COORDINATION),
    Happening(an_edition_being_written, COORDINATION),
    Happening(work_in_the_own_house, HOUSE | {"administrator"}),
    Happening(work_in_another_house, frozenset({"officer_elsewhere", "administrator"})),
    Happening(more_time_for("open"), HOUSE | COORDINATION),
    Happening(more_time_for("open_elsewhere"), COORDINATION | {"officer_elsewhere"}),
    Happening(what_a_colleague_types, frozenset()),
    Happening(accounts_of("own"), HOUSE | KEEPERS),
    Happening(accounts_of("unasked"), frozenset({"officer_unasked"}) | KEEPERS),
    Happening(a_receipt, frozenset()),
    Happening(records_of("own"), HOUSE),
    Happening(records_of("elsewhere"), frozenset({"officer_elsewhere"})),
    Happening(a_record_cited_inside, HOUSE),
    Happening(a_request_for_correction, HOUSE | COORDINATION),
    Happening(a_decision_not_visible, CIRCLE),
]
# Models that nothing secret is ever added to, each with its reason.
NEVER_ADDED_IN_SECRET = {
    "ministries.Ministry": "houses are public",
    "ministries.SubjectArea": "public",
    "ministries.Responsibility": "public",
    "ministries.QuietTime": "public",
    "partnerships.Organisation": "public",
}
