"""Mails about questions inside a house: to the people who ask and answer, without a word of text."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from django.urls import reverse

from guidelines.delegations.models import Delegation
from guidelines.rounds.request_text import name_of, statements_url
from guidelines.statements.models import Statement
from ministries.mail import outbox
from ministries.models import Notification, User
from ui.dates import german_date


def tell_asked(delegations: Sequence[Delegation]) -> None:
    """Given at once: one question, one addressee, one deadline. A mailbox is written to by hand."""
    first = delegations[0]
    if first.person is None:
        return
    check_round = first.statement.guideline_check.round
    outbox.post(
        to=first.person,
        kind=Notification.Kind.REQUEST,
        subject=f"{check_round}: Zuarbeit bis {german_date(first.due_on)}",
        body=(
            f"Guten Tag,\n\nIhr Haus bittet Sie um eine Zuarbeit zum {check_round}, bis zum "
            f"{german_date(first.due_on)}:\n\n{_list(delegations)}\n\nIhre Antwort geben Sie in "
            "Brücke; nur Ihr Haus liest sie."
        ),
        link=reverse("guidelines:delegations"),
    )


def tell_answered(delegations: Iterable[Delegation], *, by: User) -> None:
    """Each of those who asked hears once what has come back."""
    for asker, group in _by(delegations, "given_by"):
        if asker != by:
            _post(asker, group, "Zuarbeit liegt vor", "auf Ihre Fragen ist geantwortet")


def tell_withdrawn(delegations: Iterable[Delegation]) -> None:
    """They need not answer any more."""
    for person, group in _by((row for row in delegations if row.person), "person"):
        _post(person, group, "Zuarbeit nicht mehr nötig", "nicht mehr nötig ist Ihre Zuarbeit")


def _by(delegations: Iterable[Delegation], name: str) -> list[tuple[User, list[Delegation]]]:
    rows = sorted(delegations, key=lambda row: (getattr(row, f"{name}_id"), row.pk))
    return [(person, list(group)) for person, group in groupby(rows, key=attrgetter(name))]


def _post(person: User, group: Sequence[Delegation], subject: str, text: str) -> None:
    """Of what they may still know: whoever has left the house hears nothing more."""
    known = Statement.objects.of_houses(person).filter(pk__in=[row.statement_id for row in group])
    keys = set(known.values_list("pk", flat=True)) if person.is_active else set()
    delegations = [row for row in group if row.statement_id in keys]
    if not delegations:
        return
    statement = delegations[0].statement
    is_one = len({row.statement_id for row in delegations}) == 1
    is_asker = person == delegations[0].given_by
    several = statements_url(statement.guideline_check.round)
    to_statement = statement.get_absolute_url() if is_one else several
    outbox.post(
        to=person,
        kind=Notification.Kind.REQUEST,
        subject=f"{statement.guideline_check.round}: {subject}",
        body=f"Guten Tag,\n\n{text}:\n\n{_list(delegations)}",
        link=to_statement if is_asker else reverse("guidelines:delegations"),
    )


def _list(delegations: Sequence[Delegation]) -> str:
    """The question once, then the partnerships; a confidential one is not named in a mail."""
    rows = sorted(delegations, key=lambda row: (row.criterion.code, row.pk))
    told = []
    for criterion, group in groupby(rows, key=attrgetter("criterion")):
        names = [f"- {name_of(row.statement)}" for row in group]
        told.append("\n".join([f"Frage {criterion.code}: {criterion.question}", *names]))
    return "\n\n".join(told)
