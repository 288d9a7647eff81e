"""Forms of the acts that every record of a house can go through."""

from typing import Any

from django import forms

from ministries.clock import today
from ministries.models import Ministry, User
from partnerships.register.partners.forms import MinistryChoice
from ui.forms import Form


class ReasonForm(Form):
    reason = forms.CharField(label="Grund", max_length=300)


class OfferForm(Form):
    to = MinistryChoice(
        label="An welches Ressort?", queryset=Ministry.objects.none(), empty_label="Bitte wählen"
    )
    reason = forms.CharField(label="Grund", max_length=300)

    def __init__(self, *args: Any, by: User, owner: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses = Ministry.objects.visible_to(by).on(today()).exclude(pk=owner)
        self.offer(to=houses.in_protocol_order())
