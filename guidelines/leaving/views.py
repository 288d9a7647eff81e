"""„Aus dem Leitlinien-Check nehmen“ and „Wieder aufnehmen“, for one partnership."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest

from guidelines.leaving.actions import take_in, take_out
from guidelines.rounds.forms import LaterDeadline
from guidelines.rounds.letters import unreachable
from guidelines.rounds.models import GuidelineCheck
from guidelines.states.doors import coordinated_check
from guidelines.states.tables import CheckState, RoundState
from ministries import clock
from ministries.models import Ministry
from ui.dates import german_date
from ui.forms import Form
from ui.views import ConfirmPage

TOLD = "Die Ressorts mit Funktionspostfach sind unterrichtet."


class TakingOutForm(Form):
    reason = forms.CharField(
        label="Nicht mehr im Leitlinien-Check, weil",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="Die gefragten Ressorts lesen den Grund auf der Seite des Checks. Nennen Sie "
        "darin keinen Beschluss, der noch nicht sichtbar ist.",
    )


class CheckTakeOut(ConfirmPage):
    form_class = TakingOutForm
    submit_label = "Herausnehmen und Ressorts unterrichten"
    audience = "Die gefragten Ressorts, die Koordinierung und der Chef der Staatskanzlei."
    lead = (
        "Zu dieser Partnerschaft wird dann nichts mehr abgegeben und nichts entschieden; in der "
        "Übersicht steht „nicht beteiligt“. Was freigegeben ist, bleibt lesbar wie bisher; "
        "Entwürfe bleiben in ihrem Haus, offene Rückfragen werden zurückgenommen. Mit „Wieder "
        "aufnehmen“ lässt es sich zurücknehmen, solange der Leitlinien-Check läuft."
    )
    object: GuidelineCheck

    def prepare(self, request: HttpRequest, round_slug: str, slug: str) -> None:
        self.object = coordinated_check(request, round_slug, slug)
        is_running = self.object.round.state == RoundState.OPEN
        open_ones = (CheckState.COLLECTING, CheckState.EVALUATING)
        if not is_running or self.object.is_out or self.object.state not in open_ones:
            raise Http404

    def get_title(self) -> str:
        return f"Aus dem Leitlinien-Check nehmen: {self.object.partnership}"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        asked = _asked(self.object)
        others = self.object.round.checks.exclude(pk=self.object.pk)
        is_last = not others.undecided().exists()
        end = "Über alle anderen ist entschieden: Der Leitlinien-Check wird damit abgeschlossen."
        return [
            ("Leitlinien-Check", self.object.round),
            ("Partnerschaft", self.object.partnership),
            ("Gefragt sind", ", ".join(house.abbreviation for house in asked)),
            *unreachable(asked),
            *([("Danach", end)] if is_last else []),
        ]

    def save(self, form: TakingOutForm) -> GuidelineCheck:
        return take_out(
            check=self.object, **form.cleaned_data, by=self.request.user, now=clock.now()
        )

    def get_success_message(self, result: GuidelineCheck) -> str:
        return f"{result.partnership} ist nicht mehr im {result.round}. {TOLD}"


class CheckTakeIn(ConfirmPage):
    form_class = LaterDeadline
    submit_label = "Wieder aufnehmen und Ressorts unterrichten"
    audience = "Die gefragten Ressorts, die Koordinierung und der Chef der Staatskanzlei."
    lead = (
        "Wer noch nichts freigegeben hat, wird wieder gefragt; was freigegeben ist, gilt. Eine "
        "geschlossene Zulieferung bleibt geschlossen."
    )
    object: GuidelineCheck

    def prepare(self, request: HttpRequest, round_slug: str, slug: str) -> None:
        self.object = coordinated_check(request, round_slug, slug)
        if self.object.round.state != RoundState.OPEN or not self.object.is_out:
            raise Http404

    def get_title(self) -> str:
        return f"Wieder aufnehmen: {self.object.partnership}"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        return [
            ("Leitlinien-Check", self.object.round),
            ("Partnerschaft", self.object.partnership),
            ("Herausgenommen am", german_date(self.object.taken_out_on)),
            ("Grund", self.object.taken_out_because),
            *unreachable(_asked(self.object)),
        ]

    def save(self, form: LaterDeadline) -> GuidelineCheck:
        return take_in(
            check=self.object, **form.cleaned_data, by=self.request.user, now=clock.now()
        )

    def get_success_message(self, result: GuidelineCheck) -> str:
        return f"{result.partnership} ist wieder im {result.round}. {TOLD}"


def _asked(check: GuidelineCheck) -> list[Ministry]:
    statements = check.statements.filter(taken_out_on=None).select_related("ministry")
    return [row.ministry for row in statements.order_by("ministry__sort_order", "pk")]
