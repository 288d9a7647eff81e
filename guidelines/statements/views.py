"""One statement on its page: written by the officer, read by everybody who may."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from guidelines.delegations.models import Delegation
from guidelines.evidence.past import evidence_in_version
from guidelines.evidence.targets import Target, citable
from guidelines.statements.actions import save_statement
from guidelines.statements.beside import third_parties_of
from guidelines.statements.draft_actions import keep_draft
from guidelines.statements.drafts import StatementDraft
from guidelines.statements.forms import (
    StatementForm,
    draft_names,
    form_values,
    number_answered,
    numbered,
    says_anything_new,
    typed_values,
)
from guidelines.statements.inside import (
    answer_to_take,
    delegations_about,
    question_to_give,
    with_delegations,
)
from guidelines.statements.lists import STATES, state_code
from guidelines.statements.models import ReviewNote, Statement
from guidelines.statements.pages import (
    audience,
    can_write,
    corrections_of,
    facts_of,
    is_own,
    notes_of,
    offers,
    place_of,
    queries_about,
    readable,
    reopened,
    time_asked_for,
    typed_in,
)
from guidelines.statements.past import stored_in_version
from guidelines.statements.releasers import four_eyes, releasers_of
from guidelines.statements.taking_over import take_over, taken_over_words
from guidelines.states.tables import StatementState
from ministries.clock import today
from ministries.working_days import working_days_between
from ui.conflicts import ConflictField, resolved
from ui.errors import Refusal
from ui.views import FormPage


class StatementPage(FormPage):
    """The form while the house writes; the text to read for everybody else and afterwards."""

    form_class = StatementForm
    template_name = "guidelines/statement_edit.html"
    # One of `readable`.
    object: Any
    draft: StatementDraft | None = None
    taken_over = 0
    # Whose answer is put in beside what is typed.
    taken: Delegation | None = None

    def prepare(self, request: HttpRequest, pk: int) -> None:
        user = request.user
        rows = with_delegations(readable(user), user, today())
        self.object = get_object_or_404(rows, pk=pk)
        if request.method == "POST" and not user.has_perm("guidelines.edit_statement", self.object):
            raise PermissionDenied
        self.notes = notes_of(self.object, user)

    @cached_property
    def targets(self) -> list[Target]:
        return citable(self.object, self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare(request, **kwargs)
        if not can_write(self.object, request.user, today()):
            prefetch_related_objects([self.object], "authors")
            is_kept = self.object.state != StatementState.RELEASED
            kept = self._pending_draft() if is_kept else None
            return read_page(request, self.object, self.notes, kept=kept)
        self.draft = self._pending_draft()
        if self.draft and "entwurf" not in request.GET:
            return read_page(request, self.object, self.notes, draft=self.draft)
        return self._show_form()

    def _show_form(self) -> HttpResponse:
        initial = form_values(self.object, self.notes) | (self.draft.data if self.draft else {})
        self.expected_version = self.draft.based_on_version if self.draft else self.object.version
        return self.show(self.form_class(initial=initial, **self.get_form_kwargs()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().post(request, *args, **kwargs)
        if response.status_code >= 400:
            if not hasattr(self, "notes"):
                # Another POST is still busy: this one was not even read.
                self.prepare(request, **kwargs)
            self._keep_typed()
        return response

    def save(self, form: StatementForm) -> Statement:
        if self.expected_version is None:
            raise Refusal("Diese Seite war zu alt. Laden Sie sie bitte neu.")
        every = {note.criterion_id for note in self.notes}
        answers, reasons = form.answers, form.reasons
        taken = answer_to_take(self._next, self.request.user)
        if taken and taken.statement_id == self.object.pk:
            self.taken, key = taken, taken.criterion_id
            answers[key], reasons[key] = taken.answer, taken.added_to(reasons[key])
        saved = save_statement(
            statement=self.object,
            answers=answers,
            reasons=reasons,
            vote=form.cleaned_data["vote"],
            vote_until_on=form.cleaned_data["vote_until_on"],
            key_message=form.cleaned_data["key_message"],
            confirmed=every if self._next == "bestaetigen" else form.confirmed,
            evidence=form.evidence,
            citable={target.key for target in self.targets},
            expected_version=self.expected_version,
            by=self.request.user,
            now=timezone.now(),
        )
        if self._next == "uebernehmen":
            by = self.request.user
            self.taken_over = take_over(statements=[saved], by=by, now=timezone.now())
        return saved

    def compare(self, form: StatementForm, current: Statement) -> list[ConflictField]:
        """Where only one of the two changed a field, that text is chosen beforehand."""
        fields = numbered(super().compare(form, current), self.notes)
        offered = {target.key for target in self.targets}
        version = self.expected_version
        base = stored_in_version(current, version) | evidence_in_version(current, version, offered)
        return [field.preselected(base.get(field.name)) for field in fields]

    def get_stored(self, form: StatementForm, current: Statement) -> dict[str, str]:
        return form_values(current, notes_of(current, self.request.user))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"notes": self.notes, "targets": self.targets}

    def get_title(self) -> str:
        return f"Stellungnahme {self.object.ministry} · {self.object.guideline_check.partnership}"

    def get_success_message(self, result: Statement) -> str:
        is_leaving = question_to_give(self._next) or self._next.startswith("nachtragen-")
        if self._next in ("vorlegen", "sicht") or is_leaving:
            return ""
        name = result.guideline_check.partnership
        if self._next == "uebernehmen":
            return f"{name}: {taken_over_words(self.taken_over)}"
        told = f"Antwort von {self.taken.addressee} übernommen und " if self.taken else ""
        return f"{name}: {told}gespeichert. {audience(result)}"

    def get_success_url(self, result: Statement) -> str:
        if self._next == "vorlegen":
            return reverse("guidelines:statement-submit", args=[result.pk])
        if self._next == "weiter":
            return self._following_url(result)
        if self._next == "sicht":
            return reverse("guidelines:third-party-create", args=[result.pk])
        if criterion := question_to_give(self._next):
            return reverse("guidelines:delegation-give", args=[result.pk, criterion])
        if self.taken:
            return f"{result.get_absolute_url()}#frage-{self.taken.criterion_id}"
        act, _, question = self._next.partition("-")
        if act == "nachtragen" and question in {str(note.criterion_id) for note in self.notes}:
            return reverse("guidelines:statement-activity", args=[result.pk, question])
        return result.get_absolute_url()

    def _following_url(self, result: Statement) -> str:
        """The next open one; behind the last one all that is written, to be submitted together."""
        place = place_of(result, self.request.user)
        if place.next_open:
            return reverse("guidelines:statement", args=[place.next_open.pk])
        asked = {"round": result.guideline_check.round.slug, "house": result.ministry.slug}
        return f"{reverse('guidelines:statements-submit')}?{urlencode(asked)}"

    def get_context(self, form: StatementForm) -> dict[str, Any]:
        values = form.data if form.is_bound else form.initial
        context = page_context(self.request, self.object, self.notes)
        is_empty = any(not (note.answer or note.reason) for note in self.notes)
        return context | {
            "answered": number_answered(self.notes, values),
            "unconfirmed": sum(note.is_unconfirmed for note in self.notes),
            "can_take_over": is_empty and context["place"].current.has_earlier,
            "delegations": delegations_about(self.object, self.notes),
            "draft": self.draft,
            "four_eyes": four_eyes(self.object, self.request.user, today()),
        }

    @property
    def _next(self) -> str:
        """Which button was pressed."""
        return self.request.POST.get("_next", "")

    def _pending_draft(self) -> StatementDraft | None:
        """What this person typed and did not save, if it says anything new."""
        if not self.object.has_draft:
            return None
        drafts = StatementDraft.objects.visible_to(self.request.user).of_statements()
        draft = drafts.filter(statement=self.object).first()
        if draft is None:
            return None
        stored = form_values(self.object, self.notes)
        return draft if says_anything_new(draft.data, stored) else None

    def _keep_typed(self) -> None:
        keep_draft(
            statement=self.object,
            data=typed_values(resolved(self.request.POST), draft_names(self.notes)),
            based_on_version=self.expected_version or self.object.version,
            by=self.request.user,
            now=timezone.now(),
        )


@require_safe
def print_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole statement on paper: Prüfvermerk for the file."""
    rows = readable(request.user).select_related("guideline_check__round__edition")
    statement = get_object_or_404(rows, pk=pk)
    return read_page(
        request,
        statement,
        notes_of(statement, request.user),
        template="guidelines/statement_print.html",
    )


def read_page(
    request: HttpRequest,
    statement: Statement,
    notes: list[ReviewNote],
    *,
    draft: StatementDraft | None = None,
    kept: StatementDraft | None = None,
    template: str = "guidelines/statement_read.html",
) -> HttpResponse:
    """`draft` can be taken up again; `kept` is shown while nobody can write."""
    user, day = request.user, today()
    queries = queries_about(statement, user)
    is_queried = any(query.is_unanswered for query in queries)
    offered = offers(statement, user, day, is_queried=is_queried)
    is_waiting = statement.state == StatementState.SUBMITTED and is_own(statement, user)
    context = page_context(request, statement, notes) | {
        "draft": draft,
        "kept": kept,
        "typed": typed_in(kept.data, statement, notes) if kept else (),
        "offers": offered,
        "queries": queries,
        "asks": user.is_coordinator,
        "corrections": corrections_of(statement, notes, user),
        "releasers": releasers_of(statement, user, day)
        if is_waiting and not offered.release
        else None,
    }
    return render(request, template, context)


def page_context(
    request: HttpRequest, statement: Statement, notes: list[ReviewNote]
) -> dict[str, Any]:
    """What the form and the reading page have in common."""
    user, day = request.user, today()
    is_due = statement.state != StatementState.RELEASED and not statement.is_closed
    code = state_code(statement, day)
    if code == "released" and not is_own(statement, user):
        code = "received"  # the word of the matrix
    days_left = working_days_between(day, statement.deadline) if is_due else None
    return {
        "statement": statement,
        "partnership": statement.guideline_check.partnership,
        "check_round": statement.guideline_check.round,
        "notes": notes,
        "title": f"Stellungnahme {statement.ministry} · {statement.guideline_check.partnership}",
        "place": place_of(statement, user),
        "facts": facts_of(statement, user, day),
        "state_code": code,
        "state_word": STATES.get(code, "liegt vor"),
        "days_shown": days_left,
        "audience": audience(statement),
        "is_own": is_own(statement, user),
        "reopening": reopened(statement, user),
        "third_parties": third_parties_of(statement, user),
        "can_write": can_write(statement, user, day),
        "extension": time_asked_for(statement, user),
        "may_ask_for_time": statement.is_outstanding
        and statement.is_awaited(day)
        and user.has_perm("guidelines.edit_statement", statement),
        "names_people": is_own(statement, user) or user.is_auditor,
    }
