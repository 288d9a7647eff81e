"""„Ressort nicht mehr beteiligen“: for one partnership or several of the running round."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from guidelines.leaving.house_actions import take_house_out
from guidelines.rounds.letters import unreachable
from guidelines.rounds.models import CheckRound
from guidelines.statements.models import Statement
from guidelines.states.doors import coordinated_round
from guidelines.states.tables import RoundState
from ministries import clock
from ui.forms import Form
from ui.views import ConfirmPage


class StatementChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Statement) -> str:
        return str(obj.guideline_check.partnership)


class HouseOutForm(Form):
    statements = StatementChoice(
        Statement.objects.none(),
        label="Partnerschaften",
        help_text="Zur Wahl stehen die, zu denen das Ressort noch nichts freigegeben hat.",
    )
    reason = forms.CharField(
        label="Nicht mehr beteiligt, weil",
        max_length=300,
        help_text="Das Ressort liest den Grund über seiner Stellungnahme. Nennen Sie darin keinen "
        "Beschluss, der noch nicht sichtbar ist.",
    )

    def __init__(self, *args: Any, statements: QuerySet[Statement], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer(statements=statements)


class HouseTakeOut(ConfirmPage):
    form_class = HouseOutForm
    submit_label = "Nicht mehr beteiligen und Ressort unterrichten"
    audience = "Das Ressort, die Koordinierung und der Chef der Staatskanzlei."
    lead = (
        "Das Ressort schuldet dazu dann nichts mehr; in der Übersicht steht „nicht beteiligt“. Was "
        "es geschrieben hat, bleibt bei ihm. Mit „Ressort nachträglich beteiligen“ lässt es sich "
        "zurücknehmen."
    )
    object: CheckRound
    statements: QuerySet[Statement]

    def prepare(self, request: HttpRequest, round_slug: str, house: str) -> None:
        self.object = coordinated_round(request, round_slug)
        self.statements = (
            Statement.objects.filter(guideline_check__round=self.object, ministry__slug=house)
            .outstanding()
            .select_related("ministry", "guideline_check__partnership")
            .order_by("guideline_check__partnership__sort_key")
        )
        if self.object.state != RoundState.OPEN or not self.statements:
            raise Http404

    def get_title(self) -> str:
        return f"{self.object}: {self.statements[0].ministry.abbreviation} nicht mehr beteiligen"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        house = self.statements[0].ministry
        return [("Leitlinien-Check", self.object), ("Ressort", house.name), *unreachable([house])]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"statements": self.statements}

    def get_initial(self) -> Mapping[str, Any]:
        wanted = self.request.GET.get("partnerschaft", "")
        chosen = [r for r in self.statements if r.guideline_check.partnership.slug == wanted]
        return {"statements": [row.pk for row in chosen]}

    def save(self, form: HouseOutForm) -> list[Statement]:
        return take_house_out(**form.cleaned_data, by=self.request.user, now=clock.now())

    def get_success_url(self, result: list[Statement]) -> str:
        return reverse("guidelines:round", args=[self.object.slug])

    def get_success_message(self, result: list[Statement]) -> str:
        names = ", ".join(str(row.guideline_check.partnership) for row in result)
        return f"{result[0].ministry} ist nicht mehr beteiligt: {names}."
