"""Meine Vertretung / Nachfolge: open things go to a colleague, a deputy is asked for."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from ministries.clock import today
from ministries.models import User
from partnerships.permissions import KEEPERS
from partnerships.records.follow_ups.actions import hand_over_follow_ups
from partnerships.records.follow_ups.deputy_actions import request_deputy
from partnerships.records.follow_ups.forms import DeputyForm, HandOverForm
from partnerships.records.follow_ups.models import FollowUp
from ui.dates import german_date
from ui.views import FormPage


class OwnThings(FormPage):
    template_name = "partnerships/handing_over.html"

    def prepare(self, request: HttpRequest) -> None:
        if not request.user.has_perm("partnerships.add_follow_up"):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"by": self.request.user}

    def get_cancel_url(self) -> str:
        return reverse("partnerships:follow-up-list")

    def get_success_url(self, result: Any) -> str:
        return reverse("partnerships:follow-up-list")


class HandOver(OwnThings):
    form_class = HandOverForm
    title = "Meine Wiedervorlagen übergeben"
    submit_label = "Alle übergeben"
    audience = "Ihr Haus. Wer Ihre Wiedervorlagen übernimmt, findet sie unter „Zu erledigen“."

    def get_context(self, form: Any) -> dict[str, Any]:
        own = FollowUp.objects.visible_to(self.request.user).open()
        return {"number": own.filter(assigned_to=self.request.user).count()}

    def save(self, form: Any) -> tuple[int, User]:
        to = form.cleaned_data["to"]
        reason = form.cleaned_data["reason"]
        return hand_over_follow_ups(to=to, reason=reason, by=self.request.user), to

    def get_success_message(self, result: tuple[int, User]) -> str:
        number, to = result
        noun = "Wiedervorlage liegt" if number == 1 else "Wiedervorlagen liegen"
        return f"{number} {noun} jetzt bei {to}."


class Deputy(OwnThings):
    form_class = DeputyForm
    title = "Vertretung erbitten"
    submit_label = "An die Technik senden"
    lead = (
        "Vertretungen trägt die Technik ein, denn mit ihnen gehen Rechte über. Ihre Bitte geht "
        "mit allen Angaben dorthin. Ist sie eingetragen, sieht Ihre Vertretung Ihre "
        "Wiedervorlagen unter „Zu erledigen“."
    )
    audience = "Die Technik. Sie bekommt eine E-Mail mit diesen Angaben."

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": german_date(today())}

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"number": None}

    def save(self, form: Any) -> Any:
        houses = self.request.user.ministry_ids(*KEEPERS)
        return request_deputy(**form.cleaned_data, houses=houses, by=self.request.user)

    def get_success_message(self, result: Any) -> str:
        return "Ihre Bitte ist an die Technik unterwegs. Sie trägt die Vertretung ein."
