"""A Rückfrage on its page in the asked house: its answer written, read, and kept while typing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST

from guidelines.evidence.forms import PREFIX, joined
from guidelines.evidence.targets import Target, citable
from guidelines.queries.actions import save_reply
from guidelines.queries.evidence import keys_in, new_targets, show_proposed
from guidelines.queries.forms import ReplyForm, former_values, reply_names, written_values
from guidelines.queries.models import Query
from guidelines.queries.pages import (
    can_reply,
    changes_of,
    corrections_of,
    days_left,
    query_offers,
    reply_audience,
)
from guidelines.statements.beside import (
    Changed,
    left_out_of,
    third_parties_of,
    third_party_changes,
    views_changed_with,
)
from guidelines.statements.draft_actions import discard_draft, keep_draft
from guidelines.statements.draft_views import is_number
from guidelines.statements.drafts import StatementDraft
from guidelines.statements.forms import (
    number_answered,
    numbered,
    says_anything_new,
    stored_values,
    typed_values,
)
from guidelines.statements.pages import RELATED, facts_of, notes_of
from guidelines.statements.releasers import releasers_of
from guidelines.states.tables import QueryState
from ministries.clock import today
from ministries.history.tracking import events_of
from ui.conflicts import ConflictField, resolved
from ui.errors import Refusal
from ui.receipts import once
from ui.views import FormPage


def of_houses(request: HttpRequest) -> QuerySet[Query]:
    related = [f"statement__{name}" for name in RELATED]
    rows = Query.objects.of_houses(request.user).with_deputies()
    return rows.select_related(*related, "submitted_by", "answered_by")


class QueryPage(FormPage):
    """The form while the house answers; question and answer to read afterwards."""

    form_class = ReplyForm
    template_name = "guidelines/query_edit.html"
    object: Query
    draft: StatementDraft | None = None

    def prepare(self, request: HttpRequest, pk: int) -> None:
        self.object = get_object_or_404(of_houses(request).prefetch_related("authors"), pk=pk)
        is_writer = request.user.has_perm("guidelines.edit_statement", self.object)
        if request.method == "POST" and not is_writer:
            raise PermissionDenied
        self.notes = notes_of(self.object.statement, request.user)

    @cached_property
    def targets(self) -> list[Target]:
        also = keys_in(self.object.values)
        return citable(self.object.statement, self.request.user, also)

    @property
    def offered(self) -> set[str]:
        return {target.key for target in self.targets}

    @cached_property
    def changed_views(self) -> Changed:
        return views_changed_with([self.object], self.request.user)

    def newly_ticked(self, form: ReplyForm) -> dict[int, set[str]]:
        """By criterion id, where the ticks are not those the house has written."""
        stored = written_values(self.object, self.notes, self.offered)
        return {
            criterion: keys
            for criterion, keys in form.evidence.items()
            if joined([*keys]) != stored[f"{PREFIX}{criterion}"]
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare(request, **kwargs)
        if not can_reply(self.object, request.user, today()):
            return self._read()
        return self._show_form()

    def _show_form(self) -> HttpResponse:
        """With what this person has typed and not saved."""
        stored = written_values(self.object, self.notes, self.offered)
        drafts = StatementDraft.objects.visible_to(self.request.user).of_replies()
        typed = drafts.filter(
            statement=self.object.statement_id, saved_at__gte=self.object.asked_at
        )
        self.draft = next((row for row in typed if says_anything_new(row.data, stored)), None)
        self.expected_version = self.object.version
        if self.draft:
            stored |= self.draft.data
            self.expected_version = self.draft.based_on_version
        return self.show(self.form_class(initial=stored, **self.get_form_kwargs()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().post(request, *args, **kwargs)
        if response.status_code >= 400:
            if not hasattr(self, "notes"):
                # Another POST is still busy: this one was not even read.
                self.prepare(request, **kwargs)
            keep_typed(self.object, request, self.expected_version)
        return response

    def save(self, form: ReplyForm) -> Query:
        if self.expected_version is None:
            raise Refusal("Diese Seite war zu alt. Laden Sie sie bitte neu.")
        is_unchanged = form.values == stored_values(self.object.statement, self.notes)
        return save_reply(
            query=self.object,
            values={} if is_unchanged else form.values,
            reply=form.cleaned_data["reply"],
            evidence=self.newly_ticked(form),
            citable=self.offered,
            expected_version=self.expected_version,
            by=self.request.user,
            now=timezone.now(),
        )

    def compare(self, form: ReplyForm, current: Query) -> list[ConflictField]:
        """Where only one of the two changed a field, that text is chosen beforehand."""
        fields = numbered(super().compare(form, current), self.notes)
        events = events_of(Query).filter(pgh_obj=current.pk, version=self.expected_version)
        event = events.order_by("-pgh_id").first()
        base = former_values(event, current, self.notes, self.offered) if event else {}
        return [field.preselected(base.get(field.name)) for field in fields]

    def get_stored(self, form: ReplyForm, current: Query) -> dict[str, str]:
        return written_values(current, self.notes, self.offered)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"notes": self.notes, "targets": self.targets}

    def get_title(self) -> str:
        return f"Rückfrage an {self.object.statement.ministry} · {self.object.guideline_check.partnership}"

    def get_success_message(self, result: Query) -> str:
        if self._is_submitting or self._is_adding:
            return ""
        return f"{result.guideline_check.partnership}: gespeichert. {reply_audience(result)}"

    def get_success_url(self, result: Query) -> str:
        if self._is_submitting:
            return reverse("guidelines:query-submit", args=[result.pk])
        if self._is_adding:
            return reverse("guidelines:third-party-create", args=[result.statement_id])
        return result.get_absolute_url()

    def get_context(self, form: ReplyForm) -> dict[str, Any]:
        return self._context() | {"draft": self.draft}

    @property
    def _is_submitting(self) -> bool:
        return self.request.POST.get("_next") == "vorlegen"

    @property
    def _is_adding(self) -> bool:
        """A view of a third party, on its own page."""
        return self.request.POST.get("_next") == "sicht"

    def _read(self) -> HttpResponse:
        query, user, day = self.object, self.request.user, today()
        proposed, notes = query.proposed()
        targets = new_targets([query], user)
        show_proposed(query, notes, self.notes, targets)
        offered = query_offers(query, user, day)
        is_waiting = query.state == QueryState.SUBMITTED and not offered.release
        context = self._context() | {
            "proposed": proposed,
            "notes": notes,
            "changes": [
                *changes_of(query, self.notes, user, targets),
                *third_party_changes([query], self.changed_views)[query.pk],
            ],
            "corrections": corrections_of(query, self.notes, user),
            "offers": offered,
            "releasers": releasers_of(query, user, day) if is_waiting else None,
        }
        return render(self.request, "guidelines/query_read.html", context)

    def _context(self) -> dict[str, Any]:
        query, user, day = self.object, self.request.user, today()
        return {
            "title": self.get_title(),
            "query": query,
            "statement": query.statement,
            "third_parties": third_parties_of(query.statement, user, query),
            "left_out": left_out_of(query, self.changed_views),
            "can_write": can_reply(query, user, day),
            "partnership": query.guideline_check.partnership,
            "check_round": query.guideline_check.round,
            "notes": self.notes,
            "days_left": days_left(query, day),
            "facts": facts_of(query.statement, user, day),
            "audience": reply_audience(query),
            "is_own": True,
            "names_people": True,
        }


@require_POST
def keep_reply_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Called while somebody types; answers with the time for the line below the form."""
    query = _writable(request, pk)
    version = request.POST.get("_version", "")
    draft = keep_typed(query, request, int(version) if is_number(version) else None)
    notes = notes_of(query.statement)
    answered = number_answered(notes, draft.data)
    context = {"draft": draft, "answered": answered, "total": len(notes)}
    return render(request, "guidelines/_statement_draft_kept.html", context)


def keep_typed(query: Query, request: HttpRequest, version: int | None) -> StatementDraft:
    names = reply_names(notes_of(query.statement))
    return keep_draft(
        statement=query.statement,
        data=typed_values(resolved(request.POST), names),
        based_on_version=version or query.version,
        by=request.user,
        now=timezone.now(),
        is_reply=True,
    )


@require_POST
@once
def discard_reply_draft(request: HttpRequest, pk: int) -> HttpResponseBase:
    query = _writable(request, pk)
    discard_draft(statement=query.statement, by=request.user, is_reply=True)
    messages.success(request, "Die nicht gespeicherten Eingaben sind verworfen.")
    return redirect(query)


def _writable(request: HttpRequest, pk: int) -> Query:
    query = get_object_or_404(of_houses(request), pk=pk)
    if not request.user.has_perm("guidelines.edit_statement", query):
        raise PermissionDenied
    return query
