"""„Mit Änderungen freigeben“, for the answer to a Rückfrage."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from guidelines.queries.actions import answer_corrected
from guidelines.queries.forms import ReplyForm
from guidelines.queries.models import Query
from guidelines.queries.views import QueryPage
from guidelines.statements.act_views import back_to_list
from guidelines.statements.correcting_views import LEAD, SUBMIT, title_of
from guidelines.statements.forms import stored_values
from guidelines.states.transitions import fits
from ui.errors import Refusal


class ReplyCorrect(QueryPage):
    template_name = "guidelines/query_correct.html"
    lead = LEAD
    submit_label = SUBMIT
    is_corrected = False

    def prepare(self, request: HttpRequest, pk: int) -> None:
        super().prepare(request, pk)
        if not request.user.has_perm("guidelines.correct_statement", self.object):
            raise PermissionDenied

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare(request, **kwargs)
        if not fits(self.object, "answer"):
            messages.info(
                request, f"Inzwischen gilt der Stand „{self.object.get_state_display()}“."
            )
            return redirect(self.object)
        return self._show_form()

    def save(self, form: ReplyForm) -> Query:
        if self.expected_version is None:
            raise Refusal("Diese Seite war zu alt. Laden Sie sie bitte neu.")
        is_unchanged = form.values == stored_values(self.object.statement, self.notes)
        self.is_corrected = answer_corrected(
            query=self.object,
            values={} if is_unchanged else form.values,
            reply=form.cleaned_data["reply"],
            evidence=self.newly_ticked(form),
            citable=self.offered,
            expected_version=self.expected_version,
            by=self.request.user,
            now=timezone.now(),
        )
        return self.object

    def get_title(self) -> str:
        return title_of(self.object)

    def get_success_message(self, result: Query) -> str:
        word = "Mit Änderungen freigegeben" if self.is_corrected else "Ohne Änderung freigegeben"
        partnership = result.guideline_check.partnership
        return f"{word}: Die Antwort zu {partnership} liegt der Staatskanzlei vor."

    def get_success_url(self, result: Query) -> str:
        return back_to_list(self.request, result.get_absolute_url())
