"""Records cited at the answers of a statement, and what a release keeps of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models.functions import JSONObject

from guidelines.evidence.models import CITED, Evidence, EvidenceQuerySet
from guidelines.evidence.pages import cited_rows
from guidelines.evidence.targets import Target, as_cited, citable, pks_in
from guidelines.statements.models import ReviewNote, Statement
from ministries.models import User
from ui.errors import Refusal


@dataclass(frozen=True)
class Ticks:
    """What ticking changes at the answers of a statement."""

    added: Sequence[Evidence]
    removed: Collection[int]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def keep(self) -> None:
        if self.removed:
            Evidence.objects.filter(pk__in=self.removed).delete()
        Evidence.objects.bulk_create(self.added)


def ticks_of(
    statement: Statement,
    notes: Sequence[ReviewNote],
    chosen: Mapping[int, Collection[str]],
    *,
    by: User,
    now: datetime,
    offered: Collection[str] | None = None,
) -> Ticks:
    """`chosen`: criterion id to the keys of its records; criteria left out stay as they are.

    The notes come with the evidence that this person may see: what they may not see was not
    offered to them, so it stays. `offered` are the keys that `citable` has found just before.
    """
    asked = [note for note in notes if note.criterion_id in chosen]
    before = {(note.pk, key): pk for note in asked for key, pk in cited_rows(note)}
    wanted = {(note.pk, key): note for note in asked for key in chosen[note.criterion_id]}
    new = [(note, place[1]) for place, note in wanted.items() if place not in before]
    added = _evidence(statement, new, by, now, offered)
    return Ticks(added, [pk for place, pk in before.items() if place not in wanted])


def tick(note: ReviewNote, key: str, *, by: User, now: datetime) -> None:
    """One more, that nobody has cited before."""
    Ticks(_evidence(note.statement, [(note, key)], by, now), ()).keep()


def cite_anew(
    statement: Statement,
    notes: Sequence[ReviewNote],
    wanted: Mapping[int, Collection[str]],
    *,
    by: User,
    now: datetime,
) -> None:
    """In a new version of what is released: exactly these, by criterion id.

    What stays keeps its wording. Whoever releases it need not see all that the author could.
    """
    asked = {note.pk: note for note in notes}
    before = list(Evidence.objects.filter(review_note__in=asked))
    kept = {(row.review_note_id, row.key) for row in before}
    places = {(note.pk, key) for note in notes for key in wanted[note.criterion_id]}
    new = [(asked[pk], key) for pk, key in sorted(places - kept)]
    added = _evidence(statement, new, by, now, _existing([key for _, key in new]))
    removed = [row.pk for row in before if (row.review_note_id, row.key) not in places]
    Ticks(added, removed).keep()
    _fix(Evidence.objects.filter(pk__in=[row.pk for row in added]))


def cite_as_before(
    pairs: Sequence[tuple[ReviewNote, ReviewNote]], *, by: User, now: datetime
) -> None:
    """At each first answer what the second rests on, as far as this person sees it in use."""
    cited: dict[int, list[dict[str, Any]]] = {}
    rows = Evidence.objects.of_seen(by).in_use()
    for row in rows.filter(review_note__in=[last for _, last in pairs]).order_by("pk"):
        record = {f"{name}_id": getattr(row, f"{name}_id") for name in CITED}
        cited.setdefault(row.review_note_id, []).append(record)
    new = [
        Evidence(review_note=note, added_at=now, added_by=by, **record)
        for note, last in pairs
        for record in cited.get(last.pk, ())
    ]
    # What was ticked there already stays.
    Evidence.objects.bulk_create(new, ignore_conflicts=True)


def _existing(keys: Collection[str]) -> set[str]:
    found = {
        name: model._base_manager.filter(pk__in=pks_in(keys, name)).values_list("pk", flat=True)
        for name, model in CITED.items()
    }
    return {f"{name}-{pk}" for name, rows in found.items() for pk in rows}


def fix_wordings(statement: Statement) -> None:
    """As each record reads today, and from whom it is hidden: what is released stays so."""
    _fix(Evidence.objects.of_statement(statement.pk))


def _fix(evidence: EvidenceQuerySet) -> None:
    rows = list(evidence.annotate(told=JSONObject(**as_cited())))
    for row in rows:
        target = Target.of(row.key, row.told)
        row.wording, row.withheld_from = target.words, target.withheld_from
    Evidence.objects.bulk_update(rows, ["wording", "withheld_from"])


def _evidence(
    statement: Statement,
    cited: Sequence[tuple[ReviewNote, str]],
    by: User,
    now: datetime,
    offered: Collection[str] | None = None,
) -> list[Evidence]:
    if cited and offered is None:
        offered = {target.key for target in citable(statement, by)}
    found = []
    for note, key in cited:
        if key not in (offered or ()):
            raise Refusal(
                f"Einer der Nachweise zu Frage {note.criterion.code} steht nicht mehr zur Wahl. "
                "Wählen Sie bitte neu."
            )
        kind, _, pk = key.partition("-")
        about = {f"{kind}_id": int(pk), "added_at": now, "added_by": by}
        found.append(Evidence(review_note=note, **about))
    return found
