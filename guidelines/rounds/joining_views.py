"""Who comes to a running round later: a house, asked or by itself, and more partnerships."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from django.urls import reverse

from guidelines.rounds.forms import AddHouseForm, AddPartnershipsForm, JoinForm
from guidelines.rounds.joining_actions import add_house_later, add_partnerships, join_round
from guidelines.rounds.models import CheckRound, GuidelineCheck, GuidelineCheckQuerySet
from guidelines.statements.models import Statement
from guidelines.states.doors import coordinated_round, seen_round
from guidelines.states.tables import CheckState, RoundState
from ministries import clock
from ministries.models import Ministry
from partnerships.models import Partnership
from partnerships.permissions import WRITERS
from ui.views import FormPage


def may_ask_again(statement: Statement) -> bool:
    """One house was taken out of a check in which others can still file."""
    check = statement.guideline_check
    is_open = check.is_collecting or (statement.is_reopened and check.may_reopen)
    return statement.taken_out_on is not None and is_open and check.state != CheckState.PROPOSED


def asking_again_url(statement: Statement) -> str:
    check = statement.guideline_check
    chosen = {"ressort": statement.ministry.slug, "partnerschaft": check.partnership.slug}
    return f"{reverse('guidelines:round-house-add', args=[check.round.slug])}?{urlencode(chosen)}"


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
        checks = _seen(self.object, self.request).collecting().exclude(state=CheckState.PROPOSED)
        back = Statement.objects.out_of_reopened().values("guideline_check")
        is_open = Q(collection_closed_on=None) | Q(pk__in=back)
        checks = checks.filter(is_open)
        houses = Ministry.objects.on(clock.today()).in_protocol_order()
        return {"checks": checks, "houses": houses}

    def get_initial(self) -> Mapping[str, Any]:
        """As the link of a house that was taken out asks for."""
        chosen = {"partnership__slug": self.request.GET.get("partnerschaft", "")}
        return {
            "ministry": Ministry.objects.filter(slug=self.request.GET.get("ressort", "")).first(),
            "checks": [row.pk for row in self.object.checks.filter(**chosen)],
        }

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


class HouseJoin(FormPage):
    """A house takes part by its own wish; of what is decided in secret the form knows nothing."""

    form_class = JoinForm
    submit_label = "Ihr Haus beteiligen"
    lead = (
        "Wählen Sie die Partnerschaften, zu denen Ihr Haus Stellung nehmen will. Die Koordinierung "
        "und das Funktionspostfach Ihres Hauses erhalten eine Nachricht."
    )
    audience = (
        "Die Koordinierung sieht, dass Ihr Haus sich beteiligt; den Entwurf sieht nur Ihr Haus."
    )

    object: CheckRound

    def prepare(self, request: HttpRequest, round_slug: str) -> None:
        self.object = seen_round(request, round_slug)
        if not request.user.has_perm("guidelines.join_round"):
            raise PermissionDenied
        running = CheckRound.objects.running(request.user, clock.today())
        if not running.filter(pk=self.object.pk).exists():
            raise Http404

    def get_title(self) -> str:
        return f"{self.object}: Ihr Haus beteiligen"

    def get_form_kwargs(self) -> dict[str, Any]:
        own = self.request.user.ministry_ids(*WRITERS)
        houses = Ministry.objects.on(clock.today()).filter(pk__in=own).in_protocol_order()
        asked = Statement.objects.asked().filter(
            ministry=OuterRef("pk"), guideline_check=OuterRef(OuterRef("pk"))
        )
        lacking = Exists(houses.filter(~Exists(asked)))
        checks = _collecting(self.object, self.request).filter(lacking)
        if self.object.due_on < clock.today():
            checks = checks.none()
        return {"checks": checks, "houses": houses}

    def save(self, form: JoinForm) -> list[Statement]:
        return join_round(
            checks=form.cleaned_data["checks"],
            ministry=form.cleaned_data["ministry"],
            by=self.request.user,
            now=clock.now(),
        )

    def get_success_message(self, result: list[Statement]) -> str:
        return f"{result[0].ministry} ist jetzt beteiligt: {_names(result)}."

    def get_success_url(self, result: list[Statement]) -> str:
        return self.object.get_absolute_url()


class PartnershipsAdd(RunningRoundForm):
    form_class = AddPartnershipsForm
    submit_label = "Partnerschaften aufnehmen und Ressorts anschreiben"
    lead = (
        "Gefragt werden die Ressorts, die das Register vorschlägt, und die Staatskanzlei. Jedes "
        "erhält eine Nachricht; weitere beteiligen Sie danach."
    )
    audience = (
        "Die gefragten Ressorts; wer den Stand sieht, sieht die Partnerschaft in der Übersicht."
    )

    def get_title(self) -> str:
        return f"{self.object}: Partnerschaften nachtragen"

    def get_form_kwargs(self) -> dict[str, Any]:
        present = self.object.checks.values("partnership")
        seen = Partnership.objects.visible_to(self.request.user)
        return {"partnerships": seen.exclude(pk__in=present).order_by("sort_key")}

    def save(self, form: AddPartnershipsForm) -> list[GuidelineCheck]:
        return add_partnerships(
            check_round=self.object, **form.cleaned_data, by=self.request.user, now=clock.now()
        )

    def get_success_message(self, result: list[GuidelineCheck]) -> str:
        names = ", ".join(str(check.partnership) for check in result)
        return f"Aufgenommen: {names}. Die Ressorts sind angeschrieben."

    def get_success_url(self, result: list[GuidelineCheck]) -> str:
        return self.object.get_absolute_url()


def _collecting(check_round: CheckRound, request: HttpRequest) -> GuidelineCheckQuerySet:
    return _seen(check_round, request).filter(collection_closed_on__isnull=True)


def _seen(check_round: CheckRound, request: HttpRequest) -> GuidelineCheckQuerySet:
    hidden = Partnership.objects.hidden_from(request.user)
    return (
        GuidelineCheck.objects.filter(round=check_round, taken_out_on=None)
        .exclude(partnership__in=hidden)
        .select_related("round", "partnership")
        .order_by("partnership__sort_key")
    )


def _names(statements: list[Statement]) -> str:
    return ", ".join(str(statement.guideline_check.partnership) for statement in statements)
