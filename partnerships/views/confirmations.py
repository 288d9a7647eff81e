"""Confirming what was loaded: one row by one click, or all of a partnership after a look at it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ministries.clock import today
from ministries.dated import Sourced
from partnerships.actions.confirmations import confirm, rows_of, withdraw_confirmation
from partnerships.facts import CONFIRMABLE
from partnerships.page import find_partnership
from ui.forms import Form
from ui.receipts import once
from ui.views import ConfirmPage


@require_POST
@once
def confirm_fact(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponseBase:
    partnership, fact = _find(request, slug, kind, pk)
    if confirm(facts=[fact], by=request.user, today=today()):
        messages.success(request, f"Bestätigt: {_words(fact)}.")
    return redirect(_way_back(request, partnership))


@require_POST
@once
def withdraw_fact(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponseBase:
    partnership, fact = _find(request, slug, kind, pk)
    if withdraw_confirmation(facts=[fact], by=request.user):
        messages.success(request, f"Die Bestätigung ist zurückgenommen: {_words(fact)}.")
    return redirect(_way_back(request, partnership))


class SeenForm(Form):
    """Keeps which rows were shown: a row added meanwhile is not confirmed unseen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20_000)


class ConfirmAll(ConfirmPage):
    form_class = SeenForm
    title = "Alle Angaben bestätigen"
    lead = (
        "Sie bestätigen, dass die folgenden Angaben stimmen. Ihr Name und der Tag werden "
        "festgehalten. Einzelne Bestätigungen lassen sich zurücknehmen."
    )
    submit_label = "Alle diese Angaben bestätigen"
    audience = "Alle angemeldeten Personen sehen, dass die Angaben bestätigt sind."

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        self.object = find_partnership(request.user, kwargs["slug"], today())
        if not request.user.has_perm("partnerships.confirm_fact", self.object):
            raise PermissionDenied
        self.open = [row for row in rows_of(self.object) if not row.is_confirmed]

    def get_title(self) -> str:
        return f"{self.object.name}: {self.title}"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        return [
            (str(row._meta.verbose_name), f"{_words(row)} (Quelle: {row.source or 'ohne Angabe'})")
            for row in self.open
        ]

    def get_initial(self) -> Mapping[str, Any]:
        return {"seen": " ".join(map(_key, self.open))}

    def save(self, form: Any) -> int:
        seen = set(form.cleaned_data["seen"].split())
        shown = [row for row in self.open if _key(row) in seen]
        return confirm(facts=shown, by=self.request.user, today=today())

    def get_success_url(self, result: Any) -> str:
        return reverse("partnerships:detail", args=[self.object.slug])

    def get_success_message(self, result: int) -> str:
        words = "Eine Angabe ist" if result == 1 else f"{result} Angaben sind"
        return f"{words} bestätigt."


def _find(request: HttpRequest, slug: str, kind: str, pk: int) -> tuple[Any, Sourced]:
    """The row must belong to this partnership; a foreign id is an unknown one."""
    partnership = find_partnership(request.user, slug, today())
    if not request.user.has_perm("partnerships.confirm_fact", partnership):
        raise PermissionDenied
    model = CONFIRMABLE.get(kind)
    for row in rows_of(partnership):
        if type(row) is model and row.pk == pk:
            return partnership, row
    raise Http404


def _key(row: Sourced) -> str:
    return f"{row._meta.model_name}-{row.pk}"


def _words(fact: Any) -> str:
    return str(fact.title if hasattr(fact, "title") else fact)


def _way_back(request: HttpRequest, partnership: Any) -> str:
    """To the tab the button was on."""
    is_agreements = request.POST.get("tab") == "agreements"
    name = "partnerships:agreements" if is_agreements else "partnerships:detail"
    return reverse(name, args=[partnership.slug])
