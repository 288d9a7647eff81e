"""Confirming what was loaded: one row by one click, or all of a partnership after a look at it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ministries.clock import today
from ministries.history.dated import Sourced
from partnerships.register.agreements.facts import fact_sheet
from partnerships.register.confirmations.actions import confirm, withdraw_confirmation
from partnerships.register.partners.facts import Claim, claims_of
from partnerships.register.partners.page import find_partnership
from partnerships.register.partners.partnerships import Partnership
from ui.forms import Form
from ui.receipts import once
from ui.views import ConfirmPage


@require_POST
@once
def confirm_fact(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponseBase:
    partnership, claim = _find(request, slug, kind, pk)
    if confirm(facts=[row_of(claim)], by=request.user, today=today()):
        messages.success(request, f"Bestätigt: {claim.title}, {claim.words}.")
    return redirect(_way_back(request, partnership))


@require_POST
@once
def withdraw_fact(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponseBase:
    partnership, claim = _find(request, slug, kind, pk)
    if withdraw_confirmation(facts=[row_of(claim)], by=request.user):
        words = f"{claim.title}, {claim.words}"
        messages.success(request, f"Die Bestätigung ist zurückgenommen: {words}.")
    return redirect(_way_back(request, partnership))


class SeenForm(Form):
    """Keeps which rows were shown: a row added meanwhile is not confirmed unseen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20_000)


class ConfirmAll(ConfirmPage):
    form_class = SeenForm
    template_name = "partnerships/act_confirm.html"
    title = "Alle Angaben bestätigen"
    lead = (
        "Sie bestätigen, dass die folgenden Angaben stimmen. Ihr Name und der Tag werden "
        "festgehalten. Einzelne Bestätigungen lassen sich zurücknehmen."
    )
    submit_label = "Alle diese Angaben bestätigen"
    audience = "Alle angemeldeten Personen sehen, dass die Angaben bestätigt sind."
    object: Partnership

    def prepare(self, request: HttpRequest, slug: str) -> None:
        self.object = _partnership(request, slug)
        claims = _claims(request, self.object)
        self.open = [claim for claim in claims if not claim.origin.is_confirmed]

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        if not self.open:
            messages.info(self.request, "Alle Angaben dieser Partnerschaft sind schon bestätigt.")
            return redirect("partnerships:detail", self.object.slug)
        return super().show(form, status=status)

    def get_title(self) -> str:
        return f"{self.object.name}: {self.title}"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        return [
            (claim.title, f"{claim.words} (Quelle: {claim.origin.source or 'ohne Angabe'})")
            for claim in self.open
        ]

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"act": self.title}

    def get_initial(self) -> Mapping[str, Any]:
        return {"seen": " ".join(map(_key, self.open))}

    def save(self, form: SeenForm) -> int:
        seen = set(form.cleaned_data["seen"].split())
        rows = [row_of(claim) for claim in self.open if _key(claim) in seen]
        return confirm(facts=rows, by=self.request.user, today=today())

    def get_success_url(self, result: Any) -> str:
        return reverse("partnerships:detail", args=[self.object.slug])

    def get_success_message(self, result: int) -> str:
        words = "Eine Angabe ist" if result == 1 else f"{result} Angaben sind"
        return f"{words} bestätigt."


def _partnership(request: HttpRequest, slug: str) -> Partnership:
    partnership = find_partnership(request.user, slug, today())
    if not request.user.has_perm("partnerships.confirm_fact", partnership):
        raise PermissionDenied
    return partnership


def _claims(request: HttpRequest, partnership: Partnership) -> list[Claim]:
    return claims_of(fact_sheet(partnership, user=request.user, day=today()))


def _find(request: HttpRequest, slug: str, kind: str, pk: int) -> tuple[Partnership, Claim]:
    """The row must be one that this partnership's page shows; any other id is unknown."""
    partnership = _partnership(request, slug)
    for claim in _claims(request, partnership):
        if (claim.origin.kind, claim.origin.pk) == (kind, pk):
            return partnership, claim
    raise Http404


def row_of(claim: Claim) -> Sourced:
    """The bare row: only its class and key are needed."""
    return claim.origin.model(pk=claim.origin.pk)  # type: ignore[misc]  # no row is of the abstract class


def _key(claim: Claim) -> str:
    return f"{claim.origin.kind}-{claim.origin.pk}"


def _way_back(request: HttpRequest, partnership: Partnership) -> str:
    """To the tab the button was on."""
    is_agreements = request.POST.get("tab") == "agreements"
    name = "partnerships:agreements" if is_agreements else "partnerships:detail"
    return reverse(name, args=[partnership.slug])
