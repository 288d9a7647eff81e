"""What a Leitlinien-Check asks of officers and heads."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from guidelines.permissions import ANSWERERS, RELEASERS
from guidelines.queries.models import Written
from guidelines.rounds.models import CheckRound
from guidelines.statements.models import Statement
from guidelines.statements.releasers import has_releaser, is_alone
from guidelines.states.tables import StatementState
from ministries.models import User
from partnerships.permissions import WRITERS
from ui.offers import DeskItem, DeskLink


def desk_items(user: User, today: date) -> list[DeskItem]:
    related = (
        *("ministry", "guideline_check__round", "guideline_check__partnership"),
        "submitted_by",
    )
    return [
        *release_items(
            to_release(user, today).select_related(*related),
            "Stellungnahme freigeben",
            "Stellungnahmen freigeben",
        ),
        *map(_to_settle, to_settle(user, today).select_related(*related)),
        *_to_answer(to_answer(user, today).select_related(*related)),
    ]


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    if not user.has_role(*WRITERS):
        return []
    waiting = to_release(user, today).values("guideline_check__round")
    return [rounds_of(waiting), to_settle(user, today), to_answer(user, today)]


def to_answer(user: User, today: date) -> QuerySet[Statement]:
    """Statements the officer's houses still owe in a running round."""
    return (
        Statement.objects.visible_to(user, today)
        .awaited(today)
        .filter(ministry__in=user.ministry_ids(*ANSWERERS), state=StatementState.OPEN)
        .order_by("guideline_check__partnership__sort_key", "pk")
    )


def to_release(user: User, today: date) -> QuerySet[Statement]:
    """Submitted ones that this head can release, being the second person."""
    heads = user.ministry_ids(*RELEASERS)
    alone = is_alone(Statement, OuterRef("pk"), user)
    return _submitted(user, today).filter(~alone, ministry__in=heads).exclude(submitted_by=user)


def to_settle(user: User, today: date) -> QuerySet[Statement]:
    """Submitted ones that no head of the house can release."""
    house = user.ministry_ids(*WRITERS)
    return _submitted(user, today).filter(~has_releaser(today), ministry__in=house)


def _submitted(user: User, today: date) -> QuerySet[Any]:
    """With `is_author`: whether this person has written along, or submitted it."""
    author = Statement.authors.through.objects.filter(statement=OuterRef("pk"), user=user)
    return (
        Statement.objects.visible_to(user, today)
        .awaited(today)
        .filter(state=StatementState.SUBMITTED)
        .annotate(is_author=Q(Exists(author)) | Q(submitted_by=user))
        .order_by("guideline_check__partnership__sort_key", "pk")
    )


def _to_answer(owed: Iterable[Statement]) -> Iterator[DeskItem]:
    """The first of each house and round leads to all of them on one page."""
    rows = sorted(owed, key=lambda row: row.deadline)
    numbers = Counter((row.guideline_check.round, row.ministry) for row in rows)
    for row in rows:
        check_round, house = row.guideline_check.round, row.ministry
        number = numbers.pop((check_round, house), 1)
        query = urlencode({"round": check_round.slug, "house": house.slug})
        url = f"{reverse('guidelines:statement-table')}?{query}"
        together = DeskLink(f"Alle {number} offenen auf einer Seite", url) if number > 1 else None
        yield _answering(row, together)


def _answering(statement: Statement, together: DeskLink | None) -> DeskItem:
    return DeskItem(
        verb="Stellungnahme vorlegen",
        object_label=str(statement.guideline_check.round),
        partnership_name=statement.guideline_check.partnership.name,
        due_on=statement.deadline,
        asked_by="Staatskanzlei",
        url=statement.get_absolute_url(),
        note="zurückgegeben" if statement.return_note else "",
        together=together,
    )


def _to_settle(statement: Any) -> DeskItem:
    return DeskItem(
        verb="Freigabe klären" if statement.is_author else "Freigabe eintragen oder klären",
        object_label=str(statement.guideline_check.round),
        partnership_name=statement.guideline_check.partnership.name,
        due_on=statement.deadline,
        asked_by=submitter_of([statement]),
        url=statement.get_absolute_url(),
        note="Freigeben muss eine zweite Person",
    )


def rounds_of(waiting: QuerySet[Any]) -> QuerySet[CheckRound]:
    """Of each round one item, however much of it waits for the release."""
    return CheckRound.objects.filter(pk__in=waiting.order_by())


def release_items(rows: Iterable[Written], one: str, many: str) -> list[DeskItem]:
    """A single one leads to its page, several of a round to the list of them all."""
    by_round: dict[CheckRound, list[Written]] = {}
    for row in rows:
        by_round.setdefault(row.guideline_check.round, []).append(row)
    return [_release_item(*group, one, many) for group in by_round.items()]


def _release_item(
    check_round: CheckRound, rows: Sequence[Written], one: str, many: str
) -> DeskItem:
    is_single = len(rows) == 1
    return DeskItem(
        verb=one if is_single else f"{len(rows)} {many}",
        object_label=str(check_round),
        partnership_name=rows[0].guideline_check.partnership.name if is_single else "",
        due_on=min(row.deadline for row in rows),
        asked_by=submitter_of(rows),
        url=rows[0].get_absolute_url() if is_single else list_to_release(check_round),
        is_release=True,
    )


def submitter_of(rows: Sequence[Written]) -> str:
    """By name, where one person has submitted all of it."""
    people = {str(row.submitted_by) for row in rows}
    houses = sorted({str(row.ministry) for row in rows})
    return ", ".join([*(people if len(people) == 1 else ["Bearbeitung"]), *houses])


def list_to_release(check_round: CheckRound) -> str:
    return f"{reverse('guidelines:statements-release')}?round={check_round.slug}"
