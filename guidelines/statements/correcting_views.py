"""„Mit Änderungen freigeben“: who releases corrects what others have written, in one act."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from guidelines.queries.models import Written
from guidelines.statements.act_views import StatementAct, back_to_list
from guidelines.statements.actions import release_corrected
from guidelines.statements.forms import StatementForm
from guidelines.statements.models import Statement
from guidelines.statements.pages import notes_of, readable
from guidelines.statements.views import StatementPage
from guidelines.states.outcomes import NEEDS_UNTIL
from guidelines.states.transitions import fits
from ui.errors import Refusal
from ui.forms import Form

LEAD = (
    "Sie ändern den vorgelegten Text und geben ihn in einem Schritt frei. Ihre Änderungen stehen mit "
    "Ihrem Namen im Verlauf; wer vorgelegt hat, erfährt davon."
)
SUBMIT = "Mit Änderungen freigeben und an die Staatskanzlei übermitteln"


def correct_statement(request: HttpRequest, pk: int) -> HttpResponseBase:
    rows = readable(request.user).prefetch_related("authors")
    statement = get_object_or_404(rows, pk=pk)
    page = NilReturnCorrect if statement.is_nil_return else StatementCorrect
    return page.as_view(object=statement)(request, pk=pk)


def _require_releaser(request: HttpRequest, statement: Statement) -> None:
    if not request.user.has_perm("guidelines.correct_statement", statement):
        raise PermissionDenied


def title_of(written: Written) -> str:
    return f"{written.guideline_check.partnership}: Mit Änderungen freigeben"


def told(statement: Statement, *, is_corrected: bool) -> str:
    word = "Mit Änderungen freigegeben" if is_corrected else "Ohne Änderung freigegeben"
    partnership = statement.guideline_check.partnership
    return f"{word}: Die Stellungnahme zu {partnership} liegt der Staatskanzlei vor."


class StatementCorrect(StatementPage):
    template_name = "guidelines/statement_correct.html"
    lead = LEAD
    submit_label = SUBMIT
    is_corrected = False

    def prepare(self, request: HttpRequest, pk: int) -> None:
        _require_releaser(request, self.object)
        self.notes = notes_of(self.object, request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare(request, **kwargs)
        if not fits(self.object, "release"):
            messages.info(
                request, f"Inzwischen gilt der Stand „{self.object.get_state_display()}“."
            )
            return redirect(self.object)
        self.draft = self._pending_draft()
        return self._show_form()

    def save(self, form: StatementForm) -> Statement:
        if self.expected_version is None:
            raise Refusal("Diese Seite war zu alt. Laden Sie sie bitte neu.")
        vote, until_on = form.cleaned_data["vote"], form.cleaned_data["vote_until_on"]
        self.is_corrected = release_corrected(
            statement=self.object,
            answers=form.answers,
            reasons=form.reasons,
            evidence=form.evidence,
            citable={target.key for target in self.targets},
            values={
                "vote": vote,
                "vote_until_on": until_on if vote in NEEDS_UNTIL else None,
                "key_message": form.cleaned_data["key_message"],
            },
            expected_version=self.expected_version,
            by=self.request.user,
            now=timezone.now(),
        )
        return self.object

    def get_success_message(self, result: Statement) -> str:
        return told(result, is_corrected=self.is_corrected)

    def get_success_url(self, result: Statement) -> str:
        return back_to_list(self.request, result.get_absolute_url())

    def get_context(self, form: StatementForm) -> dict[str, Any]:
        return super().get_context(form) | {"can_take_over": False, "title": title_of(self.object)}


class NilReasonForm(Form):
    nil_reason = forms.CharField(
        label="Grund der Fehlanzeige",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NilReturnCorrect(StatementAct):
    """A Fehlanzeige has no text but its reason."""

    transition_name = "release"
    form_class = NilReasonForm
    lead = LEAD
    submit_label = SUBMIT
    is_corrected = False

    def prepare(self, request: HttpRequest, pk: int) -> None:
        _require_releaser(request, self.object)

    def get_title(self) -> str:
        return title_of(self.object)

    def get_initial(self) -> dict[str, str]:
        return {"nil_reason": self.object.nil_reason}

    def save(self, form: Form) -> Statement:
        self.is_corrected = release_corrected(
            statement=self.object,
            values=form.cleaned_data,
            expected_version=self.expected_version or 0,
            by=self.request.user,
            now=timezone.now(),
        )
        return self.statement

    def get_success_message(self, result: Any) -> str:
        return told(result, is_corrected=self.is_corrected)

    def get_success_url(self, result: Any) -> str:
        return back_to_list(self.request, result.get_absolute_url())
