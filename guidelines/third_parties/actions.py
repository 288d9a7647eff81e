"""Views of third parties: part of what the house writes, so settled with what it hands in."""

from datetime import date, datetime
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from guidelines.statements.conditions import require_open, require_writable
from guidelines.statements.models import Statement
from guidelines.third_parties.documents import documents_for
from guidelines.third_parties.models import ThirdPartyView
from ministries.models import User
from partnerships.models import Document, Organisation
from partnerships.register.partners.sorting import folded
from ui.errors import Conflict, Refusal


class Told(TypedDict):
    sender: str
    given_on: date
    text: str
    document: Document | None


@transaction.atomic
def add_view(*, statement: Statement, told: Told, by: User, now: datetime) -> ThirdPartyView:
    _require_writable(statement, by, now)
    _require_sound(told, statement, by, now)
    statement.authors.add(by)
    return ThirdPartyView.objects.create(
        statement=statement,
        organisation=_known_as(told["sender"], by),
        entered_at=now,
        entered_by=by,
        **told,
    )


@transaction.atomic
def change_view(
    *, view: ThirdPartyView, told: Told, expected_version: int, by: User, now: datetime
) -> ThirdPartyView:
    _require_writable(view.statement, by, now)
    _require_sound(told, view.statement, by, now)
    values = {**told, "organisation": _known_as(told["sender"], by)}
    for name, value in values.items():
        setattr(view, name, value)
    view.save_versioned(expected=expected_version, fields=values)
    view.statement.authors.add(by)
    return view


@transaction.atomic
def remove_view(*, view: ThirdPartyView, expected_version: int, by: User, now: datetime) -> None:
    """The history keeps it."""
    _require_writable(view.statement, by, now)
    row = ThirdPartyView.objects.select_for_update().get(pk=view.pk)
    if row.version != expected_version:
        raise Conflict(current=row)
    row.delete()
    view.statement.authors.add(by)


def _require_writable(statement: Statement, by: User, now: datetime) -> None:
    """Whoever submits at this moment is waited for, and counts."""
    require_writable(statement, by, now)
    statement.refresh_from_db(fields=["state"])
    require_open(statement)


def _require_sound(told: Told, statement: Statement, by: User, now: datetime) -> None:
    """A document kept with the statement already stays possible, archived meanwhile or not."""
    if told["given_on"] > timezone.localdate(now):
        raise ValidationError({"given_on": "Der Tag liegt in der Zukunft. Berichtigen Sie ihn."})
    document = told["document"]
    if document is None or statement.third_party_views.filter(document=document).exists():
        return
    if not documents_for(statement, by).filter(pk=document.pk).exists():
        raise Refusal("Wählen Sie ein Dokument Ihres Hauses zu dieser Partnerschaft.")


def _known_as(name: str, user: User) -> Organisation | None:
    """The one of the register that bears this name; none where there are several."""
    known = Organisation.objects.visible_to(user).filter(sort_key=folded(name))[:2]
    return known[0] if len(known) == 1 else None
