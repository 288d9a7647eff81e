"""A house asks for more time; the coordination answers all requests of a round on one page."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from guidelines.extensions.actions import (
    RELATED,
    answer_requests,
    ask_for_time,
    take_request_back,
)
from guidelines.extensions.forms import AnswersForm, ExtensionForm
from guidelines.extensions.models import ExtensionRequest
from guidelines.rounds.deadlines import next_undoubted
from guidelines.rounds.letters import unreachable
from guidelines.rounds.models import CheckRound
from guidelines.rounds.switch import RoundSwitch
from guidelines.statements.draft_views import is_number
from guidelines.statements.models import Statement
from guidelines.statements.pages import RELATED as OF_STATEMENTS
from guidelines.statements.querysets import StatementQuerySet
from guidelines.states.doors import coordinated_round
from guidelines.states.tables import RoundState, StatementState
from ministries import clock
from ministries.models import User
from ministries.working_days import add_working_days
from partnerships.permissions import WRITERS
from ui.dates import german_date
from ui.errors import Refusal
from ui.receipts import once
from ui.views import FormPage

USUAL_WORKING_DAYS = 5


def may_ask_for(user: User) -> StatementQuerySet:
    """What the houses of this person still owe, without a request that waits already."""
    return (
        Statement.objects.visible_to(user)
        .written_by(user)
        .awaited(clock.today())
        .exclude(state=StatementState.RELEASED)
        .exclude(pk__in=ExtensionRequest.objects.pending().values("statement"))
        .select_related(*OF_STATEMENTS)
        .defer("fact_sheet")
        .order_by("guideline_check__round", "guideline_check__partnership__sort_key", "pk")
    )


class ExtensionAsk(FormPage):
    """`?round=2026&house=smwk` leaves those of one sitting; `?s=1&s=2` ticks some, `?alle=1` all."""

    form_class = ExtensionForm
    template_name = "guidelines/extension_request.html"
    title = "Fristverlängerung erbitten"
    submit_label = "Fristverlängerung erbitten"
    audience = "Ihr Haus und die Koordinierung. Andere Ressorts erfahren davon nichts."

    def prepare(self, request: HttpRequest) -> None:
        if not request.user.has_role(*WRITERS):
            raise PermissionDenied
        rows, query = may_ask_for(request.user), request.GET
        self.switch = RoundSwitch((row.guideline_check.round for row in rows), query)
        if self.switch.wanted:
            rows = rows.filter(guideline_check__round__slug=self.switch.wanted)
        if house := query.get("house"):
            rows = rows.filter(ministry__slug=house)
        self.statements = rows

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"statements": self.statements}

    def get_initial(self) -> Mapping[str, Any]:
        asked = self.request.GET
        named = {int(pk) for pk in asked.getlist("s") if is_number(pk)}
        chosen = [
            row
            for row in self.statements
            if row.pk in named or ("alle" in asked and row.state == StatementState.OPEN)
        ]
        last = max((row.deadline for row in chosen or self.statements), default=clock.today())
        wished_on = add_working_days(max(last, clock.today()), USUAL_WORKING_DAYS)
        return {"statements": chosen, "wished_on": next_undoubted(wished_on)}

    def get_context(self, form: ExtensionForm) -> dict[str, Any]:
        number = sum(row.state == StatementState.OPEN for row in self.statements)
        return {
            "has_any": bool(self.statements),
            "number": number,
            "is_ticked": "alle" in self.request.GET,
            "switch": self.switch,
        }

    def save(self, form: ExtensionForm) -> list[ExtensionRequest]:
        return ask_for_time(**form.cleaned_data, by=self.request.user, now=clock.now())

    def get_success_message(self, result: list[ExtensionRequest]) -> str:
        names = ", ".join(row.statement.guideline_check.partnership.name for row in result)
        return (
            f"Um Fristverlängerung bis zum {german_date(result[0].wished_on)} gebeten: {names}. Bis "
            "zur Antwort der Staatskanzlei gilt die bisherige Frist."
        )

    def get_success_url(self, result: list[ExtensionRequest]) -> str:
        return result[0].statement.get_absolute_url() if len(result) == 1 else self.get_cancel_url()

    def get_cancel_url(self) -> str:
        return f"{reverse('guidelines:statements')}{self.switch.query}"


@require_POST
@once
def take_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    own = ExtensionRequest.objects.visible_to(request.user).select_related(*RELATED)
    asked = get_object_or_404(own, pk=pk)
    try:
        take_request_back(request=asked, by=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        name = asked.statement.guideline_check.partnership
        messages.success(request, f"{name}: Die Bitte um Fristverlängerung ist zurückgenommen.")
    return redirect(asked.statement)


class ExtensionAnswers(FormPage):
    """Which requests the page has shown it sends along: no verdict is on one that came later."""

    form_class = AnswersForm
    template_name = "guidelines/extension_answers.html"
    submit_label = "Antworten und Ressorts benachrichtigen"
    audience = "Jedes Ressort die Antwort auf seine Bitte, und die Koordinierung."
    object: CheckRound

    def prepare(self, request: HttpRequest, round_slug: str) -> None:
        self.object = coordinated_round(request, round_slug)
        if self.object.state == RoundState.PREPARING:
            raise Http404
        rows = ExtensionRequest.objects.visible_to(request.user)
        rows = rows.filter(statement__guideline_check__round=self.object)
        if request.method == "POST":
            rows = rows.filter(pk__in=filter(is_number, request.POST.getlist("bitte")))
        else:
            rows = rows.pending()
        self.requests = rows.select_related(*RELATED).order_by(
            "statement__ministry__sort_order",
            "statement__ministry",
            "statement__guideline_check__partnership__sort_key",
        )

    def get_title(self) -> str:
        return f"{self.object}: Bitten um Fristverlängerung"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"requests": list(self.requests)}

    def save(self, form: AnswersForm) -> list[ExtensionRequest]:
        done = answer_requests(answers=form.answers, by=self.request.user, now=clock.now())
        for row, problem in done.refused:
            about = f"{row.statement.ministry}, {row.statement.guideline_check.partnership}"
            messages.warning(self.request, f"{about}: nicht beantwortet. {problem}")
        return done.acted

    def get_success_message(self, result: list[ExtensionRequest]) -> str:
        if not result:
            return ""
        granted = [row for row in result if row.granted_on]
        changed = [row for row in granted if row.granted_on != row.wished_on]
        counts = (
            (len(granted) - len(changed), "gewährt"),
            (len(changed), "mit anderem Tag gewährt"),
            (len(result) - len(granted), "nicht gewährt"),
        )
        words = ", ".join(f"{number} {word}" for number, word in counts if number)
        silent = unreachable(row.statement.ministry for row in result)
        told = "".join(f" {label}: {houses}." for label, houses in silent)
        whom = "Jedes Ressort mit Funktionspostfach" if silent else "Jedes Ressort"
        return f"Beantwortet: {words}. {whom} erhält eine Nachricht.{told}"

    def get_success_url(self, result: list[ExtensionRequest]) -> str:
        return self.object.get_absolute_url()
