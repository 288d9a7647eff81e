"""What house and coordination write to each other about more time."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.urls import reverse

from guidelines.extensions.models import ExtensionRequest
from guidelines.rounds.request_text import name_of, signature, statements_url
from ministries.mail import outbox
from ministries.models import Ministry, Notification
from ui.dates import german_date


def send_requests(requests: Iterable[ExtensionRequest], chancellery: Ministry | None) -> None:
    """The reason stays in Brücke, where only the coordination reads it."""
    if chancellery and chancellery.mailbox:
        letters = (_request(rows, chancellery.mailbox) for rows in _by_letter(requests))
        outbox.post_all(letters)


def send_answers(answered: Iterable[ExtensionRequest]) -> None:
    """One letter to each house of a round, with what it gets and what it does not."""
    reachable = [row for row in answered if row.statement.ministry.mailbox]
    outbox.post_all(map(_answers, _by_letter(reachable)))


def _by_letter(requests: Iterable[ExtensionRequest]) -> Iterator[list[ExtensionRequest]]:
    def letter_of(row: ExtensionRequest) -> tuple[int, int]:
        return row.statement.ministry_id, row.statement.guideline_check.round_id

    by_name = sorted(requests, key=lambda r: r.statement.guideline_check.partnership.sort_key)
    for _, rows in groupby(sorted(by_name, key=letter_of), key=letter_of):
        yield list(rows)


def _request(requests: Sequence[ExtensionRequest], mailbox: str) -> outbox.Letter:
    first = requests[0]
    house, check_round = first.statement.ministry, first.statement.guideline_check.round
    names = "\n".join(f"- {name_of(row.statement)}" for row in requests)
    return outbox.Letter(
        to=mailbox,
        kind=Notification.Kind.REQUEST,
        subject=f"{check_round}: {house.abbreviation} bittet um Fristverlängerung",
        body=(
            f"Guten Tag,\n\ndas {house.abbreviation} bittet im {check_round} um Fristverlängerung "
            f"bis zum {german_date(first.wished_on)} zu:\n{names}\n\n"
            "Die Begründung steht in Brücke. Bis zu Ihrer Antwort gilt die bisherige Frist."
        ),
        link=reverse("guidelines:extensions", args=[check_round.slug]),
    )


def _answers(requests: Sequence[ExtensionRequest]) -> outbox.Letter:
    statement = requests[0].statement
    check_round = statement.guideline_check.round
    parts = {
        "Gewährt wie erbeten": [r for r in requests if r.granted_on == r.wished_on],
        "Mit einem anderen Tag gewährt": [
            r for r in requests if r.granted_on not in (None, r.wished_on)
        ],
        "Nicht gewährt, es bleibt bei der bisherigen Frist": [
            r for r in requests if r.granted_on is None
        ],
    }
    told = "\n\n".join(
        f"{title}:\n" + "\n".join(map(_line, rows)) for title, rows in parts.items() if rows
    )
    return outbox.Letter(
        to=statement.ministry.mailbox,
        kind=Notification.Kind.REQUEST,
        subject=f"{check_round}: Antwort auf Ihre Bitte um Fristverlängerung",
        body=(
            f"Guten Tag,\n\nzu Ihrer Bitte um Fristverlängerung im {check_round} antwortet die "
            f"Staatskanzlei:\n\n{told}\n\n{signature()}"
        ),
        link=statement.get_absolute_url() if len(requests) == 1 else statements_url(check_round),
    )


def _line(request: ExtensionRequest) -> str:
    """A mailbox has many readers: what is said of something confidential stays in Brücke."""
    statement = request.statement
    day = request.granted_on or statement.deadline
    is_told = not statement.guideline_check.partnership.is_confidential
    remark = f". {request.remark}" if request.remark and is_told else ""
    return f"- {name_of(statement)}: {german_date(day)}{remark}"
