"""An Fachreferat geben: a question goes to somebody of the house, and an answer comes back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guidelines.catalogue.models import Criterion
from guidelines.delegations.drafts import discard_drafts
from guidelines.delegations.models import Delegation
from guidelines.delegations.notices import tell_answered, tell_asked, tell_withdrawn
from guidelines.rounds.conditions import locked_statements
from guidelines.statements.conditions import require_awaited
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.tables import DelegationState
from guidelines.states.transitions import perform
from ministries.models import User
from ui.dates import german_date
from ui.errors import Refusal


@dataclass(frozen=True)
class Addressee:
    """A colleague with an account, or a mailbox and the name of its Referat."""

    unit: str = ""
    mailbox: str = ""
    person: User | None = None


@dataclass
class Given:
    """What was given now, and of which partnerships the same addressee is asked already."""

    delegations: list[Delegation] = field(default_factory=list)
    asked_already: list[Statement] = field(default_factory=list)


@transaction.atomic
def give(
    *,
    statements: Collection[Statement],
    criterion: Criterion,
    to: Addressee,
    due_on: date,
    by: User,
    now: datetime,
) -> Given:
    """One question, for one partnership or many; the addressee hears of it once."""
    rows = locked_statements(statements)
    for row in rows:
        if not by.has_perm("guidelines.edit_statement", row):
            raise PermissionDenied
    _require_open(rows, now)
    _require_asked(rows, criterion)
    _require_addressee(rows, to)
    _require_in_time(rows, due_on, now)
    known = _asked_already(rows, criterion, to)
    given = Given(asked_already=[row for row in rows if row.pk in known])
    fields = {"person": to.person, "unit": to.unit, "mailbox": to.mailbox, "due_on": due_on}
    for row in (row for row in rows if row.pk not in known):
        one = Delegation.objects.create(
            statement=row, criterion=criterion, given_at=now, given_by=by, **fields
        )
        given.delegations.append(one)
    if not given.delegations:
        raise Refusal("Dort ist nach dieser Frage schon gefragt, und die Antwort steht noch aus.")
    tell_asked(given.delegations)
    return given


@dataclass(frozen=True)
class Answered:
    delegation: Delegation
    answer: str
    reason: str


@transaction.atomic
def answer_all(*, answers: Sequence[Answered], by: User, now: datetime) -> None:
    """By the person who was asked; with each answer their right to it ends."""
    _answer_all("answer", answers, by, now)


@transaction.atomic
def record_answers(*, answers: Sequence[Answered], by: User, now: datetime) -> None:
    """What a mailbox sent back, entered by an officer as the answer of that Referat."""
    _answer_all("record_answer", answers, by, now)


def _answer_all(name: str, answers: Sequence[Answered], by: User, now: datetime) -> None:
    rows = _fresh([one.delegation for one in answers])
    for one in answers:
        row = rows[one.delegation.pk]
        _require_open([row.statement], now)
        if one.answer not in row.as_note.possible_answers | {""}:
            raise Refusal(f"Wählen Sie bei Frage {row.criterion.code} eine der Antworten aus.")
        perform(row, name, by=by, now=now, answer=one.answer, reason=one.reason.strip())
    discard_drafts(rows.values())
    tell_answered(rows.values(), by=by)


@transaction.atomic
def take_back(*, delegations: Collection[Delegation], by: User, now: datetime) -> None:
    """Asked by mistake, or answered otherwise; also of somebody who has left."""
    rows = _fresh(delegations)
    _require_open([row.statement for row in rows.values()], now)
    for row in rows.values():
        perform(row, "withdraw_delegation", by=by, now=now)
    discard_drafts(rows.values())
    tell_withdrawn(rows.values())


def _fresh(delegations: Collection[Delegation]) -> dict[int, Delegation]:
    statements = {row.pk: row for row in locked_statements([one.statement for one in delegations])}
    rows = Delegation.objects.filter(pk__in=[one.pk for one in delegations])
    found = {row.pk: row for row in rows.select_related("criterion", "person", "given_by")}
    for row in found.values():
        row.statement = statements[row.statement_id]
    return {one.pk: found[one.pk] for one in delegations}


def _asked_already(rows: Collection[Statement], criterion: Criterion, to: Addressee) -> set[int]:
    """The statements of which the same addressee has not answered yet."""
    open_ones = Delegation.objects.filter(
        statement__in=rows,
        criterion=criterion,
        state=DelegationState.OPEN,
        person=to.person,
        mailbox__iexact=to.mailbox,
    )
    return set(open_ones.values_list("statement", flat=True))


def _require_open(rows: Iterable[Statement], now: datetime) -> None:
    """As the house may know it: no refusal tells of a decision that is not visible."""
    for row in rows:
        require_awaited(row, now)
        if row.why_unwritten:
            raise Refusal(
                f"{row.guideline_check.partnership}: {row.why_unwritten}. Eine Zuarbeit dazu ist "
                "nicht mehr möglich."
            )


def _require_asked(rows: Collection[Statement], criterion: Criterion) -> None:
    asked = ReviewNote.objects.filter(statement__in=rows, criterion=criterion)
    missing = {row.pk for row in rows} - set(asked.values_list("statement", flat=True))
    if missing or not rows:
        raise Refusal("Wählen Sie Partnerschaften aus, zu denen Ihr Haus diese Frage beantwortet.")


def _require_addressee(rows: Collection[Statement], to: Addressee) -> None:
    """Somebody of the house, who may know of each of the partnerships."""
    if to.person is None:
        if any(row.guideline_check.partnership.is_confidential for row in rows):
            raise Refusal(
                "Eine vertrauliche Partnerschaft kennt nur ihr Kreis. Fragen Sie dazu eine Person "
                "aus dem Kreis, kein Postfach."
            )
        return
    known = Statement.objects.of_houses(to.person).filter(pk__in=[row.pk for row in rows])
    if not to.person.is_active or known.count() < len(rows):
        raise Refusal(
            f"{to.person.name} gehört nicht zu Ihrem Haus oder darf nicht jede dieser "
            "Partnerschaften sehen."
        )


def _require_in_time(rows: Collection[Statement], due_on: date, now: datetime) -> None:
    day = timezone.localdate(now)
    if due_on < day:
        raise Refusal("Die interne Frist ist schon vorbei. Wählen Sie heute oder einen Tag später.")
    first = min(row.deadline for row in rows)
    if day <= first < due_on:
        needed = ", ".join(
            f"zu {row.guideline_check.partnership} bis zum {german_date(row.deadline)}"
            for row in rows
            if row.deadline < due_on
        )
        raise Refusal(
            f"Die Stellungnahme wird eher gebraucht: {needed}. Die interne Frist kann nicht danach "
            "liegen."
        )
