"""An Fachreferat geben, and taking a question back: what the officer does."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from guidelines.delegations.actions import Given, give, take_back
from guidelines.delegations.forms import GiveForm
from guidelines.delegations.models import Delegation
from guidelines.delegations.pages import INSIDE, colleagues_in, names_of, proposed_day, table_url
from guidelines.statements.models import ReviewNote, Statement
from guidelines.statements.pages import RELATED, can_write
from guidelines.states.tables import DelegationState, StatementState
from ministries.clock import today
from ui.dates import german_date
from ui.forms import Form
from ui.views import ConfirmPage, FormPage


class DelegationGive(FormPage):
    """One question, for the statement it was opened from and as many others as are ticked."""

    form_class = GiveForm
    template_name = "guidelines/delegation_give.html"
    submit_label = "An Fachreferat geben"
    audience = INSIDE

    def prepare(self, request: HttpRequest, pk: int, criterion: int) -> None:
        user = request.user
        seen = Statement.objects.of_houses(user).select_related(*RELATED)
        self.statement = get_object_or_404(seen, pk=pk)
        if not user.has_perm("guidelines.edit_statement", self.statement):
            raise PermissionDenied
        notes = ReviewNote.objects.filter(statement=self.statement)
        asked = notes.select_related("criterion__guideline")
        self.criterion = get_object_or_404(asked, criterion=criterion).criterion

    def too_late(self) -> str:
        if can_write(self.statement, self.request.user, today()):
            return ""
        return "An dieser Stellungnahme wird nicht mehr geschrieben."

    def get_form_kwargs(self) -> dict[str, Any]:
        same = {
            "ministry": self.statement.ministry_id,
            "guideline_check__round": self.statement.guideline_check.round_id,
            "state": StatementState.OPEN,
            "review_notes__criterion": self.criterion,
        }
        rows = Statement.objects.of_houses(self.request.user).awaited(today()).filter(**same)
        in_order = rows.order_by("guideline_check__partnership__sort_key", "pk")
        return {
            "statements": list(in_order.select_related("guideline_check__partnership")),
            "colleagues": colleagues_in(self.statement.ministry_id, today()),
        }

    def get_initial(self) -> dict[str, Any]:
        every: list[Statement] = self.get_form_kwargs()["statements"]
        ticked = every if "alle" in self.request.GET and every else [self.statement]
        return {"s": [str(row.pk) for row in ticked], "due_on": proposed_day(ticked)}

    def save(self, form: GiveForm) -> Given:
        return give(
            statements=form.chosen,
            criterion=self.criterion,
            to=form.addressee,
            due_on=form.cleaned_data["due_on"],
            by=self.request.user,
            now=timezone.now(),
        )

    def get_title(self) -> str:
        return f"Frage {self.criterion.code} an Fachreferat geben"

    def get_success_message(self, result: Given) -> str:
        first = result.delegations[0]
        told = f"Frage {self.criterion.code} an {first.addressee} gegeben: {names_of(result.delegations)}."
        left = ", ".join(row.guideline_check.partnership.name for row in result.asked_already)
        return f"{told} Schon gefragt war dort zu {left}." if left else told

    def get_success_url(self, result: Given) -> str:
        first = result.delegations[0]
        if first.person is None:
            mailbox = reverse("guidelines:delegation-mailbox", args=[first.pk])
            return f"{mailbox}?alle=1" if "alle" in self.request.GET else mailbox
        return self.get_cancel_url()

    def get_cancel_url(self) -> str:
        if "alle" in self.request.GET:
            return table_url(self.statement)
        return f"{self.statement.get_absolute_url()}#frage-{self.criterion.pk}"

    def get_context(self, form: GiveForm) -> dict[str, Any]:
        return {"statement": self.statement, "criterion": self.criterion}


class DelegationWithdraw(ConfirmPage):
    submit_label = "Frage zurücknehmen"
    lead = "Die Antwort wird dann nicht mehr gebraucht. Wer gefragt ist und sich anmelden kann, erfährt es."
    audience = INSIDE

    def prepare(self, request: HttpRequest, pk: int) -> None:
        related = [f"statement__{name}" for name in RELATED]
        rows = Delegation.objects.visible_to(request.user)
        self.delegation = get_object_or_404(
            rows.select_related("criterion", "person", *related), pk=pk
        )
        if not request.user.has_perm("guidelines.edit_statement", self.delegation):
            raise PermissionDenied

    def too_late(self) -> str:
        if self.delegation.state == DelegationState.OPEN:
            return ""
        return f"Die Frage ist {self.delegation.get_state_display()}."

    def get_title(self) -> str:
        return f"Frage {self.delegation.criterion.code} zurücknehmen"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        one = self.delegation
        return [
            ("Partnerschaft", one.statement.guideline_check.partnership),
            ("Frage", one.criterion.question),
            ("Gefragt", one.addressee),
            ("Intern bis", german_date(one.due_on)),
        ]

    def save(self, form: Form) -> Delegation:
        take_back(delegations=[self.delegation], by=self.request.user, now=timezone.now())
        return self.delegation

    def get_cancel_url(self) -> str:
        one = self.delegation
        return f"{one.statement.get_absolute_url()}#frage-{one.criterion_id}"

    def get_success_url(self, result: Delegation) -> str:
        return self.get_cancel_url()

    def get_success_message(self, result: Delegation) -> str:
        return f"Die Frage an {result.addressee} ist zurückgenommen."
