"""Beside the answers of a statement: what its house has asked inside, and the buttons for it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from guidelines.catalogue.models import Criterion
from guidelines.delegations.models import Delegation
from guidelines.statements.draft_views import is_number
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.tables import DelegationState
from ministries.models import User

KEPT = ("pk", "criterion_id", "unit", "mailbox", "answer", "reason", "due_on", "answered_at")
TOLD = {**{name: name for name in KEPT}, "is_there": "is_there", "person": "person_id"}
OF_PERSON = {"name": "person__name", "department": "person__unit"}


def with_delegations(rows: QuerySet[Statement], user: User, day: date) -> QuerySet[Statement]:
    """Read in the same query, as `inside`."""
    asked = Delegation.objects.beside(user, day).filter(statement=OuterRef("pk"))
    told = JSONObject(**TOLD, **OF_PERSON)
    return rows.annotate(inside=ArraySubquery(asked.order_by("given_at", "pk").values(row=told)))


def delegations_about(statement: Any, notes: Iterable[ReviewNote]) -> list[Delegation]:
    """For reading: what `with_delegations` has found, beside the questions it is about."""
    criteria = {note.criterion_id: note.criterion for note in notes}
    found = getattr(statement, "inside", ())
    return [_read(row, criteria[row["criterion_id"]]) for row in found]


def asked_about(statement: Any, user: User, day: date) -> list[Delegation]:
    """For checking before it is submitted: what a Fachreferat still has."""
    if not getattr(statement, "has_delegation", True):
        return []
    rows = Delegation.objects.beside(user, day).filter(statement=statement)
    return still_asked(rows.select_related("criterion", "person").order_by("criterion__code"))


def still_asked(delegations: Iterable[Delegation]) -> list[Delegation]:
    return [one for one in delegations if one.state == DelegationState.OPEN]


def _read(row: Mapping[str, Any], criterion: Criterion) -> Delegation:
    one = Delegation(criterion=criterion, **{name: row[name] for name in KEPT[:1] + KEPT[2:6]})
    one.due_on = date.fromisoformat(row["due_on"])
    if row["answered_at"]:
        one.answered_at = datetime.fromisoformat(row["answered_at"])
    if row["person"]:
        one.person = User(pk=row["person"], name=row["name"], unit=row["department"])
    one.is_there = row["is_there"]
    return one


def question_to_give(pressed: str) -> int:
    """The criterion behind the button "geben-7"; 0 for any other."""
    return _key(pressed, "geben")


def answer_to_take(pressed: str, user: User) -> Delegation | None:
    """The answer behind the button "zuarbeit-7"."""
    key = _key(pressed, "zuarbeit")
    if not key:
        return None
    answered = Delegation.objects.visible_to(user).filter(state=DelegationState.ANSWERED)
    return answered.filter(pk=key).select_related("person").first()


def _key(pressed: str, act: str) -> int:
    name, _, key = pressed.partition("-")
    return int(key) if name == act and is_number(key) else 0
