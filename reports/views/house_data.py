"""Alle Daten unseres Hauses: asked for with a purpose, written down, handed out as one workbook."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from ministries.accounts.disclosure_actions import handed_out, record_disclosure
from ministries.clock import now
from ministries.models import Disclosure, Ministry
from reports.forms import HouseDataForm
from reports.house_data import sheets_of
from ui.exports import workbook_response
from ui.views import FormPage

SUBJECT = "Alle Daten des Hauses"


class HouseData(FormPage):
    form_class = HouseDataForm
    title = "Alle Daten unseres Hauses"
    lead = (
        "Eine Excel-Datei mit einem Blatt je Art: Sachstände, Aktivitäten mit Kosten und Personen, "
        "Kontakte, Vermerke, Zusagen, Dokumente (Angaben), Wiedervorlagen und Stellungnahmen, "
        "Entwürfe und Archiviertes eingeschlossen."
    )
    submit_label = "Festhalten und ausgeben"
    audience = "Zweck, Tag und Ihr Name sind für Sie und die Revision zu sehen."

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        if not request.user.has_perm("partnerships.add_record"):
            raise PermissionDenied

    def get_cancel_url(self) -> str:
        return reverse("accounts:account")

    def save(self, form: HouseDataForm) -> Disclosure:
        return record_disclosure(
            kind=Disclosure.Kind.EXPORT,
            subject=SUBJECT,
            purpose=form.cleaned_data["purpose"],
            by=self.request.user,
            now=now(),
        )

    def get_success_url(self, result: Disclosure) -> str:
        return reverse("reports:house-file", args=[result.pk])


@require_safe
@permission_required("partnerships.add_record", raise_exception=True)
def house_file(request: HttpRequest, pk: int) -> HttpResponse:
    """For who asked, a quarter of an hour long."""
    own = handed_out(subject=SUBJECT, by=request.user, now=now())
    disclosure = get_object_or_404(own, pk=pk)
    houses = Ministry.objects.filter(pk__in=request.user.ministry_ids())
    names = ", ".join(houses.values_list("abbreviation", flat=True))
    return workbook_response(
        name="alle-daten",
        title=f"{SUBJECT}: {names}",
        sheets=sheets_of(request.user),
        facts=[("Zweck", disclosure.purpose), ("Ausgegeben für", disclosure.capacity)],
    )
