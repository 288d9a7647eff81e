"""„Zulieferung wieder öffnen“, for a partnership or for one of its houses, with the reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest

from guidelines.collection.actions import reopen_cell, reopen_collection
from guidelines.collection.models import Reopening
from guidelines.rounds.deadlines import AskedBack, next_undoubted
from guidelines.rounds.letters import unreachable
from guidelines.rounds.models import GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.doors import coordinated_check
from ministries import clock
from ministries.working_days import add_working_days
from ui.dates import german_date
from ui.views import ConfirmPage

LATE_WORKING_DAYS = 5


class ReopeningForm(AskedBack):
    reason = forms.CharField(
        label="Grund",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="Er steht auf der Seite des Checks und über der Stellungnahme, in der Nachricht "
        "an das Funktionspostfach nicht.",
    )
    due_on = forms.DateField(label="Frist")


class CollectionReopen(ConfirmPage):
    form_class = ReopeningForm
    submit_label = "Wieder öffnen und benachrichtigen"
    audience = "Die gefragten Ressorts, die Koordinierung und der Chef der Staatskanzlei."
    lead = (
        "Wer keine Stellungnahme abgegeben hat, kann das bis zur Frist nachholen. Was freigegeben "
        "ist, bleibt, wie es ist. Ein Beschluss lässt sich erst eintragen, wenn wieder geschlossen "
        "oder alles abgegeben ist."
    )
    object: GuidelineCheck

    def prepare(self, request: HttpRequest, round_slug: str, slug: str, house: str = "") -> None:
        self.object = coordinated_check(request, round_slug, slug)
        if not self.object.may_reopen:
            raise Http404
        missing = self.object.statements.not_given().select_related("ministry")
        self.missing = list(missing.order_by("ministry__sort_order", "pk"))

    def get_title(self) -> str:
        return f"Zulieferung wieder öffnen: {self.object.partnership}"

    def get_initial(self) -> Mapping[str, Any]:
        late = add_working_days(clock.today(), LATE_WORKING_DAYS)
        # Nobody is offered less time than there was.
        given = (row.deadline for row in self.missing)
        return {"due_on": next_undoubted(max(late, self.object.round.due_on, *given))}

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        houses = ", ".join(row.ministry.abbreviation for row in self.missing)
        return [
            ("Leitlinien-Check", self.object.round),
            ("Partnerschaft", self.object.partnership),
            ("Geschlossen am", german_date(self.object.collection_closed_on)),
            ("Ohne Stellungnahme", houses or "kein Ressort"),
            *unreachable(row.ministry for row in self.missing),
        ]

    def save(self, form: ReopeningForm) -> Reopening:
        return reopen_collection(
            check=self.object, by=self.request.user, now=clock.now(), **form.cleaned_data
        )

    def get_success_url(self, result: Reopening) -> str:
        return self.object.get_absolute_url()

    def get_success_message(self, result: Reopening) -> str:
        return (
            f"Die Zulieferung zu {self.object.partnership} ist wieder geöffnet, Frist: "
            f"{german_date(result.due_on)}."
        )


class CellReopen(CollectionReopen):
    audience = "Das Ressort, die Koordinierung und der Chef der Staatskanzlei."
    lead = (
        "Nur dieses Ressort kann seine Stellungnahme bis zur Frist nachholen; für die anderen "
        "bleibt die Zulieferung geschlossen. Ein Beschluss lässt sich erst eintragen, wenn wieder "
        "geschlossen oder abgegeben ist."
    )
    statement: Statement

    def prepare(self, request: HttpRequest, round_slug: str, slug: str, house: str = "") -> None:
        super().prepare(request, round_slug, slug)
        self.missing = [row for row in self.missing if row.ministry.slug == house]
        if not self.missing:
            raise Http404
        (self.statement,) = self.missing

    def get_title(self) -> str:
        return f"Wieder öffnen für {self.statement.ministry}: {self.object.partnership}"

    def save(self, form: ReopeningForm) -> Reopening:
        return reopen_cell(
            statement=self.statement, by=self.request.user, now=clock.now(), **form.cleaned_data
        )

    def get_success_message(self, result: Reopening) -> str:
        return (
            f"{self.statement.ministry} kann die Stellungnahme zu {self.object.partnership} bis "
            f"zum {german_date(result.due_on)} nachholen."
        )
