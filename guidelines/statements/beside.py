"""Views of third parties beside a statement, and what an answer to a Rückfrage changes of them."""

from collections.abc import Iterable, Sequence

from guidelines.queries.models import Query
from guidelines.statements.differences import Difference
from guidelines.statements.models import Statement
from guidelines.third_parties.models import ThirdPartyView
from ministries.models import User
from partnerships.records.shared.forms import fewer_readers
from ui.conflicts import marked

# A view of a third party, and who alone reads it because of its document, where that is few.
Told = tuple[ThirdPartyView, str]
Changed = list[ThirdPartyView]


def third_parties_of(statement: Statement, user: User, reply: Query | None = None) -> list[Told]:
    """With `reply` as they will be once that answer is released."""
    if not getattr(statement, "has_third_parties", True):
        return []
    replies = [reply] if reply else []
    return third_parties_among([statement], user, replies).get(statement.pk, [])


def third_parties_among(
    statements: Iterable[Statement], user: User, replies: Iterable[Query] = ()
) -> dict[int, list[Told]]:
    """By statement id; one query, however many there are."""
    found: dict[int, list[Told]] = {}
    views = ThirdPartyView.objects.visible_to(user).counted(replies).with_organisation(user)
    for view in views.filter(statement__in=list(statements)).select_related("document"):
        found.setdefault(view.statement_id, []).append((view, fewer_readers(view.document)))
    return found


def views_changed_with(queries: Sequence[Query], user: User) -> Changed:
    """What these answers bring and what goes with them, for the house that gives them."""
    if not queries:
        return []
    rows = ThirdPartyView.objects.changed_with(queries, user)
    return list(rows.select_related("document"))


def left_out_of(query: Query, changed: Iterable[ThirdPartyView]) -> Changed:
    """What will go with the answer, as long as it can still be kept."""
    if not query.is_unanswered:
        return []
    return [view for view in changed if view.left_out_with_id == query.pk]


def third_party_changes(
    queries: Iterable[Query], changed: Iterable[ThirdPartyView]
) -> dict[int, list[Difference]]:
    """By the id of the Rückfrage; what was withdrawn changes nothing."""
    before: dict[int, dict[str, str]] = {query.pk: {} for query in queries}
    after: dict[int, dict[str, str]] = {pk: {} for pk in before}
    over = {query.pk for query in queries if query.withdrawn_at}
    for view in changed:
        for texts, pk in ((before, view.left_out_with_id), (after, view.query_id)):
            if pk in texts and pk not in over:
                texts[pk][str(view)] = _said(view)
    return {pk: _differences(before[pk], after[pk]) for pk in before}


def _differences(before: dict[str, str], after: dict[str, str]) -> list[Difference]:
    return [
        Difference(
            f"Sicht eines Dritten: {name}", *marked(before.get(name, ""), after.get(name, ""))
        )
        for name in {**before, **after}
    ]


def _said(view: ThirdPartyView) -> str:
    document = f"Dokument: {view.document.title}" if view.document else ""
    return "\n".join(filter(None, (view.text, document)))
