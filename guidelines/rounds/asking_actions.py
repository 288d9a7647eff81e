"""What asking a house means: its questions are fixed, and it gets one letter."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from guidelines.asking.plans import RoundPlan
from guidelines.request_letters.models import RequestLetter
from guidelines.rounds.models import CheckRound
from guidelines.rounds.request_text import request_text
from guidelines.statements.models import ReviewNote, Statement
from ministries.mail import outbox
from ministries.models import Ministry, Notification


def ask(
    check_round: CheckRound,
    plan: RoundPlan,
    *,
    only: Collection[int] | None = None,
    further: Sequence[outbox.Letter] = (),
    now: datetime,
) -> None:
    """`only`: the ids of statements that are new in a running round, or asked again; without, all are asked."""
    per_house: dict[int, list[Statement]] = defaultdict(list)
    notes = []
    for check_plan in plan.checks:
        for statement in check_plan.statements:
            if only is None or statement.pk in only:
                statement.guideline_check = check_plan.check
                per_house[statement.ministry_id].append(statement)
                questions = check_plan.questions[statement.ministry_id]
                notes += [ReviewNote(statement=statement, criterion=one) for one in questions]
    # Whoever is asked again keeps its questions and what it wrote to them.
    ReviewNote.objects.bulk_create(notes, ignore_conflicts=True)
    letters = [
        RequestLetter(
            round=check_round, ministry=rows[0].ministry, due_on=rows[0].deadline, asked_at=now
        )
        for rows in per_house.values()
    ]
    chancellery = next((one for one in plan.ministries if one.is_chancellery), None)
    _mail(letters, per_house, chancellery, further)
    _keep(letters, per_house)


def _mail(
    letters: Sequence[RequestLetter],
    per_house: Mapping[int, Sequence[Statement]],
    chancellery: Ministry | None,
    further: Sequence[outbox.Letter],
) -> None:
    """To each house with a mailbox; the letter knows its mail."""
    mailed = [letter for letter in letters if letter.ministry.mailbox]
    texts = [request_text(one, per_house[one.ministry_id], chancellery) for one in mailed]
    requests = [
        outbox.Letter(
            to=letter.ministry.mailbox,
            kind=Notification.Kind.REQUEST,
            subject=text.subject,
            body=text.body,
            link=text.link,
        )
        for letter, text in zip(mailed, texts, strict=True)
    ]
    posted = outbox.post_all([*requests, *(one for one in further if one.to)])
    for letter, mail in zip(mailed, posted, strict=False):
        letter.message_id = mail.message_id


def _keep(letters: Sequence[RequestLetter], per_house: Mapping[int, Sequence[Statement]]) -> None:
    asks = RequestLetter.statements.through
    RequestLetter.objects.bulk_create(letters)
    asks.objects.bulk_create(
        asks(requestletter=letter, statement=statement)
        for letter in letters
        for statement in per_house[letter.ministry_id]
    )
