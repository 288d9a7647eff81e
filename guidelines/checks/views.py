"""The check of one partnership: what the houses say, the evaluation, the proposal."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from guidelines.checks.page import HouseRow, check_context, outstanding
from guidelines.collection.actions import resume_collection
from guidelines.decisions.actions import (
    begin_evaluation,
    propose,
    revise_proposal,
    write_evaluation,
)
from guidelines.decisions.forms import EvaluationForm, ProposalForm
from guidelines.decisions.models import Proposal
from guidelines.queries.actions import ask
from guidelines.queries.forms import QueryForm
from guidelines.queries.models import Query
from guidelines.rounds.deadlines import next_undoubted
from guidelines.rounds.models import GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.doors import coordinated_check, seen_check
from guidelines.states.tables import CheckState, RoundState, StatementState
from ministries import clock
from ministries.working_days import add_working_days
from ui.dates import german_date
from ui.errors import Refusal
from ui.receipts import once
from ui.views import FormPage

QUERY_WORKING_DAYS = 5
ONLY_COORDINATION = (
    "Die Koordinierung und der Chef der Staatskanzlei. Alle anderen erst ab „sichtbar ab“ des "
    "Beschlusses."
)

# The acts that only move the state: posted word, action, what the page says afterwards.
MOVES = {
    "begin_evaluation": (begin_evaluation, "Die Auswertung hat begonnen."),
    "resume_collection": (resume_collection, "Die Zulieferung ist wieder geöffnet."),
    "revise_proposal": (revise_proposal, "Der Vorschlag kann überarbeitet werden."),
}


@require_safe
def check(request: HttpRequest, round_slug: str, slug: str) -> HttpResponse:
    day = clock.today()
    found = seen_check(request, round_slug, slug, day)
    context = check_context(found, request.user, day)
    template = "check_detail" if request.user.sees_proposals else "check_reading"
    return render(request, f"guidelines/{template}.html", context)


@require_POST
@once
def check_advance(request: HttpRequest, round_slug: str, slug: str) -> HttpResponse:
    found = coordinated_check(request, round_slug, slug)
    if request.POST.get("move") not in MOVES:
        raise Http404
    action, message = MOVES[request.POST["move"]]
    missing = outstanding(found, request.user, clock.today()) if action is begin_evaluation else []
    if missing and "confirmed" not in request.POST:
        return render(request, "guidelines/check_begin.html", _begin_context(found, missing))
    try:
        action(check=found, by=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{found.partnership}: {message}")
    return redirect(found)


def _begin_context(check: GuidelineCheck, missing: list[HouseRow]) -> dict[str, Any]:
    title = f"Auswertung beginnen: {check.partnership}"
    return {"title": title, "check": check, "round": check.round, "missing": missing}


class CheckForm(FormPage):
    """A form of the coordination on one check."""

    audience = ONLY_COORDINATION
    object: GuidelineCheck

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        self.object = coordinated_check(request, kwargs["round_slug"], kwargs["slug"])
        if self.object.round.state != RoundState.OPEN:
            raise Http404
        self.require_state()

    def require_state(self) -> None:
        if self.object.state not in (CheckState.EVALUATING, CheckState.PROPOSED):
            raise Http404

    def get_cancel_url(self) -> str:
        return self.object.get_absolute_url()

    def get_success_url(self, result: Any) -> str:
        return self.object.get_absolute_url()


class EvaluationEdit(CheckForm):
    form_class = EvaluationForm
    submit_label = "Auswertung speichern"

    def get_title(self) -> str:
        return f"Auswertung: {self.object.partnership}"

    def get_initial(self) -> Mapping[str, Any]:
        return {"evaluation": self.object.evaluation}

    def save(self, form: EvaluationForm) -> GuidelineCheck:
        if self.expected_version is None:
            raise Refusal("Laden Sie die Seite neu und speichern Sie noch einmal.")
        write_evaluation(
            check=self.object,
            evaluation=form.cleaned_data["evaluation"],
            expected_version=self.expected_version,
            by=self.request.user,
            now=clock.now(),
        )
        return self.object

    def get_success_message(self, result: GuidelineCheck) -> str:
        return f"Die Auswertung zu {self.object.partnership} ist gespeichert."


class ProposalWrite(CheckForm):
    form_class = ProposalForm
    template_name = "guidelines/check_propose.html"
    submit_label = "Entscheidungsvorschlag festhalten"

    def get_title(self) -> str:
        return f"Entscheidungsvorschlag: {self.object.partnership}"

    def _latest(self) -> Proposal | None:
        return self.object.proposals.order_by("-number").first()

    def get_initial(self) -> Mapping[str, Any]:
        latest = self._latest()
        if latest is None:
            return {}
        return {
            "outcome": latest.outcome,
            "until_on": latest.until_on,
            "reasons": latest.reasons,
        }

    def get_stored(self, form: ProposalForm, current: GuidelineCheck) -> Mapping[str, Any]:
        return self.get_initial()

    def save(self, form: ProposalForm) -> Proposal:
        return propose(
            check=self.object,
            **form.cleaned_data,
            expected_version=self.expected_version,
            by=self.request.user,
            now=clock.now(),
        )

    def get_success_message(self, result: Proposal) -> str:
        return (
            f"Der Vorschlag zu {self.object.partnership} ist festgehalten "
            f"(Fassung {result.number}): {result.outcome_words}."
        )


class StatementQuery(CheckForm):
    form_class = QueryForm
    template_name = "guidelines/check_query.html"
    submit_label = "Rückfrage stellen und Ressort benachrichtigen"
    audience = "Das gefragte Ressort und die Koordinierung."

    statement: Statement

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        super().prepare(request, **kwargs)
        statements = Statement.objects.visible_to(request.user).select_related(
            "ministry", "guideline_check"
        )
        self.statement = get_object_or_404(
            statements,
            guideline_check=self.object,
            ministry__slug=kwargs["house"],
            state=StatementState.RELEASED,
        )
        if self.statement.is_closed:
            raise Http404

    def require_state(self) -> None:
        if self.object.state not in (CheckState.COLLECTING, CheckState.EVALUATING):
            raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One at a time: the open one is shown instead."""
        response = super().get(request, *args, **kwargs)
        if not Query.objects.filter(statement=self.statement).unanswered().exists():
            return response
        messages.info(request, "Zu dieser Stellungnahme ist schon eine Rückfrage offen.")
        return redirect(self.get_success_url(self.statement))

    def get_title(self) -> str:
        return f"Rückfrage an {self.statement.ministry} zu {self.object.partnership}"

    def get_initial(self) -> Mapping[str, Any]:
        due_on = add_working_days(clock.today(), QUERY_WORKING_DAYS)
        return {"due_on": next_undoubted(due_on)}

    def get_context(self, form: Any) -> dict[str, Any]:
        # The question is a row of its own: there is no version of the check to compare.
        return {"statement": self.statement, "version": None}

    def save(self, form: QueryForm) -> Query:
        return ask(
            statement=self.statement,
            text=form.cleaned_data["note"],
            due_on=form.cleaned_data["due_on"],
            by=self.request.user,
            now=clock.now(),
        )

    def get_success_url(self, result: Any) -> str:
        return f"{self.statement.get_absolute_url()}#rueckfragen"

    def get_success_message(self, result: Query) -> str:
        return (
            f"Die Rückfrage ist beim {self.statement.ministry}, Antwort bis "
            f"{german_date(result.due_on)}. Bis dahin gilt, was freigegeben ist."
        )
