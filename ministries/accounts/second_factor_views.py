"""The Technik takes away a second factor whose owner has lost it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from ministries.accounts.second_factor import with_second_factor
from ministries.accounts.second_factor_actions import reset_second_factor
from ministries.accounts.second_factor_forms import ResetForm
from ministries.accounts.users import User
from ui.views import ConfirmPage


class ResetSecondFactor(ConfirmPage):
    object: User
    form_class = ResetForm
    title = "Zweiten Faktor zurücksetzen"
    submit_label = "Zurücksetzen und die Person benachrichtigen"
    warning = (
        "Vergewissern Sie sich, dass die Bitte von der Person selbst kommt, zum Beispiel durch einen Rückruf. "
        "Bis sie den zweiten Faktor neu einrichtet, genügt ihr Passwort."
    )
    audience = "Die Technik, die Revision und die Person selbst."

    def prepare(self, request: HttpRequest, pk: int) -> None:
        if not request.user.has_perm("ministries.manage_accounts"):
            raise PermissionDenied
        accounts = with_second_factor(User.objects.visible_to(self.request.user))
        self.object = get_object_or_404(accounts, pk=pk)

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        user = self.object
        return (
            ("Person", user.name),
            ("E-Mail-Adresse", user.email),
            ("Zweiter Faktor", "eingerichtet" if user.has_second_factor else "keiner"),
        )

    def save(self, form: ResetForm) -> User:
        reset_second_factor(
            self.object,
            by=self.request.user,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        return self.object

    def get_success_message(self, result: User) -> str:
        return f"Der zweite Faktor von {result.name} ist zurückgesetzt, {result.email} erfährt es."

    def get_success_url(self, result: User) -> str:
        return reverse("technical:ministries_user_change", args=[result.pk])

    def get_cancel_url(self) -> str:
        return self.get_success_url(self.object)
