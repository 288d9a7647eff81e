"""Partnership × house: how far the round has come, and for whom by name."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guidelines.decisions.models import Decision
from guidelines.extensions.models import ExtensionRequest
from guidelines.request_letters.models import RequestLetter
from guidelines.rounds.actions import extend_deadline
from guidelines.rounds.deadlines import next_undoubted
from guidelines.rounds.forms import DeadlineForm
from guidelines.rounds.joining_views import asking_again_url, may_ask_again
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.rounds.progress import (
    CellState,
    cell_state,
    closed_on,
    counted_statements,
    shown_round_state,
    summarise,
)
from guidelines.statements.models import Statement
from guidelines.states.doors import coordinated_check, seen_round
from guidelines.states.tables import RoundState, StatementState
from ministries import clock
from ministries.models import Ministry, User
from ministries.working_days import add_working_days, working_days_between
from ui.dates import german_date
from ui.views import FormPage

EXTENSION_WORKING_DAYS = 5


@dataclass(frozen=True)
class Cell:
    ministry: Ministry
    # None: asked, but in another state than the one filtered for.
    state: CellState | None
    url: str = ""
    # What following the link does, for screen readers and as a title.
    action: str = ""
    due_on: date | None = None
    # The day until which the house asks for time.
    wished_on: date | None = None


@dataclass(frozen=True)
class Row:
    check: GuidelineCheck
    is_readable: bool
    cells: list[Cell]
    # Whether the collection for it can be closed from here.
    may_close: bool = False


@require_safe
def matrix(request: HttpRequest, round_slug: str) -> HttpResponse:
    check_round = seen_round(request, round_slug)
    if check_round.state == RoundState.PREPARING:
        return redirect("guidelines:round-prepare", round_slug=round_slug)
    day = clock.today()
    user = request.user
    statements = counted_statements(check_round, user)
    named = (
        statements
        if user.sees_proposals
        else [found for found in statements if found.ministry_id in user.ministry_ids()]
    )
    state = _shown_state(check_round, user, day)
    seen = RequestLetter.objects.visible_to(user).filter(round=check_round)
    letters = list(seen.select_related("ministry").in_protocol_order())
    context = {
        "title": str(check_round),
        "round": check_round,
        "state": state,
        "working_days": working_days_between(day, check_round.due_on),
        "closed_on": closed_on(statements),
        "is_reopened": any(found.is_reopened for found in named),
        "progress": summarise(statements, day),
        "houses": _houses(named),
        "states": [state for state in CellState if state is not CellState.NOT_ASKED],
        "wanted_house": request.GET.get("ministry", ""),
        "wanted_state": request.GET.get("state", ""),
        "is_overdue_only": request.GET.get("overdue") == "1",
        "is_whole": user.sees_proposals,
        "letters": letters,
        "unsent": [letter for letter in letters if not letter.is_sent],
        "may_coordinate": user.has_perm("guidelines.coordinate"),
        "may_decide": user.has_perm("guidelines.coordinate")
        and check_round.state == RoundState.OPEN,
        "may_join": user.has_perm("guidelines.join_round")
        and state is RoundState.OPEN
        and check_round.due_on >= day,
    }
    context |= _rows(request, check_round, named, day)
    return render(request, "guidelines/round_detail.html", context)


def _shown_state(check_round: CheckRound, user: User, day: date) -> RoundState:
    if check_round.state != RoundState.CLOSED:
        return RoundState(check_round.state)
    hidden = Decision.objects.filter(guideline_check__round=check_round, visible_from__gt=day)
    return shown_round_state(check_round, user, is_undisclosed=hidden.exists())


def _houses(statements: list[Statement]) -> list[Ministry]:
    """In protocol order."""
    found = {statement.ministry_id: statement.ministry for statement in statements}
    return sorted(found.values(), key=lambda house: (house.sort_order, house.abbreviation))


def _rows(
    request: HttpRequest, check_round: CheckRound, statements: list[Statement], day: date
) -> dict[str, Any]:
    house, wanted = request.GET.get("ministry", ""), request.GET.get("state", "")
    if request.GET.get("overdue") == "1":
        wanted = CellState.OVERDUE.code
    of_house = [found for found in statements if not house or found.ministry.slug == house]
    shown = [found for found in of_house if not wanted or cell_state(found, day).code == wanted]
    columns = _houses(shown)
    wishes = _wishes(request.user, check_round)
    readable = set(
        GuidelineCheck.objects.readable_by(request.user, day)
        .filter(round=check_round)
        .values_list("pk", flat=True)
    )
    by_check: dict[int, dict[int, Statement]] = {}
    checks = {found.guideline_check_id: found.guideline_check for found in shown}
    for statement in shown:
        by_check.setdefault(statement.guideline_check_id, {})[statement.ministry_id] = statement
    left_out = _places(of_house) - _places(shown)

    def cell(pk: int, column: Ministry) -> Cell:
        if (pk, column.pk) in left_out:
            return Cell(column, None)
        return _cell(by_check[pk].get(column.pk), column, request.user, day, wishes)

    closable = _closable(request.user, check_round)
    rows = [
        Row(checks[pk], pk in readable, [cell(pk, column) for column in columns], pk in closable)
        for pk in by_check
    ]
    return {
        "columns": columns,
        "rows": rows,
        "may_close": any(row.may_close for row in rows),
        "messages_of_houses": _messages(statements, wishes),
        "has_statements": bool(statements),
        "number": len(shown),
        "is_filtered": len(shown) < len(statements),
    }


def _places(statements: list[Statement]) -> set[tuple[int, int]]:
    return {(found.guideline_check_id, found.ministry_id) for found in statements}


def _wishes(user: User, check_round: CheckRound) -> dict[int, ExtensionRequest]:
    """What the coordination is asked for more time, by statement."""
    if not user.is_coordinator:
        return {}
    asked = ExtensionRequest.objects.visible_to(user).pending()
    rows = asked.filter(statement__guideline_check__round=check_round)
    return {row.statement_id: row for row in rows}


def _messages(
    statements: list[Statement], wishes: Mapping[int, ExtensionRequest]
) -> list[tuple[Ministry, date, str, int]]:
    """Houses in protocol order, each with the day, the reason and the number of its statements."""
    asking = [(row.ministry, wishes[row.pk]) for row in statements if row.pk in wishes]
    found = Counter((house, wish.wished_on, wish.reason) for house, wish in asking)
    by_house = sorted(found.items(), key=lambda item: (item[0][0].sort_order, item[0][1]))
    return [(*message, number) for message, number in by_house]


def _asking_cell(statement: Statement, wish: ExtensionRequest, state: CellState) -> Cell:
    url = reverse("guidelines:extensions", args=[statement.guideline_check.round.slug])
    action = f"Bitte um Fristverlängerung beantworten: {wish.reason}"
    target = f"{url}#bitte-{wish.pk}"
    return Cell(statement.ministry, state, target, action, statement.due_on, wish.wished_on)


def _closable(user: User, check_round: CheckRound) -> set[int]:
    if not user.has_perm("guidelines.coordinate"):
        return set()
    return set(check_round.checks.collecting().values_list("pk", flat=True))


def _cell(
    statement: Statement | None,
    ministry: Ministry,
    user: User,
    day: date,
    wishes: Mapping[int, ExtensionRequest],
) -> Cell:
    state = cell_state(statement, day)
    if statement is None:
        return Cell(ministry, state)
    if wish := wishes.get(statement.pk):
        return _asking_cell(statement, wish, state)
    is_own = statement.ministry_id in user.ministry_ids()
    if is_own or statement.state == StatementState.RELEASED:
        url = statement.get_absolute_url()
        return Cell(ministry, state, url, "Stellungnahme öffnen", statement.due_on)
    if state is CellState.NO_STATEMENT:
        return _closed_cell(statement, user)
    if user.is_coordinator and may_ask_again(statement):
        return Cell(ministry, state, asking_again_url(statement), "Wieder beteiligen")
    may_extend = user.is_coordinator and state.is_outstanding
    if not may_extend or statement.guideline_check.round.state != RoundState.OPEN:
        return Cell(ministry, state, due_on=statement.due_on)
    check = statement.guideline_check
    url = reverse(
        "guidelines:deadline-extend",
        args=[check.round.slug, check.partnership.slug, ministry.slug],
    )
    return Cell(ministry, state, url, "Frist ändern", statement.due_on)


def _closed_cell(statement: Statement, user: User) -> Cell:
    check = statement.guideline_check
    if not user.is_coordinator or not check.may_reopen:
        return Cell(statement.ministry, CellState.NO_STATEMENT)
    address = [check.round.slug, check.partnership.slug, statement.ministry.slug]
    url = reverse("guidelines:cell-reopen", args=address)
    return Cell(statement.ministry, CellState.NO_STATEMENT, url, "Wieder öffnen")


class DeadlineExtend(FormPage):
    form_class = DeadlineForm
    submit_label = "Frist ändern und Ressort benachrichtigen"
    template_name = "guidelines/round_extend.html"

    object: GuidelineCheck
    statement: Statement
    outstanding: list[Statement]

    def prepare(self, request: HttpRequest, round_slug: str, slug: str, house: str) -> None:
        self.object = coordinated_check(request, round_slug, slug)
        outstanding = (
            Statement.objects.filter(guideline_check__round=self.object.round, ministry__slug=house)
            .outstanding()
            .select_related("ministry", "guideline_check__round", "guideline_check__partnership")
            .order_by("guideline_check__partnership__sort_key")
        )
        self.outstanding = list(outstanding)
        own = [found for found in self.outstanding if found.guideline_check_id == self.object.pk]
        if not own or self.object.round.state != RoundState.OPEN:
            raise Http404
        self.statement = own[0]

    def get_title(self) -> str:
        return f"Frist ändern: {self.statement.ministry} · {self.object.partnership}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"house": self.statement.ministry.abbreviation, "number": len(self.outstanding)}

    def get_initial(self) -> Mapping[str, Any]:
        start = max(self.statement.deadline, clock.today())
        return {"due_on": next_undoubted(add_working_days(start, EXTENSION_WORKING_DAYS))}

    def get_context(self, form: Any) -> dict[str, Any]:
        return {
            "statement": self.statement,
            "outstanding": self.outstanding,
            "wish": _wishes(self.request.user, self.object.round).get(self.statement.pk),
            "state": cell_state(self.statement, clock.today()),
            "working_days": working_days_between(clock.today(), self.statement.deadline),
        }

    def save(self, form: DeadlineForm) -> GuidelineCheck:
        due_on = self.due_on = form.cleaned_data["due_on"]
        chosen = [self.statement]
        if form.cleaned_data.get("is_for_all"):
            chosen = [found for found in self.outstanding if found.deadline != due_on]
        extend_deadline(statements=chosen, due_on=due_on, by=self.request.user, now=clock.now())
        return self.object

    def get_cancel_url(self) -> str:
        return reverse("guidelines:round", args=[self.object.round.slug])

    def get_success_url(self, result: GuidelineCheck) -> str:
        return self.get_cancel_url()

    def get_success_message(self, result: GuidelineCheck) -> str:
        before, after = german_date(self.statement.deadline), german_date(self.due_on)
        return f"Neue Frist für {self.statement.ministry}: {after}, bisher {before}."
