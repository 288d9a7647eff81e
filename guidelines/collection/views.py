"""„Zulieferung schließen“ for one, several or all partnerships, with the missing houses by name."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse

from guidelines.collection.actions import close_collections
from guidelines.queries.models import Query
from guidelines.rounds.letters import unreachable
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.rounds.progress import cell_state
from guidelines.statements.models import Statement
from guidelines.states.doors import coordinated_check, coordinated_round
from guidelines.states.tables import RoundState
from ministries import clock
from ui.dates import german_date
from ui.forms import Form
from ui.views import ConfirmPage

LEAD = (
    "Danach kann dort nichts mehr abgegeben, geändert oder zurückgezogen werden. Wer fehlt, erhält "
    "eine Nachricht an sein Funktionspostfach; in der Übersicht steht „keine Stellungnahme“. Mit "
    "„Zulieferung wieder öffnen“ lässt es sich zurücknehmen."
)
AUDIENCE = (
    "Alle sehen in den Zahlen „keine Stellungnahme“, jedes Ressort bei seiner eigenen. Über einen "
    "Beschluss sagt das nichts."
)


class CollectionClose(ConfirmPage):
    submit_label = "Zulieferung schließen"
    lead = LEAD
    audience = AUDIENCE
    object: GuidelineCheck

    def prepare(self, request: HttpRequest, round_slug: str, slug: str) -> None:
        self.object = coordinated_check(request, round_slug, slug)
        if not GuidelineCheck.objects.collecting().filter(pk=self.object.pk).exists():
            raise Http404
        self.missing = _missing([self.object])

    def get_title(self) -> str:
        return f"Zulieferung schließen: {self.object.partnership}"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        facts: list[tuple[str, Any]] = [
            ("Leitlinien-Check", self.object.round),
            ("Partnerschaft", self.object.partnership),
            ("Es fehlen", _named(self.missing) or "keine"),
        ]
        return [
            *facts,
            *_taken_back([self.object]),
            *unreachable(row.ministry for row in self.missing),
        ]

    def save(self, form: Any) -> GuidelineCheck:
        close_collections(checks=[self.object], by=self.request.user, now=clock.now())
        return self.object

    def get_success_message(self, result: GuidelineCheck) -> str:
        return f"Die Zulieferung zu {result.partnership} ist geschlossen."


class ClosingForm(Form):
    checks = forms.MultipleChoiceField(
        label="Partnerschaften, und wer noch fehlt",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Wählen Sie mindestens eine Partnerschaft aus.",
            "invalid_choice": "Zu einer der gewählten Partnerschaften ist die Zulieferung "
            "inzwischen geschlossen. Prüfen Sie die Auswahl und senden Sie sie noch einmal ab.",
        },
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(checks=offered)


class CollectionsClose(ConfirmPage):
    """What was ticked in the overview, to be looked at once more."""

    form_class = ClosingForm
    submit_label = "Zulieferung schließen"
    lead = LEAD
    audience = AUDIENCE
    object: CheckRound

    def prepare(self, request: HttpRequest, round_slug: str) -> None:
        self.object = coordinated_round(request, round_slug)
        if self.object.state != RoundState.OPEN:
            raise Http404
        checks = GuidelineCheck.objects.visible_to(request.user).collecting()
        rows = checks.filter(round=self.object).select_related("partnership")
        self.checks = {str(row.pk): row for row in rows.order_by("partnership__sort_key")}
        self.missing = _missing(self.checks.values())

    def get_title(self) -> str:
        return f"Zulieferung schließen: {self.object}"

    def get_form_kwargs(self) -> dict[str, Any]:
        by_check = groupby(self.missing, key=lambda row: row.guideline_check_id)
        missing = {str(pk): _named(rows) for pk, rows in by_check}
        return {
            "offered": [
                (pk, f"{check.partnership}: {missing.get(pk, 'niemand fehlt')}")
                for pk, check in self.checks.items()
            ]
        }

    def get_initial(self) -> Mapping[str, Any]:
        """`?alle=1`, or the slugs ticked in the overview."""
        chosen = set(self.request.GET.getlist("partnerschaft"))
        is_all = "alle" in self.request.GET
        rows = self.checks.items()
        return {"checks": [pk for pk, row in rows if is_all or row.partnership.slug in chosen]}

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        return [
            *_taken_back(self.checks.values()),
            *unreachable(row.ministry for row in self.missing),
        ]

    def save(self, form: ClosingForm) -> str:
        """What to say afterwards."""
        chosen = [self.checks[pk] for pk in form.cleaned_data["checks"]]
        missing = close_collections(checks=chosen, by=self.request.user, now=clock.now())
        closed = "1 Partnerschaft" if len(chosen) == 1 else f"{len(chosen)} Partnerschaften"
        houses = {row.ministry.abbreviation: None for row in missing if row.ministry.mailbox}
        told = f", benachrichtigt: {', '.join(houses)}" if houses else ""
        return (
            f"Die Zulieferung ist für {closed} geschlossen. Ohne Stellungnahme: "
            f"{len(missing)}{told}. Zurücknehmen lässt es sich auf der Seite der Partnerschaft."
        )

    def get_success_message(self, result: str) -> str:
        return result

    def get_success_url(self, result: str) -> str:
        return reverse("guidelines:round", args=[self.object.slug])


def _missing(checks: Iterable[GuidelineCheck]) -> list[Statement]:
    return list(
        Statement.objects.filter(guideline_check__in=list(checks))
        .outstanding()
        .select_related("ministry", "guideline_check__round", "guideline_check__partnership")
        .order_by("guideline_check__partnership__sort_key", "ministry__sort_order", "pk")
    )


def _taken_back(checks: Iterable[GuidelineCheck]) -> list[tuple[str, str]]:
    """Rückfragen that end with the collection, each with that of its partnership."""
    queries = Query.objects.unanswered().filter(statement__guideline_check__in=list(checks))
    rows = queries.select_related("statement__ministry", "statement__guideline_check__partnership")
    names = [
        f"{row.statement.ministry.abbreviation} ({row.guideline_check.partnership})" for row in rows
    ]
    label = "Offene Rückfragen, die mit der Zulieferung zu ihrer Partnerschaft enden"
    return [(label, ", ".join(names))] if names else []


def _named(missing: Iterable[Statement]) -> str:
    return "; ".join(
        f"{row.ministry.abbreviation} ({cell_state(row, clock.today()).label}, "
        f"Frist {german_date(row.deadline)})"
        for row in missing
    )
