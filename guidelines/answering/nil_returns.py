"""Fehlanzeige for one, for several or for all but some: choose, see what there is, say why."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guidelines.answering.holdings import holdings
from guidelines.answering.nil_return_forms import Asked, NilReturnForm
from guidelines.answering.sittings import require_writer, ticked
from guidelines.rounds.switch import RoundSwitch
from guidelines.statements.actions import file_nil_return
from guidelines.statements.lists import own_statements
from guidelines.statements.models import Statement
from guidelines.states.tables import StatementState
from ministries.clock import today
from ui.errors import Conflict, Refusal
from ui.views import FormPage


class NilReturn(FormPage):
    """`?s=1&s=2` names the chosen ones; with `ausser` the ones left out, of `?round=2026`."""

    form_class = NilReturnForm
    template_name = "guidelines/statement_nil_return.html"

    def prepare(self, request: HttpRequest) -> None:
        require_writer(request.user)
        self.versions = ticked(request.POST.getlist("s"))
        chosen = {pk for pk in request.GET.getlist("s") if pk.isascii() and pk.isdigit()}
        self.chosen = set(map(str, self.versions)) if request.method == "POST" else chosen
        is_inverted = request.method != "POST" and "ausser" in request.GET
        found = self._open_ones()
        self.switch = RoundSwitch((row.guideline_check.round for row in found), request.GET)
        self.open_ones = [row for row in found if self.switch.shows(row.guideline_check.round)]
        picked = [row for row in self.open_ones if (str(row.pk) in self.chosen) != is_inverted]
        self.is_confirming = bool(picked) and bool(self.chosen or is_inverted)
        held = holdings(picked or self.open_ones, request.user, today())
        self.asked = [Asked(row, held[row.pk]) for row in picked or self.open_ones]

    def _open_ones(self) -> list[Statement]:
        user = self.request.user
        rows = own_statements(user, today()).written_by(user).awaited(today())
        rows = rows.filter(state=StatementState.OPEN)
        return list(rows.order_by("guideline_check__partnership__sort_key", "pk"))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"asked": self.asked if self.is_confirming else []}

    def save(self, form: NilReturnForm) -> list[Statement]:
        if not self.is_confirming or len(self.asked) < len(self.chosen):
            raise Refusal(
                "Mindestens eine der ausgewählten Stellungnahmen ist nicht mehr offen. "
                "Wählen Sie bitte noch einmal aus."
            )
        statements = [one.statement for one in form.asked]
        reasons = {one.statement.pk: form.reason_of(one) for one in form.asked}
        try:
            file_nil_return(
                statements=statements,
                reasons=reasons,
                versions=self.versions,
                by=self.request.user,
                now=timezone.now(),
            )
        except Conflict:
            raise Refusal(
                "Inzwischen hat jemand anderes in Ihrem Haus geschrieben. Sehen Sie bitte noch einmal nach."
            ) from None
        return statements

    def get_title(self) -> str:
        return "Fehlanzeige bestätigen" if self.is_confirming else "Fehlanzeige"

    def get_success_message(self, result: list[Statement]) -> str:
        names = ", ".join(row.guideline_check.partnership.name for row in result)
        return f"Fehlanzeige zu {names} liegt jetzt zur Freigabe vor."

    def get_success_url(self, result: list[Statement]) -> str:
        return self._list_url()

    def get_cancel_url(self) -> str:
        if self.is_confirming and len(self.asked) == 1:
            return self.asked[0].statement.get_absolute_url()
        return self._list_url()

    def _list_url(self) -> str:
        return f"{reverse('guidelines:statements')}{self.switch.query}"

    def get_context(self, form: NilReturnForm) -> dict[str, Any]:
        return {
            "asked": self.asked,
            "is_confirming": self.is_confirming,
            "is_nothing_ticked": not self.is_confirming
            and bool({"s", "ausser", "weiter"} & self.request.GET.keys()),
            "switch": self.switch,
        }
