"""A form that is written once and never over somebody else's text."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views import View

from ui.conflicts import ConflictField, compare_forms, conflict_page, resolved
from ui.errors import Conflict, Refusal
from ui.forms import Form
from ui.receipts import answer_once


class FormPage(View):
    """One form on one page; what it saves is saved once and never over somebody else's text."""

    form_class: type[forms.BaseForm] = Form
    template_name = "ui/form_page.html"
    title = ""
    lead = ""
    submit_label = "Speichern"
    success_message = ""
    cancel_url = ""
    cancel_label = "Abbrechen"
    audience = ""

    object: Any = None
    expected_version: int | None = None

    def prepare(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find `self.object` (404 when unseen) and refuse who may not write (PermissionDenied)."""

    def too_late(self) -> str:
        """Why there is nothing to do here any more, told where it leads back to; "" if there is."""
        return ""

    def save(self, form: Any) -> Any:
        raise NotImplementedError

    def get_title(self) -> str:
        return self.title

    def get_context(self, form: Any) -> dict[str, Any]:
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        is_bound_to_model = (
            issubclass(self.form_class, forms.BaseModelForm) and self.object is not None
        )
        return {"instance": self.object} if is_bound_to_model else {}

    def get_initial(self) -> Mapping[str, Any]:
        return {}

    def get_success_message(self, result: Any) -> str:
        return self.success_message

    def get_success_url(self, result: Any) -> str:
        return str(result.get_absolute_url())

    def get_cancel_url(self) -> str:
        if self.cancel_url:
            return self.cancel_url
        return (
            str(self.object.get_absolute_url()) if hasattr(self.object, "get_absolute_url") else ""
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare(request, **kwargs)
        if why := self.too_late():
            messages.info(request, why)
            return redirect(self.get_cancel_url())
        self.expected_version = getattr(self.object, "version", None)
        form = self.form_class(initial=dict(self.get_initial()), **self.get_form_kwargs())
        return self.show(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A repeated POST gets its answer before `prepare`, which would meet a changed record."""
        return answer_once(
            request, partial(self._act, kwargs), without_token=partial(self._ask_again, kwargs)
        )

    def _bound(self, request: HttpRequest, kwargs: Mapping[str, Any]) -> forms.BaseForm:
        self.prepare(request, **kwargs)
        self.expected_version = _whole_number(request.POST.get("_version", ""))
        return self.form_class(resolved(request.POST), request.FILES, **self.get_form_kwargs())

    def show(self, form: forms.BaseForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "object": self.object,
            "title": self.get_title(),
            "lead": self.lead,
            "submit_label": self.submit_label,
            "cancel_url": self.get_cancel_url(),
            "cancel_label": self.cancel_label,
            "audience": self.audience,
            "version": self.expected_version,
        }
        return render(
            self.request, self.template_name, context | self.get_context(form), status=status
        )

    def _act(self, kwargs: Mapping[str, Any], request: HttpRequest) -> HttpResponseBase:
        form = self._bound(request, kwargs)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            with transaction.atomic():
                result = self.save(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=422)
        except ValidationError as error:
            _add_errors(form, error)
            return self.show(form, status=422)
        except Conflict as conflict:
            return self._show_conflict(form, conflict)
        message = self.get_success_message(result)
        if message:
            messages.success(request, message)
        return redirect(self.get_success_url(result))

    def _ask_again(self, kwargs: Mapping[str, Any], request: HttpRequest) -> HttpResponse:
        form = self._bound(request, kwargs)
        form.add_error(
            None,
            "Diese Seite war zu alt. Ihre Eingaben sind noch da: Senden Sie sie noch einmal ab.",
        )
        return self.show(form, status=400)

    def _show_conflict(self, form: Any, conflict: Conflict) -> HttpResponseBase:
        return conflict_page(
            self.request,
            fields=self.compare(form, conflict.current),
            version=getattr(conflict.current, "version", None),
            title=self.get_title(),
            back_url=self.get_cancel_url(),
        )

    def compare(self, form: Any, current: Any) -> list[ConflictField]:
        """Field by field, the posted form against the record as stored."""
        kwargs = self.get_form_kwargs()
        if "instance" in kwargs:
            return compare_forms(form, self.form_class(**(kwargs | {"instance": current})))
        return compare_forms(
            form, self.form_class(**(kwargs | {"initial": self.get_stored(form, current)}))
        )

    def get_stored(self, form: Any, current: Any) -> Mapping[str, Any]:
        """The stored values under the form's field names, for forms that are not model forms."""
        return {name: getattr(current, name, None) for name in form.fields}


class ConfirmPage(FormPage):
    """Repeats the facts before something that cannot be undone."""

    template_name = "ui/confirm_page.html"
    warning = ""

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        return ()

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"facts": self.get_facts(), "warning": self.warning}


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
