"""Many statements at once: each is saved or submitted by itself, and told by itself."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from guidelines.answering.sittings import Row, typed_ticks
from guidelines.statements.actions import save_statement, submit
from guidelines.statements.draft_actions import discard_drafts, keep_draft
from guidelines.statements.models import Statement
from guidelines.statements.past import stored_in_version
from guidelines.states.done import Done, attempt
from ministries.models import User


@dataclass(frozen=True)
class Typed:
    """A row of the table as somebody sends it, begun with that version."""

    row: Row
    values: Mapping[str, str]
    vote_until_on: date | None
    version: int
    confirmed: Collection[int] = ()
    # Whether the row showed a draft, which is thrown away where its text is typed back.
    showed_draft: bool = False

    @property
    def has_changed(self) -> bool:
        """Compared with what the page has shown, not with what a colleague has saved since."""
        statement = self.row.statement
        if self.confirmed:
            return True
        if self.version == statement.version:
            return dict(self.values) != dict(self.row.stored)
        return dict(self.values) != stored_in_version(statement, self.version)


def save_table(*, typed: Iterable[Typed], by: User, now: datetime) -> Done[Statement]:
    """What cannot be saved is kept as this person's draft; nothing typed is lost."""
    done: Done[Statement] = Done()
    unchanged = []
    rows = list(typed)
    ticked = typed_ticks([one.row.statement for one in rows], by)
    for one in rows:
        statement = one.row.statement
        if not one.has_changed:
            unchanged += [statement] if one.showed_draft else []
        elif not attempt(done, statement, partial(_save, one, by, now)):
            keep_draft(
                statement=statement,
                data={**one.values, **ticked.get(statement.pk, {})},
                based_on_version=one.version,
                by=by,
                now=now,
            )
    discard_drafts(statements=unchanged, by=by)
    for statement in (*done.acted, *unchanged):
        if data := ticked.get(statement.pk):
            keep_draft(
                statement=statement,
                data=data,
                based_on_version=statement.version,
                by=by,
                now=now,
            )
    return done


def submit_all(
    *, chosen: Sequence[tuple[Statement, int]], by: User, now: datetime
) -> Done[Statement]:
    """`chosen`: statements with the version that was read before submitting."""
    done: Done[Statement] = Done()
    for statement, version in chosen:
        act = partial(submit, statement=statement, by=by, now=now, expected_version=version)
        attempt(done, statement, act)
    return done


def _save(typed: Typed, by: User, now: datetime) -> None:
    notes = typed.row.notes
    save_statement(
        statement=typed.row.statement,
        answers={note.criterion_id: typed.values[f"answer_{note.criterion_id}"] for note in notes},
        reasons={note.criterion_id: typed.values[f"reason_{note.criterion_id}"] for note in notes},
        vote=typed.values["vote"],
        vote_until_on=typed.vote_until_on,
        key_message=typed.values["key_message"],
        confirmed=typed.confirmed,
        expected_version=typed.version,
        by=by,
        now=now,
    )
