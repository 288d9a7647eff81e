"""The statements of one's own houses: what to do first, and filters."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from guidelines.permissions import RELEASERS
from guidelines.queries.models import Query
from guidelines.rounds.models import CheckRound
from guidelines.statements.models import Statement
from guidelines.statements.pages import RELATED
from guidelines.statements.querysets import StatementQuerySet
from guidelines.states.tables import QueryState, RoundState, StatementState
from ministries.clock import today
from ministries.models import User
from partnerships.models import Partnership
from ui.filters import EVERY, FilterSet

# What a house may know of its own statements, as codes of the query string.
STATES = {
    "open": "offen",
    "returned": "zur Überarbeitung zurückgegeben",
    "overdue": "überfällig",
    "submitted": "zur Freigabe vorgelegt",
    "queried": "Rückfrage offen",
    "reply_returned": "Antwort zur Überarbeitung zurückgegeben",
    "reply_submitted": "Antwort zur Freigabe vorgelegt",
    "released": "freigegeben",
    "nil_return": "Fehlanzeige",
    "no_statement": "keine Stellungnahme",
    "not_involved": "nicht beteiligt",
}


_IS_OUT = Q(guideline_check__taken_out_on__isnull=False) | Q(taken_out_on__isnull=False)
_ANSWERED = ~Q(review_notes__answer="") & Q(review_notes__is_unconfirmed=False)


def own_statements(user: User, day: date) -> StatementQuerySet:
    """Of rounds that run; a closed round runs on until its decisions may be seen."""
    runs = Q(guideline_check__round__state=RoundState.OPEN) | Q(
        guideline_check__round__state=RoundState.CLOSED,
        guideline_check__decision__visible_from__gt=day,
    )
    queries = Query.objects.awaited(day).filter(statement=OuterRef("pk"))
    return (
        Statement.objects.of_houses(user)
        .filter(runs)
        .select_related(*RELATED, "guideline_check__round__edition")
        .annotate(
            query_state=Subquery(queries.values("state")),
            query_note=Subquery(queries.values("return_note")),
            due=Coalesce(
                Subquery(queries.values("due_on")), "due_on", "guideline_check__round__due_on"
            ),
            turn=_turn(user),
            answered=Count("review_notes", filter=_ANSWERED),
            asked=Count("review_notes"),
        )
        .defer("fact_sheet", "guideline_check__evaluation")
    )


def _turn(user: User) -> Case:
    """Whose turn it is: what waits for this person's release, then what is to be written."""
    waits = Q(state=StatementState.SUBMITTED) | Q(query_state=QueryState.SUBMITTED)
    releases = waits & Q(ministry__in=user.ministry_ids(*RELEASERS))
    return Case(
        When(Q(pk__in=Statement.objects.not_given()) | _IS_OUT, then=Value(4)),
        When(releases, then=Value(0)),
        When(Q(state=StatementState.OPEN) & ~Q(return_note=""), then=Value(1)),
        When(query_state=QueryState.OPEN, then=Value(1)),
        When(state=StatementState.OPEN, then=Value(2)),
        When(waits, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )


def rounds_asking(request: HttpRequest) -> QuerySet[CheckRound]:
    """The running rounds in which one's own houses are asked."""
    asked = Statement.objects.of_houses(request.user).values("guideline_check__round")
    return CheckRound.objects.running(request.user, today()).filter(pk__in=asked)


class StatementFilter(FilterSet):
    q = django_filters.CharFilter(label="Partnerschaft", method="search")
    state = django_filters.ChoiceFilter(
        label="Stand", empty_label="jeder Stand", choices=list(STATES.items()), method="in_state"
    )

    round = django_filters.ModelChoiceFilter(
        label="Leitlinien-Check",
        field_name="guideline_check__round",
        to_field_name="slug",
        queryset=rounds_asking,
        empty_label=EVERY,
    )

    class Meta:
        model = Statement
        fields: list[str] = []

    def search(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        """What contains the text; only if there is nothing, what resembles it."""
        exact = rows.filter(guideline_check__partnership__in=Partnership.objects.matching(value))
        if exact.exists():
            return exact
        similar = Partnership.objects.resembling(value)
        return rows.filter(guideline_check__partnership__in=similar)

    def in_state(self, rows: Any, name: str, value: str) -> QuerySet[Statement]:
        match value:
            case "returned":
                return _awaiting(rows).filter(state=StatementState.OPEN).exclude(return_note="")
            case "overdue":
                return rows.overdue(today())
            case "queried":
                return rows.filter(query_state=QueryState.OPEN, query_note="")
            case "reply_returned":
                return rows.filter(query_state=QueryState.OPEN).exclude(query_note="")
            case "reply_submitted":
                return rows.filter(query_state=QueryState.SUBMITTED)
            case "nil_return":
                return rows.filter(is_nil_return=True, query_state=None)
            case "no_statement":
                return rows.not_given()
            case "not_involved":
                return rows.filter(_IS_OUT)
        return _awaiting(rows).filter(state=value, query_state=None)


def _awaiting(rows: Any) -> Any:
    return rows.exclude(_IS_OUT).exclude(pk__in=Statement.objects.not_given())


def state_code(statement: Statement, day: date) -> str:
    """The one word of `STATES` the list shows for a statement; its rows know of a Rückfrage."""
    if statement.is_out:
        return "not_involved"
    if query_state := vars(statement).get("query_state"):
        if query_state != QueryState.OPEN:
            return "reply_submitted"
        return "reply_returned" if vars(statement).get("query_note") else "queried"
    if statement.is_closed and statement.state != StatementState.RELEASED:
        return "no_statement"
    if statement.state == StatementState.OPEN:
        if statement.return_note:
            return "returned"
        return "overdue" if statement.deadline < day else "open"
    if statement.state == StatementState.RELEASED and statement.is_nil_return:
        return "nil_return"
    return statement.state
