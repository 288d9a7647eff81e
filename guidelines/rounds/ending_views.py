"""The end of a round that was not decided: discarded before, or broken off after it opened."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from guidelines.rounds.ending_actions import break_off_round, discard_round
from guidelines.rounds.forms import BreakOffForm
from guidelines.rounds.letters import asked_houses, unreachable
from guidelines.rounds.models import CheckRound
from guidelines.rounds.preparation_views import preparing_round
from guidelines.rounds.progress import round_progress
from guidelines.statements.models import Statement
from guidelines.states.doors import coordinated_round
from guidelines.states.tables import CheckState, RoundState
from ministries import clock
from ui.dates import german_date
from ui.views import ConfirmPage


class RoundDiscard(ConfirmPage):
    submit_label = "Leitlinien-Check verwerfen"
    warning = "Ein verworfener Leitlinien-Check ist gelöscht und lässt sich nicht zurückholen."
    lead = "Angeschrieben ist noch niemand: Die Ressorts erfahren davon nichts."
    audience = "Nur die Koordinierung."

    object: CheckRound

    def prepare(self, request: HttpRequest, round_slug: str) -> None:
        self.object = preparing_round(request, round_slug)

    def get_title(self) -> str:
        return f"{self.object} verwerfen"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        asked = Statement.objects.filter(guideline_check__round=self.object)
        return [
            ("Leitlinienfassung", self.object.edition),
            ("Frist", german_date(self.object.due_on)),
            ("Partnerschaften", f"{self.object.checks.count()}"),
            ("Vorgesehene Stellungnahmen", f"{asked.count()}"),
        ]

    def save(self, form: Any) -> CheckRound:
        discard_round(
            check_round=self.object, expected_version=self.expected_version, by=self.request.user
        )
        return self.object

    def get_cancel_url(self) -> str:
        return reverse("guidelines:round-prepare", args=[self.object.slug])

    def get_success_url(self, result: CheckRound) -> str:
        return reverse("guidelines:rounds")

    def get_success_message(self, result: CheckRound) -> str:
        return f"{result} ist verworfen. Angeschrieben war noch niemand."


class RoundBreakOff(ConfirmPage):
    form_class = BreakOffForm
    submit_label = "Leitlinien-Check abbrechen und Ressorts unterrichten"
    cancel_label = "Nicht abbrechen, zurück"
    warning = "Ein abgebrochener Leitlinien-Check wird nicht mehr geändert und nicht fortgesetzt."
    lead = (
        "Kein Ressort muss danach noch etwas abgeben. Was freigegeben oder beschlossen ist, bleibt, "
        "wie es ist. Der Name wird frei für einen neuen Leitlinien-Check."
    )
    audience = "Alle, die den Leitlinien-Check sehen, lesen den Grund."

    object: CheckRound

    def prepare(self, request: HttpRequest, round_slug: str) -> None:
        self.object = coordinated_round(request, round_slug)
        if self.object.state != RoundState.OPEN:
            raise Http404

    def get_title(self) -> str:
        return f"{self.object} abbrechen"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        progress = round_progress(self.object, self.request.user, clock.today())
        decided = self.object.checks.filter(state=CheckState.DECIDED)
        names = decided.order_by("partnership__sort_key").values_list(
            "partnership__name", flat=True
        )
        return [
            ("Partnerschaften", f"{self.object.checks.count()}"),
            ("Stellungnahmen", f"{progress.answered} von {progress.total} liegen vor"),
            ("Beschlossen und weiter gültig", ", ".join(names) or "noch nichts"),
            *unreachable(asked_houses(self.object)),
        ]

    def save(self, form: BreakOffForm) -> CheckRound:
        return break_off_round(
            check_round=self.object,
            reason=form.cleaned_data["reason"],
            expected_version=self.expected_version,
            by=self.request.user,
            now=clock.now(),
        )

    def get_stored(self, form: BreakOffForm, current: CheckRound) -> Mapping[str, Any]:
        return {"reason": current.broken_off_reason}

    def get_success_message(self, result: CheckRound) -> str:
        return f"{result}: Die Ressorts sind unterrichtet."
