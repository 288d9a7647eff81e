"""Which guidelines an activity serves."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from guidelines.catalogue.models import Edition, Guideline
from guidelines.contributions.actions import set_contributions
from guidelines.contributions.models import Contribution
from partnerships.models import Activity
from ui.forms import Form
from ui.views import FormPage


class ContributionForm(Form):
    guidelines = forms.MultipleChoiceField(
        label="Zu welchen Leitlinien trägt sie bei?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Keine, eine oder mehrere",
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(guidelines=offered)


class Contributions(FormPage):
    form_class = ContributionForm
    submit_label = "Zuordnung speichern"
    audience = "Wer die Aktivität sieht."
    object: Activity

    def prepare(self, request: HttpRequest, pk: int) -> None:
        self.object = get_object_or_404(
            Activity.objects.visible_to(request.user).select_related("ministry"), pk=pk
        )
        if not request.user.has_perm("partnerships.write_record", self.object):
            raise PermissionDenied
        latest = Edition.objects.published()[:1]
        aims = Guideline.objects.visible_to(request.user).filter(
            edition__in=latest.values("pk"), kind=Guideline.Kind.GUIDELINE
        )
        self.offered = {guideline.pk: str(guideline) for guideline in aims.order_by("number")}

    def get_title(self) -> str:
        return f"{self.object.title}: Leitlinien"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"offered": [(str(pk), words) for pk, words in self.offered.items()]}

    def get_initial(self) -> Mapping[str, Any]:
        return self.get_stored(None, self.object)

    def get_stored(self, form: ContributionForm | None, current: Activity) -> Mapping[str, Any]:
        served = Contribution.objects.visible_to(self.request.user).filter(activity=current.pk)
        keys = served.filter(guideline__in=self.offered).values_list("guideline", flat=True)
        return {"guidelines": [str(pk) for pk in keys]}

    def save(self, form: ContributionForm) -> None:
        set_contributions(
            activity=self.object,
            served=[int(key) for key in form.cleaned_data["guidelines"]],
            offered=list(self.offered),
            expected_version=self.expected_version or 0,
            by=self.request.user,
        )

    def get_success_url(self, result: Any) -> str:
        return self.object.get_absolute_url()

    def get_success_message(self, result: Any) -> str:
        return f"„{self.object.title}“: Die Leitlinien sind zugeordnet."
