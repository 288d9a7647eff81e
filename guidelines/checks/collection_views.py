"""„Zulieferung schließen“ for one partnership, with the missing houses by name."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest

from guidelines.checks.collection_actions import close_collections
from guidelines.checks.page import HouseRow, outstanding
from guidelines.rounds.models import GuidelineCheck
from guidelines.states.doors import coordinated_check
from guidelines.states.tables import CheckState, RoundState
from ministries import clock
from ui.dates import german_date
from ui.views import ConfirmPage


class CollectionClose(ConfirmPage):
    submit_label = "Zulieferung schließen"
    lead = (
        "Danach kann zu dieser Partnerschaft nichts mehr abgegeben, geändert oder zurückgezogen "
        "werden. Wer fehlt, erhält eine Nachricht an sein Funktionspostfach; in der Übersicht "
        "steht „keine Stellungnahme“. Mit „Zulieferung wieder öffnen“ lässt es sich zurücknehmen."
    )
    audience = (
        "Alle sehen in den Zahlen „keine Stellungnahme“, jedes Ressort bei seiner eigenen. Über "
        "einen Beschluss sagt das nichts."
    )
    object: GuidelineCheck

    def prepare(self, request: HttpRequest, year: int, slug: str) -> None:
        self.object = coordinated_check(request, year, slug)
        is_over = self.object.state == CheckState.DECIDED or self.object.collection_closed_on
        if is_over or self.object.round.state != RoundState.OPEN:
            raise Http404
        self.missing = outstanding(self.object, request.user, clock.today())

    def get_title(self) -> str:
        return f"Zulieferung schließen: {self.object.partnership}"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        unreachable = [row.ministry for row in self.missing if not row.ministry.mailbox]
        facts: list[tuple[str, Any]] = [
            ("Leitlinien-Check", self.object.round),
            ("Partnerschaft", self.object.partnership),
            ("Es fehlen", "; ".join(_named(row) for row in self.missing) or "keine"),
        ]
        if unreachable:
            names = ", ".join(house.abbreviation for house in unreachable)
            facts.append(("Ohne Funktionspostfach, bitte anders unterrichten", names))
        return facts

    def save(self, form: Any) -> GuidelineCheck:
        close_collections(checks=[self.object], by=self.request.user, now=clock.now())
        return self.object

    def get_success_message(self, result: GuidelineCheck) -> str:
        return f"Die Zulieferung zu {result.partnership} ist geschlossen."


def _named(row: HouseRow) -> str:
    return f"{row.ministry.abbreviation} ({row.state.label}, Frist {german_date(row.due_on)})"
