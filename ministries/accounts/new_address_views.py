"""The person says that a new address is theirs."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from ministries.accounts.address_actions import confirm_address
from ministries.accounts.new_addresses import address_in
from ui.forms import Form
from ui.views import ConfirmPage


class NewAddress(ConfirmPage):
    request: HttpRequest
    title = "Neue E-Mail-Adresse bestätigen"
    submit_label = "Bestätigen"
    audience = "Sie selbst, Ihr Haus, die Technik und die Revision."
    success_message = "Ihre neue Adresse gilt. Melden Sie sich künftig damit an."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = kwargs["key"]
        self.address = address_in(self.key, self.request.user)
        if not self.address:
            context = {"title": "Link nicht mehr gültig"}
            return render(request, "ministries/new_address_expired.html", context, status=410)
        return super().dispatch(request, *args, **kwargs)

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        return (("bisher", self.request.user.email), ("neu", self.address))

    def save(self, form: Form) -> None:
        confirm_address(self.key, by=self.request.user)

    def get_success_url(self, result: None) -> str:
        return reverse("accounts:account")

    def get_cancel_url(self) -> str:
        return reverse("accounts:account")
