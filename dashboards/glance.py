"""Partnerschaften auf einen Blick: what a manager wants to know of each in one row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, QuerySet, Subquery, Value, When

from guidelines.models import CheckRound, GuidelineCheck, Statement
from guidelines.rounds.progress import CellState, cell_state
from ministries.clock import in_a_year
from ministries.models import User
from partnerships.models import Activity, Agreement, Partnership, StatusPeriod
from partnerships.records.activities.states import COMING
from partnerships.register.partners.statuses import LOOKS

ROWS = 25


@dataclass(frozen=True)
class AgreementStanding:
    """The most pressing agreement in words; `tone` as in `ui.badges`, empty for a calm one."""

    words: str
    day: date | None = None
    tone: str = ""


@dataclass(frozen=True)
class NextDate:
    day: date
    words: str


@dataclass(frozen=True)
class HouseVote:
    """What the own house advises, or how far its statement is."""

    words: str
    url: str
    is_overdue: bool = False


@dataclass(frozen=True)
class GlanceRow:
    partnership: Partnership
    agreement: AgreementStanding
    next_date: NextDate | None
    vote: HouseVote | None


@dataclass(frozen=True)
class Glance:
    rows: list[GlanceRow]
    # Whether this person has a house whose vote could be shown at all.
    has_votes: bool


def glance(
    user: User, today: date, found: Mapping[str, int], running: CheckRound | None = None
) -> Glance:
    """The first 25 that are not ended, the active ones on top; `found` are the `status_counts`.

    Votes are those of the round that is shown beside them, else of the latest.
    """
    shown = list(_partnerships(user, today, found)[:ROWS])
    votes = house_votes(user, today, shown, running)
    rows = [
        GlanceRow(
            partnership=partnership,
            agreement=agreement_standing(partnership.agreements.all(), today),
            next_date=next_date(partnership, today),
            vote=votes.get(partnership.pk),
        )
        for partnership in shown
    ]
    return Glance(rows, has_votes=bool(votes))


def _partnerships(user: User, today: date, found: Mapping[str, int]) -> QuerySet[Partnership]:
    here = OuterRef("pk")
    standing = StatusPeriod.objects.visible_to(user, today).filter(partnership=here).current(today)
    rounds = CheckRound.objects.running(user, today)
    running = GuidelineCheck.objects.filter(partnership=here, round__in=rounds, taken_out_on=None)
    order = [When(status=status, then=Value(rank)) for rank, status in enumerate(LOOKS)]
    agreements = Agreement.objects.visible_to(user).without_successor()
    coming = (
        Activity.objects.visible_to(user)
        .in_use()
        .filter(partnerships=here, state__in=COMING, starts_on__gte=today)
    )
    return (
        Partnership.objects.visible_to(user)
        .with_standing(user, today)
        .filter(pk__in=_first_of_each_status(user, today, found))
        .annotate(
            rank=Case(*order, default=Value(len(order))),
            look_again_on=Subquery(standing.values("review_on")[:1]),
            activity_on=Subquery(coming.order_by("starts_on").values("starts_on")[:1]),
            round_due_on=Subquery(running.order_by().values("round__due_on")[:1]),
        )
        .prefetch_related(Prefetch("agreements", queryset=agreements))
        .order_by("rank", "sort_key", "pk")
    )


def _first_of_each_status(user: User, today: date, found: Mapping[str, int]) -> QuerySet[Any]:
    """Enough of each but the ended ones, until the rows are full: the rest need not be put in order."""
    seen = Partnership.objects.visible_to(user).order_by("sort_key", "pk")
    parts, wanted = [], ROWS
    for status in LOOKS:
        if status != Partnership.Status.ENDED and wanted > 0:
            parts.append(seen.of_status(status, user, today).values("pk")[:ROWS])
            wanted -= found.get(status, 0)
    if wanted > 0:
        told = StatusPeriod.objects.told_to(user, today).current(today)
        without = seen.filter(~Exists(told.filter(partnership=OuterRef("pk"))))
        parts.append(without.values("pk")[:ROWS])
    first, *others = parts
    return first.union(*others, all=True) if others else first


def agreement_standing(agreements: Iterable[Agreement], today: date) -> AgreementStanding:
    found = list(agreements)
    ends = [a.valid_until for a in found if a.term == Agreement.Term.FIXED and a.valid_until]
    past, coming = [day for day in ends if day < today], [day for day in ends if day >= today]
    if past:
        return AgreementStanding("abgelaufen", max(past), "danger")
    if coming:
        if min(coming) <= in_a_year(today):
            return AgreementStanding("endet bald", min(coming), "warning")
        return AgreementStanding("läuft bis", min(coming))
    terms = {a.term for a in found}
    for term in (Agreement.Term.RENEWS, Agreement.Term.OPEN_ENDED):
        if term in terms:
            return AgreementStanding(str(term.label))
    return AgreementStanding("Laufzeit nicht erfasst" if found else "nichts erfasst")


def next_date(partnership: Any, today: date) -> NextDate | None:
    """The nearest day from today on, of all that the register and the running check name."""
    dates = [NextDate(day, words) for day, words in _dates(partnership) if day and day >= today]
    return min(dates, key=lambda date_: (date_.day, date_.words), default=None)


def _dates(partnership: Any) -> list[tuple[date | None, str]]:
    dates = [
        (partnership.activity_on, "Aktivität"),
        (partnership.round_due_on, "Stellungnahmen"),
        (partnership.look_again_on, "wieder ansehen"),
    ]
    for agreement in partnership.agreements.all():
        dates.append((agreement.valid_until, "Laufzeit endet"))
        dates.append((agreement.review_on, "Vereinbarung prüfen"))
    return dates


def house_votes(
    user: User, today: date, shown: list[Partnership], running: CheckRound | None = None
) -> dict[int, HouseVote]:
    """Partnership id → the vote of one's house in the running Leitlinien-Check, else in its latest."""
    if not user.ministry_ids():
        return {}
    statements = (
        Statement.objects.of_houses(user)
        .filter(guideline_check__partnership__in=[partnership.pk for partnership in shown])
        .exclude(guideline_check__round__state=CheckRound.State.BROKEN_OFF)
        .select_related("guideline_check__round")
        .order_by("-guideline_check__round", "ministry__sort_order", "pk")
    )
    rows = sorted(statements, key=lambda row: row.guideline_check.round == running)
    return {row.guideline_check.partnership_id: _vote(row, today) for row in rows}


def _vote(statement: Statement, today: date) -> HouseVote:
    state = cell_state(statement, today)
    words = statement.vote_words if state is CellState.RECEIVED else state.label
    return HouseVote(words, statement.get_absolute_url(), is_overdue=state is CellState.OVERDUE)
