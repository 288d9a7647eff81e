"""The parts of an activity, each added, changed and removed by itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from partnerships.records.activities.actions import add_part, change_part, remove_part
from partnerships.records.activities.form_views import ActivityFormPage
from partnerships.records.activities.page import PARTS, form_options
from partnerships.records.activities.part_forms import PartForm
from partnerships.records.activities.parts import ActivityPart
from ui.forms import Form
from ui.views import ConfirmPage


class PartPage(ActivityFormPage):
    audience = "Wer die Aktivität sieht."

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        if kwargs["part"] not in PARTS:
            raise Http404
        self.kind = PARTS[kwargs["part"]]
        super().prepare(request, **kwargs)

    def get_title(self) -> str:
        return f"{self.activity.title}: {self.kind.noun} {self.title}"

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"act": f"{self.kind.noun} {self.title}", "activity": self.activity}

    def get_form_kwargs(self) -> dict[str, Any]:
        return form_options(self.activity, self.request.user)

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)

    def get_success_url(self, result: Any) -> str:
        return f"{self.activity.get_absolute_url()}#{self.kind.key}"

    @property
    def form_class(self) -> type[Form]:  # type: ignore[override]  # which one the address says
        return self.kind.form


class PartAdd(PartPage):
    title = "hinzufügen"
    submit_label = "Hinzufügen"

    def save(self, form: PartForm) -> ActivityPart:
        part = form.model(activity=self.activity, **form.values())
        return add_part(part=part, by=self.request.user)

    def get_success_message(self, result: Any) -> str:
        return f"{self.kind.noun} hinzugefügt."


class OnePart(PartPage):
    """Of a part that there is; the page shows its version, not that of the activity."""

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        super().prepare(request, **kwargs)
        rows = self.kind.form.model._base_manager.filter(activity=self.activity)
        related = [name for name in ("organisation", "ministry") if hasattr(rows.model, name)]
        self.object = get_object_or_404(
            rows.select_related(*related) if related else rows, pk=kwargs["number"]
        )
        self.object.activity = self.activity


class PartEdit(OnePart):
    title = "ändern"
    submit_label = "Änderungen speichern"

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"part": self.object, "part_kind": self.kind}

    def get_initial(self) -> Mapping[str, Any]:
        return self.kind.form.stored(self.object)

    def get_stored(self, form: Any, current: Any) -> Mapping[str, Any]:
        return self.kind.form.stored(current)

    def save(self, form: PartForm) -> ActivityPart:
        values = form.values()
        for name, value in values.items():
            setattr(self.object, name, value)
        return change_part(
            part=self.object,
            fields=values,
            expected_version=self.version,
            by=self.request.user,
        )

    def get_success_message(self, result: Any) -> str:
        return f"{self.kind.noun} geändert."


class PartRemove(OnePart, ConfirmPage):
    template_name = "partnerships/activity_confirm.html"
    title = "entfernen"
    submit_label = "Entfernen"
    form_class = Form
    audience = "Die Änderungen der Aktivität zeigen weiterhin, was hier stand."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_context(self, form: Any) -> dict[str, Any]:
        return PartPage.get_context(self, form) | ConfirmPage.get_context(self, form)

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        return [(self.kind.noun, str(self.object).removesuffix(f" ({self.activity})"))]

    def save(self, form: Any) -> None:
        remove_part(part=self.object, expected_version=self.version, by=self.request.user)

    def get_success_message(self, result: Any) -> str:
        return f"{self.kind.noun} entfernt."
