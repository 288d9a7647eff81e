"""The pages where a house keeps what a third party told it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from guidelines.queries.models import Query, Written, query_in_writing
from guidelines.queries.pages import can_reply
from guidelines.statements.models import Statement
from guidelines.statements.pages import RELATED, can_write, readable
from guidelines.third_parties.actions import add_view, change_view, keep_view, remove_view
from guidelines.third_parties.forms import ThirdPartyForm
from guidelines.third_parties.models import ThirdPartyView
from ministries import clock
from ui.dates import german_date
from ui.errors import Conflict
from ui.forms import Form
from ui.views import ConfirmPage, FormPage


class ThirdPartyPage(FormPage):
    """While the statement is written, or the answer to a Rückfrage; who comes later is led back."""

    template_name = "guidelines/third_party_edit.html"
    form_class: type[BaseForm] = ThirdPartyForm
    submit_label = "Sicht speichern"
    statement: Statement

    @cached_property
    def query(self) -> Query | None:
        return query_in_writing(self.statement)

    @property
    def written(self) -> Written:
        return self.query or self.statement

    def too_late(self) -> str:
        user, day = self.request.user, clock.today()
        is_written = (
            can_reply(self.query, user, day) if self.query else can_write(self.statement, user, day)
        )
        return "" if is_written else "Die Stellungnahme wird nicht mehr bearbeitet."

    def require_writer(self) -> None:
        if not self.request.user.has_perm("guidelines.edit_statement", self.statement):
            raise PermissionDenied

    def get_context(self, form: Any) -> dict[str, Any]:
        partnership = self.statement.guideline_check.partnership
        upload = reverse("partnerships:document-upload", args=[partnership.slug])
        audience = "Zuerst nur Ihr Haus; mit der Freigabe {}alle, die die Stellungnahme lesen. Bis "
        own = {
            "statement": self.statement,
            "upload_url": upload,
            "audience": audience.format("der Antwort " if self.query else "")
            + "Sie sie vorlegen, lässt sich alles ändern.",
        }
        return super().get_context(form) | own

    def get_title(self) -> str:
        return f"Sicht eines Dritten: {self.statement.guideline_check.partnership}"

    def get_cancel_url(self) -> str:
        return self.written.get_absolute_url()

    def get_success_url(self, result: ThirdPartyView) -> str:
        return f"{self.written.get_absolute_url()}#sicht-{result.pk}"


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
        beside = "Antwort" if self.query else "Stellungnahme"
        return f"{result.sender}: Die Sicht ist gespeichert und steht bei der {beside}."


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


class ThirdPartyConfirm(ConfirmPage, ThirdPartyEdit):
    form_class = Form
    template_name = ConfirmPage.template_name

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

    def get_context(self, form: Any) -> dict[str, Any]:
        return ConfirmPage.get_context(self, form) | {"audience": self.audience}

    def get_success_url(self, result: ThirdPartyView) -> str:
        return self.get_cancel_url()


class ThirdPartyRemove(ThirdPartyConfirm):
    submit_label = "Sicht entfernen"
    audience = "Nur Ihr Haus. In der Geschichte der Änderungen bleibt sie lesbar."

    def prepare(self, request: HttpRequest, pk: int) -> None:
        super().prepare(request, pk)
        if self.query and self.object.query_id != self.query.pk:
            self.audience = (
                "Nur Ihr Haus. Alle anderen lesen die Sicht, bis die Antwort freigegeben ist."
            )

    def get_title(self) -> str:
        return f"{super().get_title()} entfernen"

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
        if result.left_out_with_id:
            return f"Die Sicht „{result}“ entfällt mit der Freigabe der Antwort."
        return f"Die Sicht „{result}“ ist entfernt."


class ThirdPartyKeep(ThirdPartyConfirm):
    """One that was to go with the answer."""

    submit_label = "Sicht behalten"
    audience = "Nur Ihr Haus. Für alle anderen bleibt sie, wie sie ist."

    def too_late(self) -> str:
        return super().too_late() or ("" if self.object.left_out_with_id else "Die Sicht bleibt.")

    def get_title(self) -> str:
        return f"{super().get_title()} behalten"

    def save(self, form: Any) -> ThirdPartyView:
        keep_view(view=self.object, by=self.request.user, now=clock.now())
        return self.object

    def get_success_message(self, result: ThirdPartyView) -> str:
        return f"Die Sicht „{result}“ bleibt."
