"""What the answer to a Rückfrage cites: kept with its text, settled when it is released."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from guidelines.evidence.forms import PREFIX, joined
from guidelines.evidence.models import Evidence
from guidelines.evidence.pages import Cited
from guidelines.evidence.past import in_words
from guidelines.evidence.targets import Target, targets_named
from guidelines.evidence.ticks import cite_anew
from guidelines.queries.models import Query
from guidelines.statements.models import ReviewNote
from ministries.models import User
from ui.errors import Refusal


def cited_in(values: Mapping[str, str]) -> dict[int, set[str]]:
    """Criterion id to the keys of all it will cite, where that is not what is released."""
    return {
        int(name.removeprefix(PREFIX)): set(text.split())
        for name, text in values.items()
        if name.startswith(PREFIX)
    }


def keys_in(values: Mapping[str, str]) -> set[str]:
    return set().union(*cited_in(values).values())


def ticked(
    query: Query, chosen: Mapping[int, Collection[str]], offered: Collection[str]
) -> dict[str, str]:
    """What `values` keeps of these ticks; criteria left out stay as they are.

    What this person may not see was not offered to them, so it stays.
    """
    written = cited_in(query.values)
    if not chosen:
        return {f"{PREFIX}{criterion}": joined([*keys]) for criterion, keys in written.items()}
    released, wanted = _released(query), dict(written)
    for criterion, keys in chosen.items():
        if not set(keys) <= set(offered):
            raise Refusal("Einer der Nachweise steht nicht mehr zur Wahl. Wählen Sie bitte neu.")
        before = written.get(criterion, released.get(criterion, set()))
        wanted[criterion] = {*keys, *(before - set(offered))}
    return {
        f"{PREFIX}{criterion}": joined([*keys])
        for criterion, keys in wanted.items()
        if keys != released.get(criterion, set())
    }


def new_targets(queries: Iterable[Query], user: User) -> dict[str, Target]:
    """Of what these answers cite, what this person may see; one query, if there is anything."""
    keys = set().union(*(keys_in(query.values) for query in queries))
    return targets_named(keys, user) if keys else {}


def will_cite(query: Query, note: ReviewNote, targets: Mapping[str, Target]) -> Sequence[Cited]:
    """What this answer rests on once it is released; the note shows what it rests on now."""
    keys = cited_in(query.values).get(note.criterion_id)
    if keys is None:
        return note.cited
    known = {one.key for one in note.cited}
    new = [targets[key] for key in sorted(keys - known) if key in targets]
    kept = [one for one in note.cited if one.key in keys]
    return [*kept, *(Cited(one.key, one.words, _warning(one, query)) for one in new)]


def show_proposed(
    query: Query,
    notes: Iterable[ReviewNote],
    released: Iterable[ReviewNote],
    targets: Mapping[str, Target],
) -> None:
    """Puts `cited` on the notes of the new version."""
    found = {note.pk: will_cite(query, note, targets) for note in released}
    for note in notes:
        note.cited = found[note.pk]


def words_of_proposed(
    query: Query, notes: Iterable[ReviewNote], targets: Mapping[str, Target]
) -> dict[str, str]:
    """The same under the names of the form."""
    return {
        f"{PREFIX}{note.criterion_id}": in_words(
            [one.words for one in will_cite(query, note, targets)]
        )
        for note in notes
    }


def settle(query: Query, notes: Sequence[ReviewNote], *, now: datetime) -> None:
    """With the release: cited by whoever has submitted it, in the wording of today."""
    wanted, by = cited_in(query.values), query.submitted_by
    asked = [note for note in notes if note.criterion_id in wanted]
    if asked and by:
        cite_anew(query.statement, asked, wanted, by=by, now=now)


def _released(query: Query) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = Evidence.objects.of_statement(query.statement_id).select_related("review_note")
    for row in rows:
        found.setdefault(row.review_note.criterion_id, set()).add(row.key)
    return found


def _warning(target: Target, query: Query) -> str:
    """Outside its circle nobody reads of a confidential partnership."""
    if query.guideline_check.partnership.is_confidential:
        target = target._replace(is_open=target.is_coordinated)
    return target.warning
