"""A round to try Brücke with: part answered, in neutral words, by nobody who exists.

The texts report no events, and judge nobody who exists. Everything is written through the real
actions, so the demonstration can hold nothing that the application would refuse.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pghistory
from django.db import transaction
from django.utils import timezone

from guidelines.catalogue.models import Edition
from guidelines.collection.actions import close_collections
from guidelines.decisions.actions import begin_evaluation, propose, write_evaluation
from guidelines.delegations.actions import Addressee, give
from guidelines.demo.texts import (
    PROPOSALS,
    QUERIES,
    REPLY,
    RETURN_NOTE,
    THIRD_PARTIES,
    key_message,
    plain_answer,
    reason_for,
    vote_of,
)
from guidelines.evidence.targets import citable
from guidelines.extensions.actions import ask_for_time
from guidelines.queries.actions import ask, save_reply, submit_reply
from guidelines.rounds.actions import extend_deadline, open_round, prepare_round
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.statements.actions import (
    file_nil_return,
    release,
    return_for_revision,
    save_statement,
    submit,
)
from guidelines.statements.models import Statement
from guidelines.statements.pages import notes_of
from guidelines.third_parties.actions import Told, add_view
from ministries.clock import in_a_year
from ministries.models import Appointment, Ministry, Role, User
from ministries.working_days import add_working_days
from partnerships.demo.invented import MUSTERLAND
from partnerships.models import Partnership

DUE_IN = 12
EXTENDED_BY = 5
OPENED_BEFORE = timedelta(days=9)
WRITTEN_BEFORE = timedelta(days=2)
ASKED_BACK = "SMWK"
DELEGATED = ("latium", "SMWK")
REFERAT = "referat34@demo.example"
ANSWER_IN = 4
WANTS_TIME, TIME_REASON = "SMIL", "Die Abstimmung im Haus braucht eine Woche mehr (Beispiel)."

# What has become of the statements so far; houses that are not named have not begun.
FATES = {
    "niederschlesien": {
        "released": "SK SMI SMK SMWK SMIL",
        "submitted": "SMWA",
        "draft": "SMS",
    },
    "oberoesterreich": {"released": "SK SMK SMWK SMWA"},
    "latium": {"released": "SK SMK", "submitted": "SMWA", "draft": "SMWK", "returned": "SMS"},
    "charkiw": {"released": "SK SMI SMS", "draft": "SMWK"},
    "abu-dhabi": {"released": "SMWA", "submitted": "SMWK"},
    "hubei": {"released": "SK SMWA SMUL", "draft": "SMWK"},
    "quebec": {"released": "SK SMK SMWK", "draft": "SMIL"},
    "okzitanien": {"released": "SK SMJ SMWK SMS"},
    "flandern": {"released": "SK SMK SMWK SMWA SMS"},
    "greater-manchester": {"released": "SMWA", "draft": "SK"},
    "andalusien": {"released": "SK SMJ", "extended": "SMWK"},
    "tamil-nadu": {"released": "SK SMWA", "submitted": "SMS"},
    MUSTERLAND: {"released": "SK SMK SMWK SMWA SMS", "nil_return": "SMI"},
}

# Where the collection is closed; houses are missing.
CLOSED = "greater-manchester"


@dataclass(frozen=True)
class Writer:
    officer: User
    head: User


@transaction.atomic
def build_demo_round(coordinator: User, now: datetime) -> CheckRound:
    """A second call finds the round and leaves it as it is."""
    year = timezone.localdate(now).year
    existing = CheckRound.objects.filter(year=year).first()
    if existing:
        return existing
    with pghistory.context(area="Demonstration"):
        _give_mailboxes(now)
        check_round = _open(coordinator, year, now)
        writers = writers_of_houses(timezone.localdate(now))
        for statement in _statements(check_round):
            _answer(statement, writers.get(statement.ministry_id), coordinator, now)
        for statement in _statements(check_round):
            _ask(statement, writers.get(statement.ministry_id), coordinator, now)
            _delegate(statement, writers.get(statement.ministry_id), now)
        _ask_for_time(check_round, writers, now)
        closed = GuidelineCheck.objects.filter(round=check_round, partnership__slug=CLOSED)
        close_collections(checks=closed, by=coordinator, now=now)
        for slug in PROPOSALS:
            _propose(check_round, slug, coordinator, now)
    return check_round


def _give_mailboxes(now: datetime) -> None:
    """Houses loaded from the register have none; nothing may leave the demonstration."""
    for house in Ministry.objects.on(timezone.localdate(now)).filter(mailbox=""):
        house.mailbox = f"{house.abbreviation.lower()}.postfach@demo.example"
        house.save(update_fields=["mailbox"])


def _open(coordinator: User, year: int, now: datetime) -> CheckRound:
    opened_at = now - OPENED_BEFORE
    check_round = prepare_round(
        year=year,
        edition=Edition.objects.published()[0],
        due_on=add_working_days(timezone.localdate(now), DUE_IN),
        is_open_reading=False,
        partnerships=Partnership.objects.visible_to(coordinator).in_check(),
        by=coordinator,
        now=opened_at,
    )
    open_round(check_round=check_round, by=coordinator, now=opened_at)
    return check_round


def _statements(check_round: CheckRound) -> list[Statement]:
    statements = Statement.objects.filter(guideline_check__round=check_round)
    related = ("ministry", "guideline_check__round", "guideline_check__partnership")
    return list(statements.select_related(*related).order_by("pk"))


def _fate(statement: Statement) -> str:
    fates = FATES.get(statement.guideline_check.partnership.slug, {})
    house = statement.ministry.abbreviation
    return next((fate for fate, houses in fates.items() if house in houses.split()), "open")


def writers_of_houses(day: date) -> dict[int, Writer]:
    """Ministry id to its officer and its head, each read once."""
    people: dict[int, dict[str, User]] = {}
    rows = Appointment.objects.on(day).select_related("user").order_by("-pk")
    for row in rows:
        people.setdefault(row.ministry_id, {})[row.role] = row.user
    return {
        ministry_id: Writer(roles[Role.OFFICER], roles[Role.HEAD])
        for ministry_id, roles in people.items()
        if Role.OFFICER in roles and Role.HEAD in roles
    }


def _answer(statement: Statement, writer: Writer | None, coordinator: User, now: datetime) -> None:
    fate = _fate(statement)
    if fate == "extended":
        later = add_working_days(statement.deadline, EXTENDED_BY)
        extend_deadline(statements=[statement], due_on=later, by=coordinator, now=now)
    if writer is None or fate in ("open", "extended"):
        return
    written_at = now - WRITTEN_BEFORE
    if fate == "nil_return":
        file_nil_return(statements=[statement], by=writer.officer, now=written_at)
    else:
        _write(statement, writer.officer, is_whole=fate != "draft", now=written_at)
    if fate in ("submitted", "returned", "released"):
        submit(statement=statement, by=writer.officer, now=written_at)
    if fate in ("released", "nil_return"):
        release(statement=statement, by=writer.head, now=written_at)
    if fate == "returned":
        return_for_revision(statement=statement, note=RETURN_NOTE, by=writer.head, now=written_at)


def _write(statement: Statement, by: User, *, is_whole: bool, now: datetime) -> None:
    notes = list(statement.review_notes.select_related("criterion").order_by("pk"))
    if not is_whole:
        notes = notes[: max(1, len(notes) // 2)]
    slug, house = statement.guideline_check.partnership.slug, statement.ministry.abbreviation
    answers: dict[int, str] = {}
    reasons: dict[int, str] = {}
    for note in notes:
        answer = plain_answer(note.criterion, slug, house)
        answers[note.criterion_id] = answer
        reasons[note.criterion_id] = reason_for(answer, note.criterion, slug, house)
    vote = vote_of(slug, house)
    save_statement(
        statement=statement,
        answers=answers,
        reasons=reasons,
        vote=vote if is_whole else "",
        vote_until_on=in_a_year(timezone.localdate(now)) if is_whole else None,
        key_message=key_message(vote, slug, house) if is_whole else "",
        evidence={note.criterion_id: _evidence(statement, by) for note in notes[:1]},
        expected_version=statement.version,
        by=by,
        now=now,
    )
    if (slug, house) in THIRD_PARTIES:
        sender, text = THIRD_PARTIES[slug, house]
        day = timezone.localdate(now)
        told = Told(sender=sender, given_on=day, text=text, document=None)
        add_view(statement=statement, told=told, by=by, now=now)


def _evidence(statement: Statement, by: User) -> list[str]:
    """The first that the form offers."""
    return [target.key for target in citable(statement, by)[:2]]


def _ask(statement: Statement, writer: Writer | None, coordinator: User, now: datetime) -> None:
    """Two Rückfragen to one house: one to answer, one whose answer waits for release."""
    slug = statement.guideline_check.partnership.slug
    if writer is None or slug not in QUERIES or statement.ministry.abbreviation != ASKED_BACK:
        return
    due_on = add_working_days(timezone.localdate(now), EXTENDED_BY)
    query = ask(statement=statement, text=QUERIES[slug], due_on=due_on, by=coordinator, now=now)
    if slug == list(QUERIES)[-1]:
        save_reply(
            query=query, values={}, reply=REPLY, expected_version=1, by=writer.officer, now=now
        )
        submit_reply(query=query, by=writer.officer, now=now)


def _delegate(statement: Statement, writer: Writer | None, now: datetime) -> None:
    """Two questions of one house for a colleague who reads only, one for a mailbox."""
    slug, house = statement.guideline_check.partnership.slug, statement.ministry
    if writer is None or (slug, house.abbreviation) != DELEGATED:
        return
    readers = Appointment.objects.on(timezone.localdate(now)).filter(
        ministry=house, role=Role.MANAGER
    )
    colleague = User.objects.filter(pk__in=readers.values("user"), is_active=True).first()
    person, mailbox = Addressee(person=colleague), Addressee("Referat 34", REFERAT)
    asked = zip(notes_of(statement), (person, person, mailbox), strict=False)
    for note, to in asked if colleague else ():
        give(
            statements=[statement],
            criterion=note.criterion,
            to=to,
            due_on=add_working_days(timezone.localdate(now), ANSWER_IN),
            by=writer.officer,
            now=now,
        )


def _ask_for_time(check_round: CheckRound, writers: dict[int, Writer], now: datetime) -> None:
    """One house asks for all it still owes."""
    owed = [
        row
        for row in _statements(check_round)
        if row.ministry.abbreviation == WANTS_TIME and row.is_outstanding
    ]
    writer = writers.get(owed[0].ministry_id) if owed else None
    if writer:
        wished_on = add_working_days(check_round.due_on, EXTENDED_BY)
        ask_for_time(
            statements=owed, wished_on=wished_on, reason=TIME_REASON, by=writer.officer, now=now
        )


def _propose(check_round: CheckRound, slug: str, coordinator: User, now: datetime) -> None:
    check = GuidelineCheck.objects.filter(
        round=check_round, partnership__slug=slug, statements__state=Statement.State.RELEASED
    ).first()
    if check is None:
        return
    outcome, evaluation, reasons = PROPOSALS[slug]
    begin_evaluation(check=check, by=coordinator, now=now)
    check.refresh_from_db()
    write_evaluation(
        check=check,
        evaluation=evaluation,
        expected_version=check.version,
        by=coordinator,
        now=now,
    )
    propose(check=check, outcome=outcome, until_on=None, reasons=reasons, by=coordinator, now=now)
