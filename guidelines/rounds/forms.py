"""What the coordination fills in to prepare a round and to move its deadlines."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from guidelines.catalogue.models import Edition
from guidelines.rounds.deadlines import AskedBack, haste_doubts
from guidelines.rounds.models import CheckRound, GuidelineCheck
from ministries.clock import today
from ministries.models import Ministry, User
from ministries.working_days import add_working_days
from partnerships.models import Partnership
from ui.forms import Form


def year_doubts(year: int | None) -> Iterator[str]:
    """Why a year is perhaps not meant, in sentences."""
    if year is None:
        return
    if abs(year - today().year) > 1:
        yield f"Der Leitlinien-Check ist für das Jahr {year}, heute ist {today().year}."
    taken = CheckRound.objects.filter(year=year)
    if names := ", ".join(str(found) for found in taken):
        yield f"Für {year} gibt es schon: {names}."


UNLIKELY_YEAR = "Geben Sie ein Jahr zwischen 2000 und 2100 an."


class RoundForm(AskedBack):
    """The deadline is given as a number of working days or as a date."""

    year = forms.IntegerField(
        label="Jahr",
        min_value=2000,
        max_value=2100,
        error_messages={"min_value": UNLIKELY_YEAR, "max_value": UNLIKELY_YEAR},
    )
    edition = forms.ModelChoiceField(
        Edition.objects.none(), label="Leitlinienfassung", empty_label=None
    )
    working_days = forms.IntegerField(
        label="Frist in Arbeitstagen",
        min_value=1,
        max_value=250,
        required=False,
        help_text="Gezählt ab dem nächsten Arbeitstag, der letzte Tag zählt mit. Feiertage in "
        "Sachsen sind berücksichtigt.",
    )
    due_on = forms.DateField(
        label="oder Frist als Datum",
        required=False,
        help_text="Zum Beispiel 15.12.2026. Ein Datum geht der Zahl der Arbeitstage vor.",
    )
    is_open_reading = forms.BooleanField(
        label="Offener Check",
        required=False,
        help_text="Freigegebene Stellungnahmen sind sofort für alle beteiligten Ressorts lesbar. "
        "Sonst erst, wenn die Frist vorbei ist.",
    )
    partnerships = forms.ModelMultipleChoiceField(
        Partnership.objects.none(),
        label="Partnerschaften",
        widget=forms.CheckboxSelectMultiple,
        help_text="Vorausgewählt sind alle, die im Register für den Leitlinien-Check vorgesehen "
        "sind.",
    )

    def __init__(self, *args: Any, user: User, check_round: CheckRound | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer(
            edition=Edition.objects.visible_to(user).published(),
            partnerships=Partnership.objects.visible_to(user).order_by("sort_key"),
        )
        self.stored_due_on = check_round.due_on if check_round else None
        if check_round is not None:
            del self.fields["year"]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        days = cleaned.get("working_days")
        if not cleaned.get("due_on") and days:
            cleaned["due_on"] = add_working_days(today(), days)
        if not cleaned.get("due_on") and not {"due_on", "working_days"} & set(self.errors):
            self.add_error(
                "working_days",
                ValidationError("Geben Sie eine Zahl von Arbeitstagen oder ein Datum an."),
            )
        return super().clean()

    def doubts(self, cleaned: dict[str, Any]) -> Iterator[str]:
        yield from year_doubts(cleaned.get("year"))
        if cleaned["due_on"] != self.stored_due_on:
            yield from super().doubts(cleaned)
            yield from haste_doubts(cleaned["due_on"])


class CheckChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: GuidelineCheck) -> str:
        return str(obj.partnership)


class JoinForm(Form):
    ministry = forms.ModelChoiceField(Ministry.objects.none(), label="Ressort", empty_label=None)
    checks = CheckChoice(
        GuidelineCheck.objects.none(),
        label="Partnerschaften",
        help_text="Zur Wahl stehen die, deren Zulieferung noch offen ist.",
    )

    def __init__(
        self,
        *args: Any,
        checks: QuerySet[GuidelineCheck],
        houses: QuerySet[Ministry],
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.offer(checks=checks, ministry=houses)


class LaterDeadline(AskedBack):
    due_on = forms.DateField(
        label="Frist",
        required=False,
        help_text="Ohne Angabe gilt die Frist des Leitlinien-Checks; wer schon länger Zeit hatte, behält sie.",
    )


class AddHouseForm(JoinForm, LaterDeadline):
    field_order = ("ministry", "checks", "due_on")


class AddPartnershipsForm(LaterDeadline):
    partnerships = forms.ModelMultipleChoiceField(
        Partnership.objects.none(), label="Partnerschaften", widget=forms.CheckboxSelectMultiple
    )
    field_order = ("partnerships", "due_on")

    def __init__(self, *args: Any, partnerships: QuerySet[Partnership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer(partnerships=partnerships)


class BreakOffForm(Form):
    reason = forms.CharField(
        label="Grund des Abbruchs",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text="Er geht an alle beteiligten Ressorts und steht im Leitlinien-Check. Nennen Sie "
        "darin keine vertrauliche Partnerschaft und keinen Beschluss, der noch nicht sichtbar ist.",
    )


class DeadlineForm(AskedBack):
    due_on = forms.DateField(label="Neue Frist")
    is_for_all = forms.BooleanField(label="", required=False)

    def __init__(self, *args: Any, house: str, number: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if number > 1:
            label = f"Für alle {number} ausstehenden Stellungnahmen des {house} in diesem Check"
            self.fields["is_for_all"].label = label
        else:
            del self.fields["is_for_all"]
