"""What the coordination writes to a house: plain text for its functional mailbox."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet

from guidelines.queries.models import Query
from guidelines.rounds.models import CheckRound
from guidelines.rounds.request_text import name_of, signature, statements_url
from guidelines.statements.models import Statement
from guidelines.states.tables import StatementState
from ministries.mail import outbox
from ministries.models import Ministry, Notification
from ui.dates import german_date


def unreachable(houses: Iterable[Ministry]) -> list[tuple[str, str]]:
    """Whom none of these letters reaches, for the page that has them sent."""
    names = dict.fromkeys(house.abbreviation for house in houses if not house.mailbox)
    label = "Ohne Funktionspostfach, bitte anders unterrichten"
    return [(label, ", ".join(names))] if names else []


def joining(statements: Sequence[Statement], chancellery: Ministry) -> outbox.Letter:
    """To the coordination: a house takes part that it had not asked."""
    check_round, house = statements[0].guideline_check.round, statements[0].ministry
    names = ", ".join(name_of(statement) for statement in statements)
    return outbox.Letter(
        to=chancellery.mailbox,
        kind=Notification.Kind.REQUEST,
        subject=f"{check_round}: {house.abbreviation} beteiligt sich",
        body=(
            f"Guten Tag,\n\ndas {house.abbreviation} beteiligt sich auf eigenen Wunsch am "
            f"{check_round}: {names}."
        ),
        link=f"{check_round.get_absolute_url()}?ministry={house.slug}",
    )


def send_query(query: Query) -> None:
    """The question itself stays in Brücke, where only the house reads it."""
    name = name_of(query.statement)
    _send(
        query.statement,
        subject=f"{query.guideline_check.round}: Rückfrage zur Stellungnahme ({name})",
        text=(
            f"die Staatskanzlei hat eine Rückfrage zu Ihrer Stellungnahme ({name}) und bittet um "
            f"Antwort bis zum {german_date(query.due_on)}. Was freigegeben ist, gilt, bis Ihr Haus "
            "die Antwort freigibt. Die Rückfrage steht in Brücke."
        ),
        link=query.get_absolute_url(),
    )


def send_withdrawals(queries: Iterable[Query]) -> None:
    """One letter to each house, however many there are."""
    reachable = sorted(
        (query for query in queries if query.statement.ministry.mailbox),
        key=lambda row: (row.ministry_id, row.guideline_check.partnership.sort_key),
    )
    outbox.post_all(
        _withdrawal(list(rows)) for _, rows in groupby(reachable, key=attrgetter("ministry_id"))
    )


def _withdrawal(queries: Sequence[Query]) -> outbox.Letter:
    first, is_one = queries[0], len(queries) == 1
    names = [name_of(query.statement) for query in queries]
    what = (
        "ihre Rückfrage zu Ihrer Stellungnahme"
        if is_one
        else "ihre Rückfragen zu Ihren Stellungnahmen"
    )
    rows = "\n".join(
        f"- {name} (vom {german_date(query.asked_at)})"
        for name, query in zip(names, queries, strict=True)
    )
    return _letter(
        first.statement,
        subject=f"{first.guideline_check.round}: Rückfrage zurückgenommen ({_which(names)})",
        text=(
            f"die Staatskanzlei hat {what} zurückgenommen:\n{rows}\n\nWas freigegeben ist, gilt; "
            "es ist nichts weiter zu tun."
        ),
        link=first.get_absolute_url() if is_one else statements_url(first.guideline_check.round),
    )


def send_extension(statements: Sequence[Statement], due_on: date) -> None:
    check_round = statements[0].guideline_check.round
    names = ", ".join(name_of(statement) for statement in statements)
    _send(
        statements[0],
        subject=f"{check_round}: neue Frist {german_date(due_on)}",
        text=f"die Frist für {names} ist jetzt der {german_date(due_on)}.",
    )


def send_closing(missing: Iterable[Statement]) -> None:
    """One letter to each house that has given none; no word of what follows."""
    reachable = sorted(
        (statement for statement in missing if statement.ministry.mailbox),
        key=lambda row: (row.ministry_id, row.guideline_check.partnership.sort_key),
    )
    outbox.post_all(
        _closing(list(statements))
        for _, statements in groupby(reachable, key=attrgetter("ministry_id"))
    )


def _closing(statements: Sequence[Statement]) -> outbox.Letter:
    first, names = statements[0], [name_of(statement) for statement in statements]
    check_round, is_one = first.guideline_check.round, len(statements) == 1
    rows = "\n".join(f"- {name}" for name in names)
    return outbox.Letter(
        to=first.ministry.mailbox,
        kind=Notification.Kind.REQUEST,
        subject=f"{check_round}: Zulieferung geschlossen ({_which(names)})",
        body=(
            f"Guten Tag,\n\n"
            f"die Zulieferung zum {check_round} ist geschlossen. Eine freigegebene Stellungnahme "
            f"des {first.ministry.abbreviation} liegt nicht vor zu:\n{rows}\n\n"
            f"In der Übersicht steht dort „keine Stellungnahme“. Soll noch etwas nachgereicht "
            f"werden, wenden Sie sich bitte an die Koordinierung.\n\n{signature()}"
        ),
        link=first.get_absolute_url()
        if is_one
        else statements_url(check_round, state="no_statement"),
    )


def asked_houses(check_round: CheckRound) -> QuerySet[Ministry]:
    asked = Statement.objects.asked().filter(guideline_check__round=check_round)
    return Ministry.objects.filter(statements__in=asked).distinct().in_protocol_order()


def send_break_off(check_round: CheckRound, known_as: str) -> None:
    """To each asked house, under the name of the round that it knows."""
    outbox.post_all(
        outbox.Letter(
            to=house.mailbox,
            kind=Notification.Kind.REQUEST,
            subject=f"{known_as} abgebrochen",
            body=(
                f"Guten Tag,\n\nder {known_as} ist abgebrochen. Begründung:\n\n"
                f"{check_round.broken_off_reason}\n\n"
                f"Das {house.abbreviation} muss dazu nichts mehr abgeben. Was freigegeben ist, "
                f"bleibt lesbar wie bisher; Entwürfe bleiben in Ihrem Haus.\n\n{signature()}"
            ),
            link=check_round.get_absolute_url(),
        )
        for house in asked_houses(check_round).exclude(mailbox="")
    )


def send_taken_out(check_round: CheckRound, statements: Iterable[Statement]) -> None:
    """The reason is read in Brücke, where a confidential partnership has its name."""
    outbox.post_all(
        _letter(
            row,
            subject=f"{check_round}: {name_of(row)} nicht mehr dabei",
            text=(
                f"{name_of(row)} ist nicht mehr im {check_round}. {_left_behind(row)} Den Grund "
                "lesen Sie in Brücke."
            ),
        )
        for row in statements
        if row.ministry.mailbox
    )


def _left_behind(row: Statement) -> str:
    if row.state == StatementState.RELEASED:
        return "Was Ihr Haus dazu freigegeben hat, bleibt lesbar wie bisher; es ist nichts zu tun."
    return (
        f"Eine Stellungnahme des {row.ministry.abbreviation} dazu wird nicht mehr gebraucht; was "
        "entworfen ist, bleibt in Ihrem Haus."
    )


def send_house_taken_out(statements: Sequence[Statement]) -> None:
    """To the one house; the reason is read in Brücke, over each statement."""
    first, names = statements[0], [name_of(statement) for statement in statements]
    check_round, is_one = first.guideline_check.round, len(statements) == 1
    rows = "\n".join(f"- {name}" for name in names)
    _send(
        first,
        subject=f"{check_round}: nicht mehr beteiligt ({_which(names)})",
        text=(
            f"eine Stellungnahme des {first.ministry.abbreviation} im {check_round} wird nicht "
            f"mehr gebraucht zu:\n{rows}\n\nWas geschrieben ist, bleibt in Ihrem Haus. Den Grund "
            "lesen Sie in Brücke."
        ),
        link="" if is_one else statements_url(check_round, state="not_involved"),
    )


def send_taken_in(check_round: CheckRound, statements: Iterable[Statement]) -> None:
    """To all who were told that it had left; asked again is who owes something."""
    outbox.post_all(
        _letter(
            row,
            subject=f"{check_round}: {name_of(row)} wieder dabei",
            text=f"{name_of(row)} ist wieder im {check_round}. {_asked_again(row)}",
        )
        for row in statements
        if row.ministry.mailbox
    )


def _asked_again(row: Statement) -> str:
    if row.state == StatementState.RELEASED:
        return "Was Ihr Haus dazu freigegeben hat, gilt; es ist nichts zu tun."
    if row.is_closed:
        return "Die Zulieferung dazu ist geschlossen; es ist nichts zu tun."
    until = german_date(row.deadline)
    return f"Eine Stellungnahme des {row.ministry.abbreviation} dazu wird bis zum {until} erbeten."


def send_reopening(statements: Iterable[Statement]) -> None:
    """To each house that may file again; the reason is read in Brücke, by the house alone."""
    outbox.post_all(_reopening(statement) for statement in statements if statement.ministry.mailbox)


def _reopening(statement: Statement) -> outbox.Letter:
    name, check_round = name_of(statement), statement.guideline_check.round
    return _letter(
        statement,
        subject=f"{check_round}: Zulieferung wieder geöffnet ({name})",
        text=(
            f"die Zulieferung zum {check_round} ist für {name} wieder geöffnet. Eine "
            f"Stellungnahme des {statement.ministry.abbreviation} kann bis zum "
            f"{german_date(statement.deadline)} freigegeben werden. Den Grund lesen Sie in Brücke "
            "über der Stellungnahme."
        ),
    )


def _send(statement: Statement, *, subject: str, text: str, link: str = "") -> None:
    if statement.ministry.mailbox:
        outbox.post_all([_letter(statement, subject=subject, text=text, link=link)])


def _letter(statement: Statement, *, subject: str, text: str, link: str = "") -> outbox.Letter:
    return outbox.Letter(
        to=statement.ministry.mailbox,
        kind=Notification.Kind.REQUEST,
        subject=subject,
        body=f"Guten Tag,\n\n{text}\n\n{signature()}",
        link=link or statement.get_absolute_url(),
    )


def _which(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} Partnerschaften"
