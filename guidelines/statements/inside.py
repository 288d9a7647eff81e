"""Beside the answers of a statement: what its house has asked inside, and the buttons for it."""

from datetime import date

from guidelines.delegations.models import Delegation
from guidelines.statements.draft_views import is_number
from guidelines.statements.models import Statement
from guidelines.states.tables import DelegationState
from ministries.models import User


def delegations_about(statement: Statement, user: User, day: date) -> list[Delegation]:
    if not getattr(statement, "has_delegation", True):
        return []
    return list(Delegation.objects.beside([statement], user, day))


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
