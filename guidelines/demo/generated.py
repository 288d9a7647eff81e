"""Leitlinien-Checks over generated partnerships: for measuring only; sends no letters.

The newest round runs and is answered in part, the older ones are closed. Houses and questions are
those the register suggests, as in a real round.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from guidelines.asking.houses import proposed_houses, questions_by_house
from guidelines.asking.profiles import criteria_of, houses_on, profiles_on
from guidelines.catalogue.models import Criterion, Edition
from guidelines.decisions.models import Decision, Proposal
from guidelines.demo.records import Writer
from guidelines.demo.texts import CONTINUING, KEY_MESSAGES, REASONS, REMARKS
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.tables import CheckState, RoundState, StatementState
from ministries.models import Ministry
from partnerships.demo.generated import Surroundings, written
from partnerships.models import Partnership

FATES = {"released": 44, "nil_return": 5, "submitted": 9, "draft": 15, "open": 27}
VOTES = {"continue": 48, "expand": 20, "focus": 16, "renew_agreement": 10, "none": 6}
OUTCOME, EVALUATION, PROPOSAL = CONTINUING
Writers = dict[int, Writer]


def generate_round(
    around: Surroundings,
    *,
    year: int,
    is_running: bool,
    edition: Edition,
    partnerships: list[Partnership],
    writers: Writers,
) -> CheckRound:
    """`writers`: ministry id → who submits and who releases for it; other houses stay silent."""
    opened_at = timezone.now() - timedelta(days=30 + 365 * (around.today.year - year))
    check_round = CheckRound.objects.create(
        year=year,
        edition=edition,
        state=RoundState.OPEN,
        due_on=timezone.localdate(opened_at) + timedelta(days=50),
        opened_at=opened_at,
        opened_by=around.confirmed_by,
    )
    checks = written(_check(check_round, one, is_running) for one in partnerships)
    _statements(around, checks, is_running, writers)
    if not is_running:
        _close(around, check_round, opened_at + timedelta(days=120))
    return check_round


def _check(check_round: CheckRound, partnership: Partnership, is_running: bool) -> GuidelineCheck:
    return GuidelineCheck(
        round=check_round,
        partnership=partnership,
        state=CheckState.COLLECTING if is_running else CheckState.DECIDED,
        evaluation="" if is_running else EVALUATION,
        collection_closed_on=None if is_running else check_round.due_on,
        collection_closed_by=None if is_running else check_round.opened_by,
    )


def _statements(
    around: Surroundings, checks: list[GuidelineCheck], is_running: bool, writers: Writers
) -> None:
    asked: list[tuple[Statement, str, list[Criterion]]] = []
    for check, house, questions in _plan(around, checks):
        fate = around.weighted(FATES) if is_running else "released"
        fate = fate if house.pk in writers else "open"
        asked.append((_statement(around, check, house, fate, writers), fate, questions))
    written(statement for statement, _, _ in asked)
    authors = Statement.authors.through
    written(
        authors(statement=statement, user=statement.submitted_by)
        for statement, _, _ in asked
        if statement.submitted_by
    )
    written(note for row in asked for note in _notes(around, *row))


def _plan(
    around: Surroundings, checks: list[GuidelineCheck]
) -> Iterator[tuple[GuidelineCheck, Ministry, list[Criterion]]]:
    houses = houses_on(around.today)
    criteria = criteria_of(checks[0].round.edition)
    profiles = profiles_on(around.today, [check.partnership for check in checks])
    for check in checks:
        profile = profiles[check.partnership_id]
        proposed = [house.ministry for house in proposed_houses(profile, criteria, houses)]
        questions = questions_by_house(profile, criteria, houses, [house.pk for house in proposed])
        for ministry in proposed:
            yield check, ministry, questions[ministry.pk]


def _statement(
    around: Surroundings, check: GuidelineCheck, house: Ministry, fate: str, writers: Writers
) -> Statement:
    statement = Statement(
        guideline_check=check,
        ministry=house,
        asked_because="vom Register vorgeschlagen",
        is_nil_return=fate == "nil_return",
    )
    if fate in ("open", "draft"):
        return statement
    writer = writers[house.pk]
    written_at = _moment(check) + timedelta(days=around.chance.randint(3, 25))
    statement.state = StatementState.SUBMITTED
    statement.submitted_at, statement.submitted_by = written_at, writer.officer
    if fate != "nil_return":
        statement.vote = around.weighted(VOTES)
        statement.key_message = around.chance.choice(KEY_MESSAGES[statement.vote])
    if fate in ("released", "nil_return"):
        statement.state = StatementState.RELEASED
        statement.released_at = written_at + timedelta(days=2)
        statement.released_by = writer.head
        statement.fact_sheet = []
    return statement


def _moment(check: GuidelineCheck) -> datetime:
    opened_at = check.round.opened_at
    assert opened_at is not None
    return opened_at


def _notes(
    around: Surroundings, statement: Statement, fate: str, questions: list[Criterion]
) -> Iterator[ReviewNote]:
    """A draft is answered by half, a Fehlanzeige and an untouched statement not at all."""
    for position, criterion in enumerate(questions):
        note = ReviewNote(statement=statement, criterion=criterion)
        is_reached = fate != "draft" or position < len(questions) // 2
        if fate not in ("open", "nil_return") and is_reached:
            note.answer = _answer(around, criterion)
            if note.answer in REASONS or around.happens(0.3):
                note.reason = around.chance.choice(REASONS.get(note.answer, REMARKS))
        yield note


def _answer(around: Surroundings, criterion: Criterion) -> str:
    """The middle of a scale more often than its ends."""
    values = [value for value, _ in criterion.answers]
    weights = (6, 22, 50, 22) if len(values) == 4 else (80, 12, 8)[: len(values)]
    if around.happens(0.05):
        return str(ReviewNote.Answer.NOT_ASSESSABLE)
    return around.chance.choices(values, weights)[0]


def _close(around: Surroundings, check_round: CheckRound, closed_at: datetime) -> None:
    """With a proposal and a decision for each check; what has been decided stays as it is."""
    checks = list(check_round.checks.all())
    day = timezone.localdate(closed_at)
    written(
        Proposal(
            guideline_check=check,
            number=1,
            outcome=OUTCOME,
            reasons=PROPOSAL,
            written_at=closed_at - timedelta(days=20),
            written_by=around.confirmed_by,
        )
        for check in checks
    )
    written(_decision(around, check, day, closed_at) for check in checks)
    check_round.state = RoundState.CLOSED
    check_round.closed_at, check_round.closed_by = closed_at, around.confirmed_by
    check_round.save_versioned(
        expected=check_round.version, fields=["state", "closed_at", "closed_by"]
    )


def _decision(
    around: Surroundings, check: GuidelineCheck, day: date, closed_at: datetime
) -> Decision:
    return Decision(
        guideline_check=check,
        body=Decision.Body.CABINET,
        decided_on=day - timedelta(days=5),
        number=f"{check.pk}/{day.year}",
        wording="Die Zusammenarbeit wird fortgeführt. Beispieltext.",
        outcome=OUTCOME,
        effective_from=day,
        visible_from=day,
        recorded_at=closed_at,
        recorded_by=around.confirmed_by,
    )
