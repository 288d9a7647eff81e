"""The pages where a house keeps what a third party told it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from guidelines.statements.models import Statement
from guidelines.statements.pages import RELATED, can_write, readable
from guidelines.third_parties.actions import add_view, change_view, remove_view
from guidelines.third_parties.forms import ThirdPartyForm
from guidelines.third_parties.models import ThirdPartyView
from ministries import clock
from ui.dates import german_date
from ui.errors import Conflict
from ui.forms import Form
from ui.views import ConfirmPage, FormPage


class ThirdPartyPage(FormPage):
    """Only while the statement is written; who comes later is led back to it."""

    template_name = "guidelines/third_party_edit.html"
    form_class: type[BaseForm] = ThirdPartyForm
    submit_label = "Sicht speichern"
    audience = (
        "Zuerst nur Ihr Haus; mit der Freigabe alle, die die Stellungnahme lesen. Bis Sie sie "
        "vorlegen, lässt sich alles ändern."
    )
    statement: Statement

    def too_late(self) -> str:
        if can_write(self.statement, self.request.user, clock.today()):
            return ""
        return "Die Stellungnahme wird nicht mehr bearbeitet."

    def require_writer(self) -> None:
        if not self.request.user.has_perm("guidelines.edit_statement", self.statement):
            raise PermissionDenied

    def get_context(self, form: Any) -> dict[str, Any]:
        partnership = self.statement.guideline_check.partnership
        upload = reverse("partnerships:document-upload", args=[partnership.slug])
        return super().get_context(form) | {"statement": self.statement, "upload_url": upload}

    def get_title(self) -> str:
        return f"Sicht eines Dritten: {self.statement.guideline_check.partnership}"

    def get_cancel_url(self) -> str:
        return self.statement.get_absolute_url()


class ThirdPartyCreate(ThirdPartyPage):
    def prepare(self, request: HttpRequest, pk: int) -> None:
        self.statement = get_object_or_404(readable(request.user), pk=pk)
        self.require_writer()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"statement": self.statement, "user": self.request.user}

    def save(self, form: ThirdPartyForm) -> ThirdPartyView:
        by, now = self.request.user, clock.now()
        return add_view(statement=self.statement, told=form.told, by=by, now=now)

    def get_success_message(self, result: ThirdPartyView) -> str:
        return f"{result.sender}: Die Sicht ist gespeichert und steht bei der Stellungnahme."


class ThirdPartyEdit(ThirdPartyPage):
    object: ThirdPartyView

    def prepare(self, request: HttpRequest, pk: int) -> None:
        rows = ThirdPartyView.objects.visible_to(request.user)
        related = [f"statement__{name}" for name in RELATED]
        self.object = get_object_or_404(rows.select_related(*related, "document"), pk=pk)
        self.statement = self.object.statement
        self.require_writer()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.object, "statement": self.statement, "user": self.request.user}

    def save(self, form: ThirdPartyForm) -> ThirdPartyView:
        return change_view(
            view=self.object,
            told=form.told,
            expected_version=self.expected_version or 0,
            by=self.request.user,
            now=clock.now(),
        )

    def get_success_message(self, result: ThirdPartyView) -> str:
        return f"{result.sender}: Die Änderung ist gespeichert."


class ThirdPartyRemove(ConfirmPage, ThirdPartyEdit):
    form_class = Form
    template_name = ConfirmPage.template_name
    submit_label = "Sicht entfernen"
    audience = "Nur Ihr Haus. In der Geschichte der Änderungen bleibt sie lesbar."

    def get_title(self) -> str:
        return f"{super().get_title()} entfernen"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        view = self.object
        return [
            ("Wer sich äußert", view.sender),
            ("Vom", german_date(view.given_on)),
            ("Text", view.text),
            ("Dokument", view.document),
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {}

    def save(self, form: Any) -> ThirdPartyView:
        expected = self.expected_version or 0
        by, now = self.request.user, clock.now()
        remove_view(view=self.object, expected_version=expected, by=by, now=now)
        return self.object

    def _show_conflict(self, form: Form, conflict: Conflict) -> HttpResponse:
        """Nothing to merge: read again what is there now."""
        form.add_error(
            None, "Die Sicht wurde inzwischen geändert. Lesen Sie sie bitte noch einmal."
        )
        self.object, self.expected_version = conflict.current, conflict.current.version
        return self.show(form, status=409)

    def get_success_message(self, result: ThirdPartyView) -> str:
        return f"Die Sicht „{result}“ ist entfernt."

    def get_success_url(self, result: ThirdPartyView) -> str:
        return self.get_cancel_url()
