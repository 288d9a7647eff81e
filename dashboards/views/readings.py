"""The Revision reads what a change said: with a reason, written down, for a quarter of an hour."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from dashboards.revision import audited_by, event_of, kinds
from dashboards.views.revision import MAY_AUDIT
from ministries.accounts.disclosure_actions import open_readings, record_disclosure
from ministries.clock import now
from ministries.history.changes import change_in
from ministries.models import Disclosure
from ui.forms import Form
from ui.views import FormPage


class ReadingForm(Form):
    reason = forms.CharField(
        label="Grund der Einsicht",
        max_length=300,
        help_text="Zum Beispiel: Prüfauftrag vom 3.4.2026, Az. 12",
    )


@method_decorator(MAY_AUDIT, name="dispatch")
class EventReading(FormPage):
    form_class = ReadingForm
    title = "Änderung einsehen"
    submit_label = "Festhalten und einsehen"
    audience = "Grund, Tag und Ihr Name stehen unter „Ausgaben, Einsichten, Löschungen“."

    def prepare(self, request: HttpRequest, kind: str, pk: int) -> None:
        event = event_of(kind, pk, audited_by(request.user))
        if event is None:
            raise Http404
        self.kind, self.event = kind, event

    def get_title(self) -> str:
        moment = timezone.localtime(self.event.pgh_created_at)
        number = getattr(self.event, "pgh_obj_id", None)
        name = kinds()[self.kind] + (f" Nr. {number}" if number else "")
        return f"{name}, Änderung vom {moment:%d.%m.%Y, %H:%M} Uhr"

    def get_cancel_url(self) -> str:
        return reverse("dashboards:revision")

    def save(self, form: ReadingForm) -> Disclosure:
        return record_disclosure(
            kind=Disclosure.Kind.READING,
            subject=self.get_title(),
            purpose=form.cleaned_data["reason"],
            query=f"{self.kind} {self.event.pgh_id}",
            by=self.request.user,
            now=now(),
        )

    def get_success_url(self, result: Disclosure) -> str:
        return reverse("dashboards:reading", args=[result.pk])


@require_safe
@MAY_AUDIT
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    disclosure = get_object_or_404(open_readings(by=request.user, now=now()), pk=pk)
    kind, _, number = disclosure.query.partition(" ")
    event = event_of(kind, int(number), audited_by(request.user))
    if event is None:
        raise Http404
    context = {
        "title": disclosure.subject,
        "disclosure": disclosure,
        "changes": [change_in(event, viewer=request.user)],
    }
    return render(request, "dashboards/reading.html", context)
