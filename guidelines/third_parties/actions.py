"""Views of third parties: part of what the house writes, so settled with what it hands in."""

from datetime import date, datetime
from typing import TypedDict

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from guidelines.queries.models import Query, Written, query_in_writing
from guidelines.statements.conditions import require_open, require_running
from guidelines.statements.drafts import carry_draft
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
    query = _require_writable(statement, by, now)
    _require_sound(told, statement, by, now)
    return _add(statement, query, told, by, now)


@transaction.atomic
def change_view(
    *, view: ThirdPartyView, told: Told, expected_version: int, by: User, now: datetime
) -> ThirdPartyView:
    """What is released stays as it is until the answer to a Rückfrage is: with it another comes."""
    query = _require_writable(view.statement, by, now)
    _require_sound(told, view.statement, by, now)
    if query and view.query_id != query.pk:
        _leave_out(view, query, expected_version)
        return _add(view.statement, query, told, by, now)
    values = {**told, "organisation": _known_as(told["sender"], by)}
    for name, value in values.items():
        setattr(view, name, value)
    view.save_versioned(expected=expected_version, fields=values)
    _raise_version(query or view.statement, by)
    return view


@transaction.atomic
def remove_view(*, view: ThirdPartyView, expected_version: int, by: User, now: datetime) -> None:
    """The history keeps it."""
    query = _require_writable(view.statement, by, now)
    if query and view.query_id != query.pk:
        _leave_out(view, query, expected_version)
    else:
        row = ThirdPartyView.objects.select_for_update().get(pk=view.pk)
        if row.version != expected_version:
            raise Conflict(current=row)
        row.delete()
    _raise_version(query or view.statement, by)


@transaction.atomic
def keep_view(*, view: ThirdPartyView, by: User, now: datetime) -> None:
    """It does not go with the answer after all."""
    query = _require_writable(view.statement, by, now)
    row = ThirdPartyView.objects.select_for_update().get(pk=view.pk)
    if query and row.left_out_with_id == query.pk:
        row.left_out_with = None
        row.save_versioned(expected=row.version, fields=["left_out_with"])
        _raise_version(query, by)


def _add(
    statement: Statement, query: Query | None, told: Told, by: User, now: datetime
) -> ThirdPartyView:
    _raise_version(query or statement, by)
    return ThirdPartyView.objects.create(
        statement=statement,
        query=query,
        organisation=_known_as(told["sender"], by),
        entered_at=now,
        entered_by=by,
        **told,
    )


def _leave_out(view: ThirdPartyView, query: Query, expected_version: int) -> None:
    if view.left_out_with_id:
        raise Refusal("Diese Sicht entfällt schon mit der Antwort. Bitte laden Sie die Seite neu.")
    view.left_out_with = query
    view.save_versioned(expected=expected_version, fields=["left_out_with"])


def _raise_version(written: Written, by: User) -> None:
    """Whoever has read it before is told; what this person is typing goes on from here."""
    written.save_versioned(expected=written.version, fields=[])
    written.authors.add(by)
    is_reply = isinstance(written, Query)
    statement = written.statement if isinstance(written, Query) else written
    carry_draft(statement=statement, by=by, version=written.version, is_reply=is_reply)


def _require_writable(statement: Statement, by: User, now: datetime) -> Query | None:
    """The Rückfrage that is being answered, if not the statement itself is being written.

    Whoever submits at this moment is waited for, and counts.
    """
    if not by.has_perm("guidelines.edit_statement", statement):
        raise PermissionDenied
    require_running(statement, now)
    statement.refresh_from_db(fields=["state", "version"])
    query = query_in_writing(statement)
    if query is None:
        require_open(statement)
    return query


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
