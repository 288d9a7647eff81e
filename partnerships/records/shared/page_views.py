"""Writing a record of one's house: anew, or once more."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ministries.clock import today
from partnerships.records.shared.actions import change_record, create_record
from partnerships.records.shared.models import Owned
from partnerships.register.partners.page import find_partnership
from partnerships.register.partners.partnerships import Partnership
from ui.errors import Conflict, Refusal
from ui.views import FormPage

READERS = "Wen Sie unter „Wer sieht das?“ wählen; Ihr Haus immer."


def act_as_seen(request: HttpRequest, act: Callable[..., Any], words: str, **values: Any) -> None:
    """One click on a record as the page showed it; a newer text is never released unread."""
    sent = request.POST.get("_version", "")
    version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
    try:
        act(expected_version=version, by=request.user, **values)
    except Refusal as refusal:
        messages.info(request, str(refusal))
    except Conflict:
        messages.error(
            request, "Inzwischen hat jemand anderes gespeichert. Sehen Sie den Text noch einmal an."
        )
    else:
        messages.success(request, words)


class RecordAdd(FormPage):
    """From the page of a partnership; the house is the person's own."""

    template_name = "partnerships/act_page.html"
    model: type[Owned]
    audience = READERS
    object: Partnership

    def prepare(self, request: HttpRequest, slug: str) -> None:
        self.object = find_partnership(request.user, slug, today())
        if not request.user.has_perm("partnerships.add_record"):
            raise PermissionDenied

    def get_title(self) -> str:
        return f"{self.object.name}: {self.title}"

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"act": self.title}

    def get_form_kwargs(self) -> dict[str, Any]:
        instance = self.model(partnership=self.object)  # type: ignore[misc]  # every one has one
        return {"instance": instance, "user": self.request.user, "partnership": self.object}

    def save(self, form: Any) -> Any:
        return create_record(record=form.instance, links=form.links, by=self.request.user)

    def get_success_message(self, result: Any) -> str:
        return f"„{result}“ ist gespeichert."


class RecordEdit(FormPage):
    model: type[Owned]
    audience = READERS

    def prepare(self, request: HttpRequest, pk: int) -> None:
        seen = self.model.every().visible_to(request.user)
        self.object = get_object_or_404(seen.select_related("ministry", "partnership"), pk=pk)
        if not request.user.has_perm("partnerships.write_record", self.object):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            "instance": self.object,
            "user": self.request.user,
            "partnership": self.object.partnership,
        }

    def save(self, form: Any) -> Any:
        return change_record(
            record=form.instance,
            fields=form.columns,
            links=form.links,
            expected_version=self.expected_version or 0,
            by=self.request.user,
        )

    def get_success_message(self, result: Any) -> str:
        return f"„{result}“ ist gespeichert."
