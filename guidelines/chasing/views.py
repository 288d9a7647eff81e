"""„Ressorts erinnern“: one, several or all that still owe something."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse

from guidelines.chasing.actions import remind
from guidelines.chasing.owed import Owed, owed_in, reminded_on
from guidelines.rounds.letters import unreachable
from guidelines.rounds.models import CheckRound
from guidelines.rounds.request_text import number_of
from guidelines.statements.models import Statement
from guidelines.states.doors import coordinated_round
from guidelines.states.tables import RoundState
from ministries import clock
from ministries.models import Ministry
from ui.forms import Form
from ui.views import ConfirmPage


class RemindForm(Form):
    houses = forms.MultipleChoiceField(
        label="Ressorts",
        widget=forms.CheckboxSelectMultiple,
        help_text="Jedes erhält eine Nachricht mit allem, was von ihm noch fehlt.",
    )
    text = forms.CharField(
        label="Zusatz",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Steht in jeder Nachricht. Das Postfach lesen viele: nichts Vertrauliches.",
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer(houses=choices)


class RoundRemind(ConfirmPage):
    form_class = RemindForm
    submit_label = "Erinnerungen versenden"
    audience = "Die angeschriebenen Ressorts, jedes die eigene Nachricht."
    object: CheckRound
    owed: Owed
    reminded: set[str]

    def prepare(self, request: HttpRequest, round_slug: str) -> None:
        self.object = coordinated_round(request, round_slug)
        if self.object.state != RoundState.OPEN:
            raise Http404
        self.owed = owed_in(self.object)
        self.reminded = reminded_on(self.object, clock.today())

    def _choosable(self) -> list[Ministry]:
        boxes = self.reminded
        return [house for house in self.owed if house.mailbox and house.mailbox not in boxes]

    def too_late(self) -> str:
        if self._choosable():
            return ""
        if not self.owed:
            return "Es fehlt keine Stellungnahme mehr."
        return "Heute ist schon an alle geschrieben, die sich erinnern lassen."

    def get_title(self) -> str:
        return f"{self.object}: Ressorts erinnern"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        today = [house.abbreviation for house in self.owed if house.mailbox in self.reminded]
        return [
            ("Ausstehend", number_of([row for rows in self.owed.values() for row in rows])),
            *([("Heute schon erinnert", ", ".join(today))] if today else []),
            *unreachable(self.owed),
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"choices": [(house.slug, self._label(house)) for house in self._choosable()]}

    def _label(self, house: Ministry) -> str:
        rows = self.owed[house]
        late = sum(map(_is_late, rows))
        return f"{house.abbreviation}: {number_of(rows)}" + (f", {late} überfällig" if late else "")

    def get_initial(self) -> Mapping[str, Any]:
        """The one that a link names, else who is late, else all."""
        wanted = self.request.GET.get("ressort", "")
        houses = self._choosable()
        late = [house.slug for house in houses if any(map(_is_late, self.owed[house]))]
        named = [house.slug for house in houses if house.slug == wanted]
        return {"houses": named or late or [house.slug for house in houses]}

    def save(self, form: RemindForm) -> list[Ministry]:
        chosen = form.cleaned_data["houses"]
        houses = [house for house in self.owed if house.slug in chosen]
        return remind(
            check_round=self.object,
            houses=houses,
            text=form.cleaned_data["text"],
            by=self.request.user,
            now=clock.now(),
        )

    def get_success_url(self, result: list[Ministry]) -> str:
        return reverse("guidelines:round", args=[self.object.slug])

    def get_success_message(self, result: list[Ministry]) -> str:
        return f"Erinnert: {', '.join(house.abbreviation for house in result)}."


def _is_late(statement: Statement) -> bool:
    return statement.deadline < clock.today()
