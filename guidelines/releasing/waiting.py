"""What waits for a head's release: statements and answers to Rückfragen, with what they change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.urls import reverse

from guidelines.answering.sittings import key_of
from guidelines.evidence.pages import show_evidence, with_evidence
from guidelines.evidence.past import cited_before, cited_now
from guidelines.evidence.targets import Target
from guidelines.queries import desk as query_desk
from guidelines.queries.evidence import new_targets, show_proposed
from guidelines.queries.models import Query, Written
from guidelines.queries.pages import changes_of
from guidelines.rounds.models import CheckRound
from guidelines.statements import desk as statement_desk
from guidelines.statements.beside import (
    Told,
    third_parties_among,
    third_party_changes,
    views_changed_with,
)
from guidelines.statements.conditions import acts_as_deputy
from guidelines.statements.differences import Difference, differences
from guidelines.statements.forms import stored_values
from guidelines.statements.models import ReviewNote, Statement
from guidelines.statements.pages import RELATED
from guidelines.statements.past import Former, kind_of, released_before
from ministries.models import User

NOTES = ReviewNote.objects.select_related("criterion__guideline").order_by(
    "criterion__guideline__number", "criterion__code"
)


@dataclass(frozen=True)
class Waiting:
    """`statement` and `notes` as they will read; `changes` is None where nothing was released before."""

    written: Written
    statement: Statement
    notes: Sequence[ReviewNote]
    changes: Sequence[Difference] | None
    released_at: datetime | None
    # i. V.: only as somebody's deputy does this person release it.
    is_deputy: bool
    # Somebody else has written along.
    can_correct: bool
    third_parties: Sequence[Told] = ()

    @property
    def is_reply(self) -> bool:
        return isinstance(self.written, Query)

    @property
    def key(self) -> str:
        return key_of(self.written)

    @property
    def pk(self) -> str:
        """As an address names a statement."""
        return "" if self.is_reply else str(self.written.pk)

    @property
    def html_id(self) -> str:
        return f"{'r' if self.is_reply else 's'}-{self.written.pk}"

    @property
    def name(self) -> str:
        return self.written.guideline_check.partnership.name

    @property
    def authors(self) -> list[str]:
        return sorted(author.name for author in self.written.authors.all())

    @property
    def return_url(self) -> str:
        return self._url_of("return")

    @property
    def correct_url(self) -> str:
        return self._url_of("correct")

    def _url_of(self, act: str) -> str:
        kind = "query" if self.is_reply else "statement"
        return reverse(f"guidelines:{kind}-{act}", args=[self.written.pk])


def rounds_waiting(user: User, day: date) -> QuerySet[CheckRound]:
    rows = statement_desk.to_release(user, day).values("guideline_check__round")
    replies = query_desk.to_release(user, day).values("statement__guideline_check__round")
    return statement_desk.rounds_of(rows) | statement_desk.rounds_of(replies)


def waiting(user: User, day: date) -> list[Written]:
    """By deadline, then by partnership."""
    rows = statement_desk.to_release(user, day).select_related(*RELATED, "submitted_by")
    about = [f"statement__{name}" for name in RELATED]
    replies = query_desk.to_release(user, day).select_related(*about, "submitted_by")
    return sorted([*rows.defer("fact_sheet"), *replies], key=_place)


def _place(written: Written) -> tuple[date, str]:
    return written.deadline, written.guideline_check.partnership.sort_key


def read(rows: Sequence[Written], user: User) -> list[Waiting]:
    """With what each says; the same number of queries, however many there are."""
    statements = [row for row in rows if isinstance(row, Statement)]
    replies = [row for row in rows if isinstance(row, Query)]
    notes, released = (with_evidence(NOTES, user, is_released=is_out) for is_out in (False, True))
    prefetch_related_objects(statements, "authors", Prefetch("review_notes", notes))
    prefetch_related_objects(replies, "authors", Prefetch("statement__review_notes", released))
    former, told = (
        _with_cited(released_before(statements), user),
        third_parties_among([*statements, *(row.statement for row in replies)], user, replies),
    )
    targets, changed = (
        new_targets(replies, user),
        third_party_changes(replies, views_changed_with(replies, user)),
    )
    return [
        _reply(row, told.get(row.statement_id, []), user, targets, changed[row.pk])
        if isinstance(row, Query)
        else _statement(row, former.get(row.pk), told.get(row.pk, []), user)
        for row in rows
    ]


def _with_cited(former: Mapping[int, Former], user: User) -> dict[int, Former]:
    cited = cited_before({pk: one.written_at for pk, one in former.items()}, user)
    return {pk: replace(one, values=one.values | cited[pk]) for pk, one in former.items()}


def _statement(row: Statement, former: Former | None, told: Sequence[Told], user: User) -> Waiting:
    notes = list(row.review_notes.all())
    show_evidence(notes)
    about = _about(row, user)
    if former is None:
        return Waiting(row, row, notes, None, None, *about, told)
    said = stored_values(row, notes) | kind_of(row) | cited_now(notes)
    changes = differences(former.values, said, notes)
    return Waiting(row, row, notes, changes, former.released_at, *about, told)


def _reply(
    row: Query,
    told: Sequence[Told],
    user: User,
    targets: Mapping[str, Target],
    changed: Sequence[Difference],
) -> Waiting:
    notes = list(row.statement.review_notes.all())
    show_evidence(notes)
    changes = [*changes_of(row, notes, user, targets), *changed]
    proposed, released_at = row.proposed_over(notes), row.statement.released_at
    show_proposed(row, notes, notes, targets)
    return Waiting(row, proposed, notes, changes, released_at, *_about(row, user), told)


def _about(row: Written, user: User) -> tuple[bool, bool]:
    is_deputy = acts_as_deputy(user, row.ministry_id)
    return is_deputy, user.has_perm("guidelines.correct_statement", row)
