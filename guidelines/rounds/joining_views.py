"""Who comes to a running round later: a house, asked or by itself, and more partnerships."""

from typing import Any

from django.http import Http404, HttpRequest

from guidelines.rounds.forms import AddHouseForm
from guidelines.rounds.joining_actions import add_house_later
from guidelines.rounds.models import CheckRound, GuidelineCheck, GuidelineCheckQuerySet
from guidelines.statements.models import Statement
from guidelines.states.doors import coordinated_round
from guidelines.states.tables import RoundState
from ministries import clock
from ministries.models import Ministry
from partnerships.models import Partnership
from ui.views import FormPage


class RunningRoundForm(FormPage):
    """A form of the coordination on a running round."""

    object: CheckRound

    def prepare(self, request: HttpRequest, round_slug: str) -> None:
        self.object = coordinated_round(request, round_slug)
        if self.object.state != RoundState.OPEN:
            raise Http404


class HouseAdd(RunningRoundForm):
    form_class = AddHouseForm
    submit_label = "Ressort beteiligen und anschreiben"
    lead = "Das Ressort erhält eine Nachricht an sein Funktionspostfach, mit Liste und Frist."
    audience = (
        "Das Ressort sieht, wozu es gefragt ist; wer den Stand sieht, sieht es in der Übersicht."
    )

    def get_title(self) -> str:
        return f"{self.object}: Ressort nachträglich beteiligen"

    def get_form_kwargs(self) -> dict[str, Any]:
        checks = _collecting(self.object, self.request).collecting()
        houses = Ministry.objects.on(clock.today()).in_protocol_order()
        return {"checks": checks, "houses": houses}

    def save(self, form: AddHouseForm) -> list[Statement]:
        return add_house_later(
            checks=form.cleaned_data["checks"],
            ministry=form.cleaned_data["ministry"],
            due_on=form.cleaned_data["due_on"],
            by=self.request.user,
            now=clock.now(),
        )

    def get_success_url(self, result: list[Statement]) -> str:
        return f"{self.object.get_absolute_url()}?ministry={result[0].ministry.slug}"

    def get_success_message(self, result: list[Statement]) -> str:
        house = result[0].ministry
        told = (
            "ist angeschrieben"
            if house.mailbox
            else "hat kein Funktionspostfach: bitte anders anschreiben"
        )
        return f"{house} ist jetzt beteiligt ({_names(result)}) und {told}."


def _collecting(check_round: CheckRound, request: HttpRequest) -> GuidelineCheckQuerySet:
    hidden = Partnership.objects.hidden_from(request.user)
    return (
        GuidelineCheck.objects.filter(round=check_round, collection_closed_on__isnull=True)
        .exclude(partnership__in=hidden)
        .select_related("round", "partnership")
        .order_by("partnership__sort_key")
    )


def _names(statements: list[Statement]) -> str:
    return ", ".join(str(statement.guideline_check.partnership) for statement in statements)
