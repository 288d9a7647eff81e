"""What a Rückfrage asks of officers and heads."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet

from guidelines.permissions import ANSWERERS, RELEASERS
from guidelines.queries.models import Query
from guidelines.statements.desk import release_items, rounds_of, submitter_of
from guidelines.statements.releasers import has_releaser, is_alone
from guidelines.states.tables import QueryState
from ministries.models import User
from partnerships.permissions import WRITERS
from ui.offers import DeskItem


def desk_items(user: User, today: date) -> list[DeskItem]:
    related = (
        "statement__ministry",
        "statement__guideline_check__round",
        "statement__guideline_check__partnership",
        "submitted_by",
    )
    return [
        *release_items(
            to_release(user, today).select_related(*related),
            "Antwort auf Rückfrage freigeben",
            "Antworten auf Rückfragen freigeben",
        ),
        *(_item(q, "Freigabe klären") for q in to_settle(user, today).select_related(*related)),
        *(
            _item(q, "Rückfrage beantworten")
            for q in to_reply(user, today).select_related(*related)
        ),
    ]


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    if not user.has_role(*WRITERS):
        return []
    waiting = to_release(user, today).values("statement__guideline_check__round")
    return [rounds_of(waiting), to_settle(user, today), to_reply(user, today)]


def to_reply(user: User, today: date) -> QuerySet[Query]:
    houses = user.ministry_ids(*ANSWERERS)
    return _of_house(user, today).filter(statement__ministry__in=houses, state=QueryState.OPEN)


def to_release(user: User, today: date) -> QuerySet[Query]:
    """Submitted ones that this head can release, being the second person."""
    heads = user.ministry_ids(*RELEASERS)
    alone = is_alone(Query, OuterRef("pk"), user)
    rows = _submitted(user, today).filter(~alone, statement__ministry__in=heads)
    return rows.exclude(submitted_by=user)


def to_settle(user: User, today: date) -> QuerySet[Query]:
    """Submitted ones that no head of the house can release."""
    house = user.ministry_ids(*WRITERS)
    return _submitted(user, today).filter(
        ~has_releaser(today, Query), statement__ministry__in=house
    )


def _submitted(user: User, today: date) -> QuerySet[Query]:
    return _of_house(user, today).filter(state=QueryState.SUBMITTED)


def _of_house(user: User, today: date) -> QuerySet[Query]:
    rows = Query.objects.of_houses(user).awaited(today)
    return rows.order_by("statement__guideline_check__partnership__sort_key", "pk")


def _item(query: Query, verb: str) -> DeskItem:
    is_open = query.state == QueryState.OPEN
    return DeskItem(
        verb=verb,
        object_label=str(query.guideline_check.round),
        partnership_name=query.guideline_check.partnership.name,
        due_on=query.due_on,
        asked_by="Staatskanzlei" if is_open else submitter_of([query]),
        url=query.get_absolute_url(),
        note="zurückgegeben" if query.return_note else "",
    )
