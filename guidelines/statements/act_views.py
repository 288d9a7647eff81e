"""What happens to a written statement: submitted, taken back, returned, released, withdrawn."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from guidelines.queries.models import Written
from guidelines.statements.actions import (
    record_release,
    release,
    return_for_revision,
    submit,
    take_back,
    withdraw,
)
from guidelines.statements.beside import third_parties_of
from guidelines.statements.conditions import require_awaited, require_withdrawable
from guidelines.statements.inside import asked_about
from guidelines.statements.models import Statement
from guidelines.statements.pages import audience, notes_of, place_of, readable
from guidelines.statements.releasers import releasers_of
from guidelines.states.tables import StatementState
from guidelines.states.transitions import fits, gaps, transition
from ministries.clock import today
from ui.day_fields import PastDayField
from ui.errors import Conflict, Refusal
from ui.forms import Form
from ui.receipts import once
from ui.views import ConfirmPage


class StatementAct(ConfirmPage):
    """A confirm step in front of one transition of the state table."""

    transition_name = ""
    acts_on = "statement"
    named = "Die Stellungnahme"
    act: Callable[..., None]
    # A statement, or a Rückfrage with its answer.
    object: Any

    def find(self, request: HttpRequest, pk: int) -> Written:
        return get_object_or_404(readable(request.user), pk=pk)

    @property
    def statement(self) -> Statement:
        return self.object

    def prepare(self, request: HttpRequest, pk: int) -> None:
        self.object = self.find(request, pk)
        permission = transition(self.object, self.transition_name).permission
        if not request.user.has_perm(permission, self.object):
            raise PermissionDenied

    def too_late(self) -> str:
        try:
            self.require_in_time()
        except Refusal as refusal:
            return str(refusal)
        return ""

    def require_in_time(self) -> None:
        """What the act would refuse, before anybody fills in its page."""
        if not fits(self.object, self.transition_name):
            state = self.object.get_state_display()
            raise Refusal(f"Inzwischen gilt der Stand „{state}“.")
        require_awaited(self.statement, timezone.now())

    def _show_conflict(self, form: Form, conflict: Conflict) -> HttpResponse:
        """Nothing to merge: read again what is there now, and send again what was typed."""
        told = "Die Stellungnahme wurde inzwischen geändert. Lesen Sie sie bitte noch einmal."
        if not form.fields:
            messages.warning(self.request, told)
            return redirect(self.object)
        form.add_error(None, told)
        self.object = conflict.current
        self.expected_version = conflict.current.version
        return self.show(form, status=409)

    def save(self, form: Form) -> Written:
        self.act(
            **{self.acts_on: self.object},
            by=self.request.user,
            now=timezone.now(),
            expected_version=self.expected_version,
            **form.cleaned_data,
        )
        return self.object

    def get_title(self) -> str:
        label = transition(self.object, self.transition_name).label
        return f"{self.object.guideline_check.partnership}: {label}"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        return self.facts_about(self.statement)

    def facts_about(self, statement: Statement) -> Sequence[tuple[str, Any]]:
        facts: list[tuple[str, Any]] = [
            ("Partnerschaft", statement.guideline_check.partnership),
            ("Ressort", statement.ministry.name),
        ]
        if statement.is_nil_return:
            return [*facts, ("Inhalt", "Fehlanzeige")]
        return [
            *facts,
            ("Votum", statement.vote_words),
            ("Kernaussage", statement.key_message),
        ]

    def next_url(self, state: str) -> str:
        """The next statement of the house in that state, else the list; back to where one came from."""
        other = place_of(self.statement, self.request.user).next_in(state)
        if other is None:
            return back_to_list(self.request, reverse("guidelines:statements"))
        return back_to_list(self.request, reverse("guidelines:statement", args=[other.pk]))


def back_to_list(request: HttpRequest, otherwise: str) -> str:
    """To the head's list, of the round it showed, for whoever came from there."""
    chosen, url = request.GET.get("liste"), reverse("guidelines:statements-release")
    if chosen is None:
        return otherwise
    return url if chosen == "1" else f"{url}?{urlencode({'round': chosen})}"


class StatementSubmit(StatementAct):
    """Check your answers, then „Zur Freigabe vorlegen“."""

    transition_name = "submit"
    act: Callable[..., None] = staticmethod(submit)
    template_name = "guidelines/statement_submit.html"
    submit_label = "Zur Freigabe vorlegen"

    def get_context(self, form: Form) -> dict[str, Any]:
        return super().get_context(form) | {
            "statement": self.object,
            "partnership": self.object.guideline_check.partnership,
            "notes": notes_of(self.statement, self.request.user),
            "third_parties": third_parties_of(self.statement, self.request.user),
            "is_own": True,
            "gaps": gaps(self.object, "submit"),
            "waiting": asked_about(self.statement, self.request.user, today()),
            "audience": audience(self.statement),
        }

    def get_success_message(self, result: Written) -> str:
        partnership = result.guideline_check.partnership
        if not releasers_of(result, self.request.user, today()).heads:
            return (
                f"{self.named} zu {partnership} ist vorgelegt. In Ihrem Haus kann sie derzeit "
                "niemand in Brücke freigeben; auf ihrer Seite steht, was jetzt hilft."
            )
        return f"{self.named} zu {partnership} liegt jetzt zur Freigabe vor."

    def get_success_url(self, result: Written) -> str:
        return self.next_url(StatementState.OPEN)


class StatementRelease(StatementAct):
    transition_name = "release"
    act: Callable[..., None] = staticmethod(release)
    submit_label = "Freigeben und an die Staatskanzlei übermitteln"

    def get_context(self, form: Form) -> dict[str, Any]:
        if today() > self.statement.deadline:
            way_back = "Danach ist eine Änderung nur über eine Rückfrage der Staatskanzlei möglich."
        else:
            way_back = f"Bis zum {self.statement.deadline:%d.%m.%Y} können Sie sie zurückziehen."
        return super().get_context(form) | {
            "lead": "Mit der Freigabe sieht die Staatskanzlei die Stellungnahme, und das "
            f"Faktenblatt wird mit dem heutigen Stand festgehalten. {way_back}"
        }

    def get_success_message(self, result: Written) -> str:
        partnership = result.guideline_check.partnership
        return f"Freigegeben: {self.named} zu {partnership} liegt der Staatskanzlei vor."

    def get_success_url(self, result: Written) -> str:
        return self.next_url(StatementState.SUBMITTED)


class ReturnForm(Form):
    note = forms.CharField(
        label="Was soll geändert oder ergänzt werden?",
        help_text="Der Hinweis steht über der Stellungnahme; nur Ihr Haus sieht ihn.",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Schreiben Sie, was geändert oder ergänzt werden soll."},
    )


class StatementReturn(StatementAct):
    transition_name = "return_for_revision"
    act: Callable[..., None] = staticmethod(return_for_revision)
    form_class = ReturnForm
    submit_label = "Zur Überarbeitung zurückgeben"
    audience = "Nur Ihr Haus. Die Staatskanzlei erfährt von der Rückgabe nichts."

    def get_success_message(self, result: Written) -> str:
        partnership = result.guideline_check.partnership
        return f"{self.named} zu {partnership} ist zur Überarbeitung zurückgegeben."

    def get_success_url(self, result: Written) -> str:
        return self.next_url(StatementState.SUBMITTED)


class OutsideReleaseForm(Form):
    function = forms.CharField(
        label="Freigegeben durch (Funktion)",
        max_length=120,
        help_text="Zum Beispiel „Abteilungsleitung 4“. Kein Name.",
        error_messages={"required": "Nennen Sie die Funktion der Person, die freigegeben hat."},
    )
    released_on = PastDayField(
        label="Freigegeben am", error_messages={"required": "Geben Sie an, wann freigegeben wurde."}
    )
    reference = forms.CharField(
        label="Aktenzeichen",
        max_length=80,
        help_text="Unter dem die Freigabe in der E-Akte oder auf Papier liegt.",
        error_messages={"required": "Nennen Sie das Aktenzeichen der Freigabe."},
    )


class StatementRecordRelease(StatementAct):
    """Released on paper or in the E-Akte; a second person of the house records it."""

    transition_name = "record_release"
    act: Callable[..., None] = staticmethod(record_release)
    form_class = OutsideReleaseForm
    submit_label = "Freigabe eintragen und an die Staatskanzlei übermitteln"
    lead = (
        "Für eine Stellungnahme, die genau in dieser Fassung auf Papier oder in der E-Akte "
        "freigegeben ist. Eintragen kann, wer an ihr nicht mitgeschrieben hat; Ihr Name wird "
        "festgehalten."
    )
    audience = (
        "Danach liegt die Stellungnahme der Staatskanzlei vor. Funktion, Datum und Aktenzeichen "
        "liest, wer die Stellungnahme liest; Ihren Namen nur Ihr Haus."
    )

    def get_success_message(self, result: Written) -> str:
        partnership = result.guideline_check.partnership
        return f"Eingetragen: {self.named} zu {partnership} liegt der Staatskanzlei vor."

    def get_success_url(self, result: Written) -> str:
        return self.next_url(StatementState.SUBMITTED)


class StatementWithdraw(StatementAct):
    transition_name = "withdraw"
    act: Callable[..., None] = staticmethod(withdraw)
    submit_label = "Stellungnahme zurückziehen"
    lead = (
        "Die Staatskanzlei sieht die Stellungnahme dann nicht mehr, und sie gilt wieder als offen. "
        "Ihr Haus kann sie ändern und neu freigeben."
    )

    def require_in_time(self) -> None:
        super().require_in_time()
        require_withdrawable(self.statement, timezone.now())

    def get_success_message(self, result: Written) -> str:
        partnership = result.guideline_check.partnership
        return f"Die Stellungnahme zu {partnership} ist zurückgezogen und wieder in Bearbeitung."


@require_POST
@once
def take_statement_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    statement = get_object_or_404(readable(request.user), pk=pk)
    try:
        take_back(statement=statement, by=request.user, now=timezone.now())
    except (Refusal, Conflict) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Die Stellungnahme ist wieder in Bearbeitung.")
    return redirect(statement)
