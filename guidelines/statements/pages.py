"""What the pages of a statement show around its text: place in the round, facts, who sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from guidelines.collection.models import Reopening
from guidelines.delegations.models import Delegation
from guidelines.evidence.pages import show_evidence, with_evidence
from guidelines.extensions.models import ExtensionRequest
from guidelines.queries.models import Query
from guidelines.statements.differences import Difference, differences
from guidelines.statements.drafts import StatementDraft
from guidelines.statements.fact_sheets import facts_beside
from guidelines.statements.forms import stored_values
from guidelines.statements.models import ReviewNote, Statement
from guidelines.statements.past import corrected_at_release
from guidelines.statements.querysets import StatementQuerySet
from guidelines.statements.taking_over import has_earlier
from guidelines.states.tables import ExtensionState, StatementState
from guidelines.states.transitions import fits
from guidelines.third_parties.models import ThirdPartyView
from ministries.clock import today
from ministries.models import User
from partnerships.register.partners.facts import as_json

RELATED = (
    "ministry",
    "guideline_check__round",
    "guideline_check__partnership",
    "guideline_check__decision",
)
TOLD_OF_EXTENSION = (
    *("id", "state", "wished_on", "reason", "asked_at"),
    *("granted_on", "remark", "answered_at"),
)


def readable(user: User) -> StatementQuerySet:
    """With `has_reopening` and the like: pages look for these only where there are any."""
    reopenings = Reopening.objects.filter(guideline_check=OuterRef("guideline_check"))
    third_parties = ThirdPartyView.objects.filter(statement=OuterRef("pk"))
    drafts = StatementDraft.objects.visible_to(user).of_statements()
    authors = Statement.authors.through.objects.filter(statement=OuterRef("pk"))
    asked_time = ExtensionRequest.objects.filter(statement=OuterRef("pk"))
    asked_time = asked_time.exclude(state=ExtensionState.WITHDRAWN)
    told = {name: name for name in TOLD_OF_EXTENSION}
    return (
        Statement.objects.visible_to(user)
        .select_related(*RELATED, "submitted_by", "released_by")
        .annotate(
            has_reopening=Exists(reopenings),
            has_query=Exists(Query.objects.filter(statement=OuterRef("pk"))),
            has_third_parties=Exists(third_parties),
            has_other_author=Exists(authors.exclude(user=user)),
            has_draft=Exists(drafts.filter(statement=OuterRef("pk"))),
            has_delegation=Exists(Delegation.objects.filter(statement=OuterRef("pk"))),
            asked_time=Subquery(asked_time.values(told=JSONObject(**told))[:1]),
        )
    )


def notes_of(statement: Statement, user: User | None = None) -> list[ReviewNote]:
    """The questions in the order of the catalogue; for a reader with what is cited."""
    notes = statement.review_notes.select_related("criterion__guideline")
    if user:
        is_released = statement.state == StatementState.RELEASED
        notes = with_evidence(notes, user, is_released=is_released)
    rows = list(notes.order_by("criterion__guideline__number", "criterion__code"))
    show_evidence(rows)
    return rows


@dataclass(frozen=True)
class Neighbour:
    pk: int
    name: str
    state: str
    is_awaited: bool
    is_written: bool
    has_earlier: bool

    def waits_in(self, state: str) -> bool:
        return self.state == state and self.is_awaited


@dataclass(frozen=True)
class Place:
    """Where the statement stands among those of its house in the round: "3 von 12"."""

    number: int
    siblings: Sequence[Neighbour]

    @property
    def total(self) -> int:
        return len(self.siblings)

    @property
    def current(self) -> Neighbour:
        return self.siblings[self.number - 1]

    @property
    def previous(self) -> Neighbour | None:
        return self.siblings[self.number - 2] if self.number > 1 else None

    @property
    def following(self) -> Neighbour | None:
        return self.siblings[self.number] if self.number < self.total else None

    def next_in(self, state: str) -> Neighbour | None:
        """The next one in that state, from here to the end and on from the beginning."""
        order = [*self.siblings[self.number :], *self.siblings[: self.number - 1]]
        return next((other for other in order if other.waits_in(state)), None)

    @property
    def next_open(self) -> Neighbour | None:
        """As `next_in`; what is written stands behind what is not, else there would be no end."""
        after = [*self.siblings[self.number :]]
        before = [other for other in self.siblings[: self.number - 1] if not other.is_written]
        order = [*after, *before]
        return next((other for other in order if other.waits_in(StatementState.OPEN)), None)


def place_of(statement: Statement, user: User) -> Place:
    unwritten = ReviewNote.objects.unwritten().filter(statement=OuterRef("pk"))
    rows = (
        Statement.objects.visible_to(user)
        .filter(
            ministry=statement.ministry_id,
            guideline_check__round=statement.guideline_check.round_id,
        )
        .order_by("guideline_check__partnership__sort_key", "pk")
        .annotate(
            waits=Q(pk__in=Statement.objects.awaited(today())),
            earlier=has_earlier(),
            written=~Q(vote="") & ~Q(key_message="") & ~Exists(unwritten),
        )
        .values_list(
            "pk", "guideline_check__partnership__name", "state", "waits", "written", "earlier"
        )
    )
    siblings = [Neighbour(*row) for row in rows]
    number = next(i for i, other in enumerate(siblings, start=1) if other.pk == statement.pk)
    return Place(number, siblings)


def facts_of(statement: Statement, user: User, day: date) -> list[dict[str, Any]]:
    """Live until release, then as they were on that day."""
    if statement.state == StatementState.RELEASED:
        groups = statement.fact_sheet or []
    else:
        groups = as_json(facts_beside(statement, user, day))
    return [group | {"unconfirmed": _is_all_unconfirmed(group)} for group in groups]


def _is_all_unconfirmed(group: dict[str, Any]) -> bool:
    """Then the mark stands once at the group instead of at every line."""
    known = [row for row in group["rows"] if row["value"]]
    return bool(known) and all(row["unconfirmed"] for row in known)


def can_write(statement: Statement, user: User, day: date) -> bool:
    return (
        statement.state == StatementState.OPEN
        and statement.is_awaited(day)
        and user.has_perm("guidelines.edit_statement", statement)
    )


def is_own(statement: Statement, user: User) -> bool:
    return statement.ministry_id in user.ministry_ids()


def reopened(statement: Statement, user: User) -> Reopening | None:
    """Why the house can file again, or could: what it is told above its statement."""
    if not getattr(statement, "has_reopening", True) or not is_own(statement, user):
        return None
    is_for_it = Q(statement=None) | Q(statement=statement)
    reopenings = Reopening.objects.visible_to(user).filter(is_for_it)
    return reopenings.filter(guideline_check=statement.guideline_check_id).first()


def time_asked_for(statement: Statement, user: User) -> ExtensionRequest | None:
    """The last request for more time, above what the house still owes; read with the statement."""
    told: dict[str, Any] | None = getattr(statement, "asked_time", None)
    if not told or not is_own(statement, user) or not statement.is_outstanding:
        return None
    fields = ExtensionRequest._meta.concrete_fields
    values = {one.name: one.to_python(told[one.name]) for one in fields if one.name in told}
    return ExtensionRequest(statement=statement, **values)


def audience(statement: Statement) -> str:
    """Answers „Wer sieht das?“ for the state the statement is in."""
    check_round = statement.guideline_check.round
    if statement.state != StatementState.RELEASED:
        others = "Koordinierung" if statement.ministry.is_chancellery else "Staatskanzlei"
        if statement.is_closed:
            return f"Nur Ihr Haus. Die {others} sieht nur, dass nichts freigegeben ist."
        return (
            f"Nur Ihr Haus. Die {others} sieht bis zur Freigabe nur, dass die Stellungnahme "
            "aussteht."
        )
    if check_round.is_open_reading:
        asked = "die anderen beteiligten Ressorts"
    else:
        day = check_round.due_on + timedelta(days=1)
        asked = (
            f"ab dem {day:%d.%m.%Y} die anderen beteiligten Ressorts, jedes erst nach seiner eigenen "
            "Stellungnahme"
        )
    those = f"{statement.ministry} und die Staatskanzlei, {asked}"
    if statement.guideline_check.is_out:
        return f"{those}."
    return f"{those}; alle übrigen Ressorts, sobald der Beschluss sichtbar ist."


@dataclass(frozen=True)
class Offers:
    """Which acts the page offers this person; all of them check again whether it is too late."""

    take_back: bool
    release: bool
    # Released with changes, where somebody else has written along.
    correct: bool
    send_back: bool
    record_release: bool
    withdraw: bool
    query: bool
    # A head who has written along may not release.
    needs_other_head: bool


def queries_about(statement: Statement, user: User) -> list[Query]:
    """The coordination's Rückfragen, for the house and for the coordination alone."""
    if not getattr(statement, "has_query", True):
        return []
    return list(Query.objects.visible_to(user).with_deputies().filter(statement=statement))


def corrections_of(statement: Statement, notes: list[ReviewNote], user: User) -> list[Difference]:
    """What was changed with the release, for the house; looked for where the head has written along."""
    if not is_own(statement, user) or statement.released_by not in statement.authors.all():
        return []
    texts = corrected_at_release(statement, user)
    return differences(*texts, notes) if texts else []


def typed_in(
    data: Mapping[str, str], statement: Statement, notes: Sequence[ReviewNote]
) -> list[Difference]:
    """What a draft says otherwise than what is stored; records that are ticked have no words here."""
    stored = stored_values(statement, notes)
    typed = {name: data.get(name, text) for name, text in stored.items()}
    return differences(stored, typed, notes)


def offers(statement: Statement, user: User, day: date, *, is_queried: bool) -> Offers:
    is_awaited = statement.is_awaited(day)
    submitted = fits(statement, "release") and is_awaited
    is_head = user.has_perm("guidelines.return_statement", statement)
    releases = submitted and user.has_perm("guidelines.release_statement", statement)
    writes = user.has_perm("guidelines.edit_statement", statement)
    return Offers(
        take_back=submitted and writes and not releases,
        release=releases,
        correct=releases and user.has_perm("guidelines.correct_statement", statement),
        send_back=submitted and is_head,
        record_release=submitted and user.has_perm("guidelines.record_release", statement),
        withdraw=fits(statement, "withdraw")
        and not is_queried
        and is_awaited
        and day <= statement.deadline
        and user.has_perm("guidelines.withdraw_statement", statement),
        query=statement.state == StatementState.RELEASED
        and not is_queried
        and statement.is_accepted
        and user.has_perm("guidelines.coordinate"),
        needs_other_head=submitted and is_head and not releases,
    )
