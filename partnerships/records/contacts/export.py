"""Contacts leave Brücke for a purpose: asked first, written down, and only then handed out."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator

from ministries.accounts.disclosure_actions import handed_out, record_disclosure
from ministries.clock import now
from ministries.models import Disclosure
from partnerships.permissions import MAY_READ
from partnerships.records.contacts.filters import ContactFilter
from partnerships.records.contacts.forms import PurposeForm
from partnerships.records.contacts.views import ContactList
from ui.views import FormPage

SUBJECT = "Kontakte"


@method_decorator(MAY_READ, name="dispatch")
class ContactExport(FormPage):
    form_class = PurposeForm
    title = "Kontakte ausgeben"
    submit_label = "Festhalten und ausgeben"
    audience = "Zweck, Tag und Ihr Name sind für Sie und die Revision zu sehen."

    def prepare(self, request: HttpRequest) -> None:
        rows = ContactList(request=request).queryset(request)
        self.found = ContactFilter(request.GET, rows, request=request).qs

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"lead": f"{self.found.count()} Ansprechpersonen, gefiltert wie in der Liste."}

    def get_cancel_url(self) -> str:
        return f"{reverse('partnerships:contact-list')}?{self.request.GET.urlencode()}"

    def save(self, form: PurposeForm) -> Disclosure:
        query = self.request.GET.copy()
        query["format"] = form.cleaned_data["format"]
        return record_disclosure(
            kind=Disclosure.Kind.EXPORT,
            subject=SUBJECT,
            purpose=form.cleaned_data["purpose"],
            number=self.found.count(),
            query=query.urlencode(),
            by=self.request.user,
            now=now(),
        )

    def get_success_url(self, result: Disclosure) -> str:
        return reverse("partnerships:contact-file", args=[result.pk])


@method_decorator(MAY_READ, name="dispatch")
class ContactFile(ContactList):
    """The list as it was asked for, for who asked, a quarter of an hour long; `?format=` as both."""

    export_name = "kontakte"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        own = handed_out(subject=SUBJECT, by=request.user, now=now())
        disclosure = get_object_or_404(own, pk=kwargs["pk"])
        query = QueryDict(disclosure.query, mutable=True)
        query["format"] = request.GET.get("format", query.get("format", ""))
        request.GET = query  # type: ignore[assignment]
        return super().get(request)
