"""Activities written: in one line, in full, with their results, called off."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ministries.clock import today
from ministries.models import User
from partnerships.permissions import WRITERS
from partnerships.records.activities.actions import move_activity, report_activity
from partnerships.records.activities.choices import form_choices
from partnerships.records.activities.forms import (
    LINKS,
    ActivityForm,
    CancelForm,
    QuickActivityForm,
    ReportForm,
    period_columns,
    stored_values,
)
from partnerships.records.activities.models import Activity
from partnerships.records.activities.page import find_activity, link_keys
from partnerships.records.activities.states import ActivityState
from partnerships.records.shared.actions import change_record, create_record
from partnerships.register.partners.filters import Choices
from partnerships.register.partners.partnerships import Partnership
from ui.views import FormPage

AUDIENCE = (
    "Wen Sie unter „Wer sieht das?“ wählen, dazu immer Ihr Haus und die beteiligten Ressorts; "
    "Vertrauliches nur der genannte Kreis."
)


def houses_of(user: User) -> Choices:
    """The houses for which this person writes, each once."""
    own = {c.ministry_id: c.ministry_abbreviation for c in user.capacities if c.role in WRITERS}
    return [(str(pk), abbreviation) for pk, abbreviation in own.items()]


class ActivityCreation(FormPage):
    """For who writes in a house."""

    template_name = "partnerships/activity_act.html"
    cancel_url = ""

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        if not request.user.has_perm("partnerships.add_record"):
            raise PermissionDenied
        self.object = None

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"act": self.title}

    def get_cancel_url(self) -> str:
        return reverse("partnerships:activities_list")

    def get_success_message(self, result: Activity) -> str:
        return (
            f"„{result.title}“ ist angelegt: {result.period_words}, {result.get_state_display()}."
        )


class ActivityQuick(ActivityCreation):
    form_class = QuickActivityForm
    title = "Aktivität eintragen"
    submit_label = "Eintragen"
    audience = "Alle angemeldeten Häuser; das können Sie auf der Seite der Aktivität ändern."

    def get_form_kwargs(self) -> dict[str, Any]:
        names = Partnership.objects.visible_to(self.request.user).values_list("slug", "name")
        return {"houses": houses_of(self.request.user), "partnerships": list(names)}

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"next": self.request.POST.get("_next", "")}

    def save(self, form: QuickActivityForm) -> Activity:
        values = form.cleaned_data
        self.partnership = None
        if values["partnership"]:
            seen = Partnership.objects.visible_to(self.request.user)
            self.partnership = get_object_or_404(seen, slug=values["partnership"])
        return create_record(
            record=Activity(
                title=values["title"],
                kind=values["kind"],
                ministry_id=values["ministry"],
                **period_columns(values["period"]),
            ),
            links={"partnerships": [self.partnership]} if self.partnership else None,
            by=self.request.user,
        )

    def get_success_url(self, result: Activity) -> str:
        """Back to where the line stands, for the next one."""
        if self.partnership and self.request.POST.get("_next") == "partnerschaft":
            return reverse("partnerships:activities", args=[self.partnership.slug])
        return self.get_cancel_url()


class ActivityCreate(ActivityCreation):
    form_class = ActivityForm
    title = "Aktivität anlegen"
    submit_label = "Aktivität anlegen"
    audience = AUDIENCE

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        return {"houses": houses_of(user), "choices": form_choices(user)}

    def get_initial(self) -> Mapping[str, Any]:
        """`?partnerschaft=` names the one from whose page somebody comes."""
        seen = Partnership.objects.visible_to(self.request.user)
        slug = self.request.GET.get("partnerschaft", "").replace("\x00", "")
        found = seen.filter(slug=slug[:50]).values_list("pk", flat=True) if slug else []
        return {"partnerships": [str(pk) for pk in found]}

    def save(self, form: ActivityForm) -> Activity:
        user, record, links = self.request.user, self.new_record(form), form.links()
        links["circle"] = circle_of(links["circle"], record.is_confidential, user.pk)
        return create_record(
            record=record, links={name: keys for name, keys in links.items() if keys}, by=user
        )

    def new_record(self, form: ActivityForm) -> Activity:
        return Activity(ministry_id=form.cleaned_data["ministry"], **form.columns())


class ActivityFormPage(FormPage):
    """A form on one activity, for its house."""

    template_name = "partnerships/activity_act.html"

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        self.object = self.activity = find_activity(request.user, kwargs["pk"])
        if not request.user.has_perm("partnerships.write_record", self.activity):
            raise PermissionDenied

    def get_title(self) -> str:
        return f"{self.activity.title}: {self.title}"

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"act": self.title, "activity": self.activity}

    def get_success_url(self, result: Any) -> str:
        return self.activity.get_absolute_url()

    @property
    def version(self) -> int:
        return self.expected_version or 0


class ActivityEdit(ActivityFormPage):
    form_class = ActivityForm
    title = "bearbeiten"
    submit_label = "Änderungen speichern"
    audience = AUDIENCE

    def get_form_kwargs(self) -> dict[str, Any]:
        own = [(str(self.activity.ministry_id), self.activity.ministry.abbreviation)]
        return {"houses": own, "choices": form_choices(self.request.user)}

    def get_initial(self) -> Mapping[str, Any]:
        return stored_values(self.activity, link_keys(self.activity))

    def get_stored(self, form: ActivityForm, current: Activity) -> Mapping[str, Any]:
        found = find_activity(self.request.user, current.pk)
        return stored_values(found, link_keys(found))

    def save(self, form: ActivityForm) -> Activity:
        user, values, before = self.request.user, form.columns(), link_keys(self.activity)
        links = form.links()
        offered = {int(key) for key, _ in form.fields["circle"].choices}  # type: ignore[attr-defined]
        kept = [pk for pk in before["circle"] if pk not in offered]
        links["circle"] = circle_of([*links["circle"], *kept], values["is_confidential"], user.pk)
        for name, value in values.items():
            setattr(self.activity, name, value)
        return change_record(
            record=self.activity,
            fields=[name.removesuffix("_id") for name in values],
            links={name: links[name] for name in LINKS if set(links[name]) != set(before[name])},
            expected_version=self.version,
            by=user,
        )

    def get_success_message(self, result: Activity) -> str:
        return f"„{result.title}“ ist gespeichert."


def circle_of(chosen: list[int], is_confidential: bool, author: int) -> list[int]:
    """Whoever makes a record confidential belongs to its circle; else there is none."""
    return sorted({*chosen, author}) if is_confidential else []


class ActivityReport(ActivityFormPage):
    form_class = ReportForm
    title = "Ergebnis nachtragen"
    submit_label = "Als durchgeführt speichern"
    audience = "Wer die Aktivität sieht."

    def get_initial(self) -> Mapping[str, Any]:
        return {"results": self.activity.results}

    def save(self, form: ReportForm) -> None:
        report_activity(
            activity=self.activity,
            results=form.cleaned_data["results"],
            expected_version=self.version,
            by=self.request.user,
            today=today(),
        )

    def get_success_message(self, result: Any) -> str:
        return f"„{self.activity.title}“ ist durchgeführt, das Ergebnis ist gespeichert."


class ActivityCancel(ActivityFormPage):
    form_class = CancelForm
    title = "absagen"
    submit_label = "Absagen"
    audience = "Wer die Aktivität sieht, sieht auch den Grund."

    def get_stored(self, form: CancelForm, current: Activity) -> Mapping[str, Any]:
        return {"reason": current.cancel_reason}

    def save(self, form: CancelForm) -> None:
        move_activity(
            activity=self.activity,
            target=ActivityState.CANCELLED,
            reason=form.cleaned_data["reason"],
            expected_version=self.version,
            by=self.request.user,
        )

    def get_success_message(self, result: Any) -> str:
        return f"„{self.activity.title}“ ist abgesagt."
