"""Forms of the Wiedervorlagen."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from ministries.clock import today
from ministries.models import Ministry, User
from partnerships.permissions import KEEPERS
from partnerships.records.follow_ups.models import FollowUp
from partnerships.register.partners.forms import MinistryChoice
from partnerships.register.partners.partnerships import Partnership
from ui.forms import Form, ModelForm

WHOLE_HOUSE = "das ganze Haus"


class ColleagueChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}, {obj.unit}" if obj.unit else obj.name


def colleagues(user: User, *, houses: set[int] | None = None) -> QuerySet[User]:
    """Who keeps follow-ups in the same houses; oneself included."""
    own = user.ministry_ids(*KEEPERS) if houses is None else houses
    return User.objects.visible_to(user).working_in(own, KEEPERS, today())


class FollowUpForm(ModelForm):
    """Of one that exists: the house stays."""

    assigned_to = ColleagueChoice(
        label="Für", queryset=User.objects.none(), required=False, empty_label=WHOLE_HOUSE
    )

    class Meta:
        model = FollowUp
        fields = ["text", "due_on", "assigned_to"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses = {self.instance.ministry_id} if self.instance.ministry_id else None
        self.offer(assigned_to=colleagues(by, houses=houses))

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if "due_on" in self.changed_data and day < today():
            raise forms.ValidationError("Der Tag ist schon vorbei. Wählen Sie heute oder später.")
        return day


class NewFollowUpForm(FollowUpForm):
    """What is known already (one partnership, one house) is not asked for."""

    partnership = forms.ModelChoiceField(
        label="Partnerschaft", queryset=Partnership.objects.none(), empty_label="Bitte wählen"
    )
    ministry = MinistryChoice(label="Ressort", queryset=Ministry.objects.none())

    class Meta:
        model = FollowUp
        fields = ["partnership", "text", "due_on", "assigned_to", "ministry"]

    def __init__(
        self, *args: Any, by: User, partnerships: QuerySet[Partnership], **kwargs: Any
    ) -> None:
        super().__init__(*args, by=by, **kwargs)
        own = by.ministry_ids(*KEEPERS)
        self.offer(partnership=partnerships, ministry=Ministry.objects.filter(pk__in=own))
        if len(own) == 1:
            del self.fields["ministry"]


class HandOverForm(Form):
    to = ColleagueChoice(label="An wen?", queryset=User.objects.none(), empty_label="Bitte wählen")
    reason = forms.CharField(
        label="Grund", max_length=300, help_text="Zum Beispiel Wechsel des Referats"
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(to=colleagues(by).exclude(pk=by.pk))


class DeputyForm(Form):
    deputy = ColleagueChoice(
        label="Wer vertritt Sie?", queryset=User.objects.none(), empty_label="Bitte wählen"
    )
    valid_from = forms.DateField(label="Vertretung ab")
    valid_until = forms.DateField(
        label="Vertretung bis", help_text="Letzter Tag. Zum Beispiel 3.4.2026"
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(deputy=colleagues(by).exclude(pk=by.pk))
