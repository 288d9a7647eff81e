"""The end of a round that was not decided: discarded before, or broken off after it opened."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from guidelines.rounds.ending_actions import discard_round
from guidelines.rounds.models import CheckRound
from guidelines.rounds.preparation_views import preparing_round
from guidelines.statements.models import Statement
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
