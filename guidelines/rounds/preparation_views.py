"""A round before it opens: whom it will ask, and the step that sends it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from guidelines.asking.plans import CheckPlan, RoundPlan, round_plan
from guidelines.catalogue.models import Criterion
from guidelines.rounds.actions import open_round, set_houses
from guidelines.rounds.deadlines import deadline_doubts, haste_doubts
from guidelines.rounds.models import CheckRound
from guidelines.states.doors import coordinated_round
from guidelines.states.tables import RoundState
from ministries import clock
from ministries.models import Ministry
from ministries.working_days import working_days_between
from ui.dates import german_date
from ui.errors import Conflict, Refusal
from ui.receipts import once
from ui.views import ConfirmPage

# Where a button of the preparation page leads to.
NEXT = {"open": "guidelines:round-open", "edit": "guidelines:round-edit"}


@dataclass(frozen=True)
class HouseChoice:
    """A checkbox of the preparation page."""

    ministry: Ministry
    is_asked: bool
    because: str
    questions: list[Criterion]


def preparing_round(request: HttpRequest, round_slug: str) -> CheckRound:
    check_round = coordinated_round(request, round_slug)
    if check_round.state != RoundState.PREPARING:
        raise Http404
    return check_round


@require_safe
def round_prepare(request: HttpRequest, round_slug: str) -> HttpResponse:
    check_round = coordinated_round(request, round_slug)
    if check_round.state != RoundState.PREPARING:
        return redirect("guidelines:round", round_slug=round_slug)
    day = clock.today()
    plan = round_plan(check_round, day)
    context = {
        "title": f"{check_round} vorbereiten",
        "round": check_round,
        "plan": plan,
        "working_days": working_days_between(day, check_round.due_on),
        "checks": [(found, _choices(found, plan)) for found in plan.checks],
        "version": check_round.version,
    }
    return render(request, "guidelines/round_prepare.html", context)


def _choices(check_plan: CheckPlan, plan: RoundPlan) -> list[HouseChoice]:
    """Asked and proposed houses first, then the others; both in protocol order."""
    because = {house.ministry.pk: house.because for house in check_plan.proposed}
    asked = {statement.ministry_id: statement for statement in check_plan.statements}
    choices = [
        HouseChoice(
            ministry=ministry,
            is_asked=ministry.pk in asked,
            because=asked[ministry.pk].asked_because
            if ministry.pk in asked
            else because.get(ministry.pk, ""),
            questions=check_plan.questions.get(ministry.pk, []),
        )
        for ministry in plan.ministries
    ]
    return sorted(choices, key=lambda choice: not choice.because)


@require_POST
@once
def houses_save(request: HttpRequest, round_slug: str) -> HttpResponse:
    """Whatever button leads on from the page keeps its ticks first."""
    check_round = preparing_round(request, round_slug)
    if not _keep(request, check_round, _ticked(request, check_round)):
        return redirect("guidelines:round-prepare", round_slug=round_slug)
    messages.success(request, "Die Beteiligung ist gespeichert.")
    leads_to = NEXT.get(request.POST.get("then", ""), "guidelines:round-prepare")
    return redirect(leads_to, round_slug=round_slug)


def _ticked(request: HttpRequest, check_round: CheckRound) -> dict[int, set[int]]:
    """Every check on the page posts `check` and its ticked houses as `houses-<check id>`."""
    checks = check_round.checks.filter(pk__in=_numbers(request.POST.getlist("check")))
    return {
        pk: _numbers(request.POST.getlist(f"houses-{pk}"))
        for pk in checks.values_list("pk", flat=True)
    }


def _keep(request: HttpRequest, check_round: CheckRound, wanted: dict[int, set[int]]) -> bool:
    """False, with the reason as a message, where somebody else was faster."""
    versions = _numbers([request.POST.get("_version", "")])
    try:
        set_houses(
            check_round=check_round,
            wanted=wanted,
            expected_version=versions.pop() if versions else None,
            by=request.user,
            now=clock.now(),
        )
    except Conflict:
        messages.error(
            request,
            "Inzwischen hat jemand anderes die Beteiligung geändert. Unten steht der neue Stand; "
            "bitte wählen Sie noch einmal.",
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        return True
    return False


@require_POST
@once
def house_change(request: HttpRequest, round_slug: str) -> HttpResponse:
    """Ask one house in all partnerships of the page, or in none; the ticks beside it stay."""
    check_round = preparing_round(request, round_slug)
    ministry = Ministry.objects.on(clock.today()).filter(slug=request.POST.get("ministry")).first()
    if ministry is None:
        messages.error(request, "Wählen Sie ein Ressort aus.")
        return redirect("guidelines:round-prepare", round_slug=round_slug)
    is_added = request.POST.get("change") == "add"
    wanted = _ticked(request, check_round)
    for houses in wanted.values():
        houses.add(ministry.pk) if is_added else houses.discard(ministry.pk)
    if _keep(request, check_round, wanted):
        words = "an allen Partnerschaften beteiligt" if is_added else "nicht mehr beteiligt"
        messages.success(request, f"{ministry} ist {words}.")
    return redirect("guidelines:round-prepare", round_slug=round_slug)


def _numbers(texts: Sequence[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10}


class RoundOpen(ConfirmPage):
    submit_label = "Check eröffnen und Ressorts anschreiben"
    warning = "Nach der Eröffnung bleiben die Fragen, wie sie sind."
    lead = "Mit der Eröffnung erhält jedes beteiligte Ressort eine Nachricht an sein Funktionspostfach."
    audience = "Ab der Eröffnung sehen die beteiligten Ressorts, wozu sie gefragt sind."

    object: CheckRound

    def prepare(self, request: HttpRequest, round_slug: str) -> None:
        self.object = preparing_round(request, round_slug)

    def get_title(self) -> str:
        return f"{self.object} eröffnen"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        day = clock.today()
        plan = round_plan(self.object, day)
        houses = [f"{house.abbreviation} {number}" for house, number in plan.per_house]
        unreachable = [house.abbreviation for house, _ in plan.per_house if not house.mailbox]
        facts = [
            ("Leitlinienfassung", self.object.edition),
            (
                "Frist",
                f"{german_date(self.object.due_on)} "
                f"(in {working_days_between(day, self.object.due_on)} Arbeitstagen)",
            ),
            ("Lesbar für andere Ressorts", _reading(self.object)),
            ("Partnerschaften", f"{len(plan.checks)}"),
            ("Stellungnahmen", f"{plan.total}"),
            ("je Ressort", ", ".join(houses)),
        ]
        due_on = self.object.due_on
        if doubts := " ".join([*deadline_doubts(due_on), *haste_doubts(due_on)]):
            facts.insert(2, ("Zur Frist", doubts))
        if unreachable:
            facts.append(
                ("Ohne Funktionspostfach, bitte anders anschreiben", ", ".join(unreachable))
            )
        return facts

    def save(self, form: Any) -> CheckRound:
        open_round(
            check_round=self.object,
            by=self.request.user,
            now=clock.now(),
            expected_version=self.expected_version,
        )
        return self.object

    def get_cancel_url(self) -> str:
        return reverse("guidelines:round-prepare", args=[self.object.slug])

    def get_success_message(self, result: CheckRound) -> str:
        return (
            f"{result} ist eröffnet. Wer ein Funktionspostfach hat, ist angeschrieben; unter "
            "„Anschreiben“ liegt jedes Schreiben zum Versenden bereit."
        )


def _reading(check_round: CheckRound) -> str:
    return "sofort nach Freigabe" if check_round.is_open_reading else "nach Ablauf der Frist"
