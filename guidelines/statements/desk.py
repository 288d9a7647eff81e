"""What a Leitlinien-Check asks of officers and heads."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from guidelines.permissions import ANSWERERS, RELEASERS
from guidelines.rounds.models import CheckRound
from guidelines.statements.models import Statement
from guidelines.statements.releasers import has_releaser, is_alone
from guidelines.states.tables import StatementState
from ministries.models import User
from partnerships.permissions import WRITERS
from ui.offers import DeskItem


def desk_items(user: User, today: date) -> list[DeskItem]:
    related = ("ministry", "guideline_check__round", "guideline_check__partnership")
    return [
        *map(_to_release, to_release(user, today).select_related(*related)),
        *map(_to_settle, to_settle(user, today).select_related(*related)),
        *map(_to_answer, to_answer(user, today).select_related(*related)),
    ]


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    if not user.has_role(*WRITERS):
        return []
    return [to_release(user, today), to_settle(user, today), to_answer(user, today)]


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


def _to_answer(statement: Statement) -> DeskItem:
    return DeskItem(
        verb="Stellungnahme vorlegen",
        object_label=str(statement.guideline_check.round),
        partnership_name=statement.guideline_check.partnership.name,
        due_on=statement.deadline,
        asked_by="Staatskanzlei",
        url=statement.get_absolute_url(),
        note="zurückgegeben" if statement.return_note else "",
    )


def _to_settle(statement: Any) -> DeskItem:
    return DeskItem(
        verb="Freigabe klären" if statement.is_author else "Freigabe eintragen oder klären",
        object_label=str(statement.guideline_check.round),
        partnership_name=statement.guideline_check.partnership.name,
        due_on=statement.deadline,
        asked_by=f"Bearbeitung, {statement.ministry}",
        url=statement.get_absolute_url(),
        note="Freigeben muss eine zweite Person",
    )


def _to_release(statement: Statement) -> DeskItem:
    return DeskItem(
        verb="Stellungnahme freigeben",
        object_label=str(statement.guideline_check.round),
        partnership_name=statement.guideline_check.partnership.name,
        due_on=statement.deadline,
        asked_by=f"Bearbeitung, {statement.ministry}",
        url=statement.get_absolute_url(),
    )


def rounds_of(waiting: QuerySet[Any]) -> QuerySet[CheckRound]:
    """Of each round one item, however much of it waits for the release."""
    return CheckRound.objects.filter(pk__in=waiting.order_by())
