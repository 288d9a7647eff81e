"""What the page of a Rückfrage shows around its answer."""

from collections.abc import Mapping
from datetime import date

from guidelines.evidence.forms import PREFIX
from guidelines.evidence.past import cited_in_version, cited_now, evidence_in_version, in_words
from guidelines.evidence.targets import Target, targets_named
from guidelines.queries.evidence import cited_in, keys_in, words_of_proposed
from guidelines.queries.models import Query
from guidelines.statements.differences import Difference, differences
from guidelines.statements.forms import stored_values
from guidelines.statements.models import ReviewNote
from guidelines.statements.pages import Offers
from guidelines.statements.past import stored_in_version
from guidelines.states.tables import QueryState
from guidelines.states.transitions import fits
from ministries.history.tracking import events_of
from ministries.models import User
from ministries.working_days import working_days_between
from ui.dates import german_date


def days_left(query: Query, day: date) -> int | None:
    return working_days_between(day, query.due_on) if query.is_unanswered else None


def can_reply(query: Query, user: User, day: date) -> bool:
    return (
        query.state == QueryState.OPEN
        and query.statement.is_awaited(day)
        and user.has_perm("guidelines.edit_statement", query)
    )


def query_offers(query: Query, user: User, day: date) -> Offers:
    """The same acts as on the page of a statement, all of them about the answer."""
    submitted = fits(query, "answer") and query.statement.is_awaited(day)
    is_head = user.has_perm("guidelines.return_statement", query)
    releases = submitted and user.has_perm("guidelines.release_statement", query)
    writes = user.has_perm("guidelines.edit_statement", query)
    return Offers(
        take_back=submitted and writes and not releases,
        release=releases,
        correct=releases and user.has_perm("guidelines.correct_statement", query),
        send_back=submitted and is_head,
        record_release=submitted and user.has_perm("guidelines.record_release", query),
        withdraw=False,
        query=False,
        needs_other_head=submitted and is_head and not releases,
    )


def changes_of(
    query: Query, notes: list[ReviewNote], user: User, targets: Mapping[str, Target]
) -> list[Difference]:
    """The answer against what was released before it; what was withdrawn changes nothing.

    The notes show what is cited, `targets` are the records that the answer cites.
    """
    if query.state == QueryState.WITHDRAWN:
        return []
    statement = query.statement
    if query.answered_version is None:
        before = stored_values(statement, notes) | cited_now(notes)
        cited = words_of_proposed(query, notes, targets)
        return differences(before, {**before, **query.values, **cited}, notes)
    former, new = (
        stored_in_version(statement, version) | cited_in_version(statement, version, user)
        for version in (query.answered_version - 1, query.answered_version)
    )
    return differences(former, new, notes)


def corrections_of(query: Query, notes: list[ReviewNote], user: User) -> list[Difference]:
    """What whoever released the answer changed in the same act; records read as today."""
    if query.answered_version is None or query.answered_by not in query.authors.all():
        return []
    versions = (query.version - 2, query.version - 1)
    events = events_of(Query).filter(
        pgh_obj=query.pk, version__in=versions, state=QueryState.SUBMITTED
    )
    said = [event.values | {"reply": event.reply} for event in events.order_by("version")]
    if len(said) < 2:
        return []
    statement, version = query.statement, query.answered_version - 1
    base = stored_in_version(statement, version)
    if any(map(cited_in, said)):
        base |= evidence_in_version(statement, version)
    texts = [base | text for text in said]
    known = targets_named(set().union(*map(keys_in, texts)), user)
    before, after = (_with_words(text, known) for text in texts)
    return differences(before, after, notes)


def _with_words(text: Mapping[str, str], known: Mapping[str, Target]) -> dict[str, str]:
    cited = {
        name: in_words([known[key].words for key in keys.split() if key in known])
        for name, keys in text.items()
        if name.startswith(PREFIX)
    }
    return {**text, **cited}


def reply_audience(query: Query) -> str:
    if query.state == QueryState.ANSWERED:
        return (
            "Die neue Fassung liest, wer die Stellungnahme liest; Rückfrage und Antwort nur Ihr "
            "Haus und die Koordinierung."
        )
    if query.state == QueryState.WITHDRAWN:
        return "Nur Ihr Haus und die Koordinierung; was begonnen war, nur Ihr Haus."
    released = german_date(query.statement.released_at)
    return (
        f"Nur Ihr Haus. Bis zur Freigabe der Antwort lesen alle anderen die Fassung vom {released}."
    )
