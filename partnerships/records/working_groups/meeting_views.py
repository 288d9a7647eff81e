"""Sitzungen of a working group: entered ahead or afterwards, corrected, struck."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from partnerships.records.working_groups.actions import add_meeting, change_meeting, remove_meeting
from partnerships.records.working_groups.forms import MeetingForm
from partnerships.records.working_groups.models import Meeting, WorkingGroup
from partnerships.records.working_groups.views import EVERYONE
from ui.dates import german_date
from ui.forms import Form
from ui.views import ConfirmPage, FormPage


class MeetingPage(FormPage):
    template_name = "partnerships/meeting_form.html"
    form_class: type[BaseForm] = MeetingForm
    audience = EVERYONE
    group: WorkingGroup

    def check(self, request: HttpRequest) -> None:
        if not request.user.has_perm("partnerships.write_record", self.group):
            raise PermissionDenied

    def get_title(self) -> str:
        return f"{self.group.name}: {self.title}"

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"act": self.title, "group": self.group}

    def get_cancel_url(self) -> str:
        return self.group.get_absolute_url()

    def get_success_url(self, result: Any) -> str:
        return self.group.get_absolute_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.object, "user": self.request.user}


class MeetingAdd(MeetingPage):
    title = "Sitzung eintragen"
    submit_label = "Eintragen"

    def prepare(self, request: HttpRequest, pk: int) -> None:
        seen = WorkingGroup.objects.visible_to(request.user)
        self.group = get_object_or_404(seen.select_related("partnership"), pk=pk)
        self.check(request)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Meeting(working_group=self.group)}

    def save(self, form: MeetingForm) -> Meeting:
        return add_meeting(meeting=form.instance, by=self.request.user)

    def get_success_message(self, result: Meeting) -> str:
        return f"Die Sitzung am {german_date(result.held_on)} ist eingetragen."


class OneMeeting(MeetingPage):
    object: Meeting

    def prepare(self, request: HttpRequest, pk: int) -> None:
        seen = Meeting.objects.visible_to(request.user)
        self.object = get_object_or_404(seen.select_related("working_group__partnership"), pk=pk)
        self.group = self.object.working_group
        self.check(request)


class MeetingEdit(OneMeeting):
    title = "Sitzung bearbeiten"
    submit_label = "Änderungen speichern"

    def save(self, form: MeetingForm) -> Meeting:
        return change_meeting(
            meeting=form.instance,
            fields=form.columns,
            expected_version=self.expected_version or 0,
            by=self.request.user,
        )

    def get_success_message(self, result: Meeting) -> str:
        return f"Die Sitzung am {german_date(result.held_on)} ist gespeichert."


class MeetingRemove(OneMeeting, ConfirmPage):
    template_name = "partnerships/meeting_confirm.html"
    form_class = Form
    title = "Sitzung streichen"
    lead = "Für eine Sitzung, die nicht stattfindet oder irrtümlich eingetragen ist."
    submit_label = "Streichen"
    audience = "Die Änderungen der Arbeitsgruppe zeigen weiterhin, was hier stand."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_stored(self, form: Any, current: Any) -> Mapping[str, Any]:
        return {}

    def get_context(self, form: Any) -> dict[str, Any]:
        return MeetingPage.get_context(self, form) | ConfirmPage.get_context(self, form)

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        return [
            ("Arbeitsgruppe", self.group.name),
            ("Tag", german_date(self.object.held_on)),
            ("Ort", self.object.place),
            ("Protokoll", self.object.minutes),
        ]

    def save(self, form: Any) -> None:
        remove_meeting(
            meeting=self.object,
            expected_version=self.expected_version or 0,
            by=self.request.user,
        )

    def get_success_message(self, result: Any) -> str:
        return f"Die Sitzung am {german_date(self.object.held_on)} ist gestrichen."
