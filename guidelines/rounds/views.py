"""The list of rounds, and the form that begins or changes one."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guidelines.rounds.actions import change_round, prepare_round
from guidelines.rounds.deadlines import next_undoubted
from guidelines.rounds.forms import RoundForm
from guidelines.rounds.models import CheckRound
from guidelines.rounds.progress import shown_round_state
from guidelines.statements.models import Statement
from guidelines.states.doors import coordinated_round, require_coordination
from guidelines.states.tables import ENDED, RoundState, StatementState
from ministries import clock
from ministries.models import User
from ministries.working_days import add_working_days, working_days_between
from partnerships.models import Partnership
from ui.errors import Refusal
from ui.views import FormPage

DEFAULT_WORKING_DAYS = 20


@require_safe
@permission_required("guidelines.read", raise_exception=True)
def round_list(request: HttpRequest) -> HttpResponse:
    seen = CheckRound.objects.visible_to(request.user).with_disclosure(clock.today())
    rounds = list(seen.select_related("edition"))
    numbers = _counted(rounds, request.user)
    context = {
        "title": "Leitlinien-Checks",
        "rows": [_row(found, numbers.get(found.pk, {}), request.user) for found in rounds],
        "may_coordinate": request.user.has_perm("guidelines.coordinate"),
    }
    return render(request, "guidelines/round_list.html", context)


def _counted(rounds: list[CheckRound], user: User) -> dict[int, Mapping[str, Any]]:
    """By round, the numbers over partnerships this person may know of, in one query."""
    rows = (
        Statement.objects.asked()
        .filter(
            guideline_check__round__in=rounds,
            guideline_check__partnership__in=Partnership.objects.visible_to(user),
        )
        .values("guideline_check__round")
        .annotate(
            total=Count("pk"),
            answered=Count("pk", filter=Q(state=StatementState.RELEASED)),
            partnerships=Count("guideline_check", distinct=True),
        )
        .order_by()
    )
    return {row["guideline_check__round"]: row for row in rows}


def _row(check_round: CheckRound, numbers: Mapping[str, Any], user: User) -> dict[str, Any]:
    state = shown_round_state(check_round, user, is_undisclosed=check_round.is_undisclosed)
    return {
        "round": check_round,
        "url": reverse("guidelines:round", args=[check_round.slug]),
        "state": state,
        "partnerships": numbers.get("partnerships", 0),
        "total": numbers.get("total", 0),
        "answered": numbers.get("answered", 0),
        "is_preparing": state == RoundState.PREPARING,
    }


class RoundCreate(FormPage):
    form_class = RoundForm
    title = "Neuer Leitlinien-Check"
    lead = "Bis zur Eröffnung sieht nur die Koordinierung diesen Check. Als Nächstes prüfen Sie die Ressorts."
    submit_label = "Weiter zur Beteiligung der Ressorts"
    audience = "Bis zur Eröffnung nur die Koordinierung."

    def prepare(self, request: HttpRequest) -> None:
        require_coordination(request)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user, "check_round": None}

    def get_initial(self) -> Mapping[str, Any]:
        partnerships = Partnership.objects.visible_to(self.request.user).in_check()
        day = clock.today()
        due_on = add_working_days(day, DEFAULT_WORKING_DAYS)
        return {
            "year": clock.today().year,
            "working_days": working_days_between(day, next_undoubted(due_on)),
            "partnerships": list(partnerships.values_list("pk", flat=True)),
        }

    def save(self, form: RoundForm) -> CheckRound:
        values = {name: form.cleaned_data[name] for name in _ROUND_FIELDS}
        year = form.cleaned_data["year"]
        return prepare_round(year=year, **values, by=self.request.user, now=clock.now())

    def get_cancel_url(self) -> str:
        return reverse("guidelines:rounds")

    def get_success_url(self, result: CheckRound) -> str:
        return reverse("guidelines:round-prepare", args=[result.slug])

    def get_success_message(self, result: CheckRound) -> str:
        return f"{result} ist angelegt. Prüfen Sie, welche Ressorts beteiligt werden."


_ROUND_FIELDS = ("edition", "due_on", "is_open_reading", "partnerships")


class RoundEdit(FormPage):
    form_class = RoundForm
    submit_label = "Angaben speichern"
    audience = "Bis zur Eröffnung nur die Koordinierung."
    lead = "Partnerschaften, die bleiben, behalten die gewählten Ressorts."

    object: CheckRound

    def prepare(self, request: HttpRequest, round_slug: str) -> None:
        self.object = coordinated_round(request, round_slug)
        if self.object.state in ENDED:
            raise Http404

    def get_title(self) -> str:
        return f"{self.object}: Angaben ändern"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user, "check_round": self.object}

    def get_initial(self) -> Mapping[str, Any]:
        return self._values(self.object)

    def get_stored(self, form: RoundForm, current: CheckRound) -> Mapping[str, Any]:
        return self._values(current)

    @staticmethod
    def _values(check_round: CheckRound) -> dict[str, Any]:
        partnerships = check_round.checks.values_list("partnership_id", flat=True)
        return {
            "edition": check_round.edition_id,
            "due_on": check_round.due_on,
            "is_open_reading": check_round.is_open_reading,
            "partnerships": list(partnerships),
        }

    def save(self, form: RoundForm) -> CheckRound:
        if self.expected_version is None:
            raise Refusal("Laden Sie die Seite neu und speichern Sie noch einmal.")
        change_round(
            check_round=self.object,
            **{name: form.cleaned_data[name] for name in _ROUND_FIELDS},
            expected_version=self.expected_version,
            by=self.request.user,
            now=clock.now(),
        )
        return self.object

    def get_cancel_url(self) -> str:
        return reverse("guidelines:round-prepare", args=[self.object.slug])

    def get_success_url(self, result: CheckRound) -> str:
        return self.get_cancel_url()

    def get_success_message(self, result: CheckRound) -> str:
        return f"Die Angaben zum {result} sind gespeichert."
