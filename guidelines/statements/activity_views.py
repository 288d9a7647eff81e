"""„Aktivität nachtragen“: a new activity, cited at the question somebody comes from."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from guidelines.statements.actions import cite
from guidelines.statements.models import ReviewNote
from guidelines.statements.pages import can_write, readable
from ministries.clock import today
from partnerships.models import Activity
from partnerships.records.activities.form_views import ActivityCreate
from partnerships.records.activities.forms import ActivityForm
from partnerships.records.activities.states import ActivityState
from ui.errors import Refusal


class CitedActivity(ActivityCreate):
    template_name = "guidelines/statement_activity.html"
    title = "Aktivität nachtragen"
    submit_label = "Aktivität anlegen und als Nachweis nennen"
    note: ReviewNote

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        statement = get_object_or_404(readable(request.user), pk=kwargs["pk"])
        notes = ReviewNote.objects.select_related("criterion").filter(statement=statement)
        self.note = get_object_or_404(notes, criterion=kwargs["criterion"])
        self.note.statement = statement
        if not request.user.has_perm("guidelines.edit_statement", statement):
            raise PermissionDenied
        super().prepare(request, **kwargs)

    def too_late(self) -> str:
        if can_write(self.note.statement, self.request.user, today()):
            return ""
        return "An der Stellungnahme kann gerade nicht geschrieben werden."

    def get_form_kwargs(self) -> dict[str, Any]:
        house = self.note.statement.ministry
        return super().get_form_kwargs() | {"houses": [(str(house.pk), house.abbreviation)]}

    def get_initial(self) -> Mapping[str, Any]:
        return {"partnerships": [str(self.note.statement.guideline_check.partnership_id)]}

    def new_record(self, form: ActivityForm) -> Activity:
        """What is over has taken place: it is cited as something that was done."""
        record = super().new_record(form)
        if record.last_day < today():
            record.state = ActivityState.DONE
        return record

    def save(self, form: ActivityForm) -> Activity:
        partnership = self.note.statement.guideline_check.partnership
        if partnership.pk not in form.links()["partnerships"]:
            raise Refusal(f"Wählen Sie bei den Partnerschaften auch {partnership} aus.")
        with transaction.atomic():
            activity = super().save(form)
            key = f"activity-{activity.pk}"
            cite(note=self.note, key=key, by=self.request.user, now=timezone.now())
        return activity

    def get_context(self, form: ActivityForm) -> dict[str, Any]:
        return super().get_context(form) | {"note": self.note}

    def get_cancel_url(self) -> str:
        return f"{self.note.statement.get_absolute_url()}#nachweise-{self.note.criterion_id}"

    def get_success_url(self, result: Activity) -> str:
        return self.get_cancel_url()

    def get_success_message(self, result: Activity) -> str:
        code = self.note.criterion.code
        told = f"{result.period_words}, {result.get_state_display()}"
        return f"„{result.title}“ ({told}) ist angelegt und bei Frage {code} als Nachweis genannt."
