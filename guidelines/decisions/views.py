"""One form for all partnerships of a decision, then a page that repeats it, then the record."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from guidelines.decisions.actions import decisions_about, record_decisions
from guidelines.decisions.conflict import decided_meanwhile
from guidelines.decisions.forms import DecisionForm, OutcomeForm, included
from guidelines.decisions.models import Decision, Proposal
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.states.doors import coordinated_round
from guidelines.states.outcomes import KEEPS_SCRUTINY, STATUS_AFTER
from guidelines.states.tables import CheckState, RoundState
from ministries import clock
from partnerships.models import Partnership
from ui.errors import Conflict, Refusal
from ui.receipts import HIDDEN_FIELDS, answer_once

Forms = tuple[DecisionForm, list[OutcomeForm]]


class DecisionRecord(View):
    check_round: CheckRound

    def get(self, request: HttpRequest, round_slug: str) -> HttpResponse:
        self._find(round_slug)
        return self._form_page(self._forms(None))

    def post(self, request: HttpRequest, round_slug: str) -> HttpResponseBase:
        return answer_once(request, partial(self._act, round_slug))

    def _find(self, round_slug: str) -> None:
        self.check_round = coordinated_round(self.request, round_slug)
        if self.check_round.state != RoundState.OPEN:
            raise Http404

    def _act(self, round_slug: str, request: HttpRequest) -> HttpResponseBase:
        self.check_round = coordinated_round(request, round_slug)
        forms = form, outcomes = self._forms(request.POST, _chosen_ids(request.POST))
        decisions = decisions_about([found.check for found in outcomes])
        if decisions:
            return self._conflict_page(forms, decisions)
        if self.check_round.state != RoundState.OPEN:
            raise Http404
        are_valid = all([form.is_valid(), *(found.is_valid() for found in outcomes)])
        if are_valid and not included(outcomes):
            form.add_error(None, "Wählen Sie mindestens eine Partnerschaft aus.")
            are_valid = False
        if not are_valid:
            return self._form_page(forms, status=422)
        if "change" in request.POST:
            return self._form_page(forms)
        try:
            if "confirmed" not in request.POST:
                self._rehearse(forms)
                return self._confirm_page(forms)
            return self._record(forms)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self._form_page(forms, status=422)
        except Conflict as conflict:
            return self._conflict_page(forms, conflict.current)

    @transaction.atomic
    def _rehearse(self, forms: Forms) -> None:
        """What would be refused is refused before the page that asks for the last word."""
        self._decide(forms)
        transaction.set_rollback(True)

    def _decide(self, forms: Forms) -> list[Decision]:
        form, outcomes = forms
        return record_decisions(
            check_round=self.check_round,
            facts=form.facts(),
            outcomes=[found.chosen() for found in included(outcomes)],
            by=self.request.user,
            now=clock.now(),
        )

    @transaction.atomic
    def _record(self, forms: Forms) -> HttpResponse:
        decisions = self._decide(forms)
        names = ", ".join(str(found.guideline_check.partnership) for found in decisions)
        messages.success(self.request, f"Der Beschluss ist eingetragen für: {names}.")
        return redirect(self.check_round)

    def _forms(self, data: Mapping[str, Any] | None, chosen: Sequence[int] = ()) -> Forms:
        """Whatever waits for a decision, and what was chosen, however it stands by now."""
        checks = list(
            GuidelineCheck.objects.visible_to(self.request.user)
            .filter(Q(state=CheckState.PROPOSED) | Q(pk__in=chosen), round=self.check_round)
            .select_related("partnership", "round")
            .order_by("partnership__sort_key")
        )
        rows = Proposal.objects.filter(guideline_check__in=checks).order_by("number")
        proposals = {row.guideline_check_id: row for row in rows}
        only = self.request.GET.get("partnerschaft", "")
        outcomes = [
            OutcomeForm(
                data,
                check=check,
                proposal=proposals.get(check.pk),
                initial={"is_included": not only or check.partnership.slug == only},
            )
            for check in checks
        ]
        return DecisionForm(data), outcomes

    def _context(self, forms: Forms) -> dict[str, Any]:
        form, outcomes = forms
        return {
            "title": f"Beschluss eintragen: {self.check_round}",
            "round": self.check_round,
            "form": form,
            "outcomes": outcomes,
            "has_errors": form.is_bound
            and any([form.errors, *(found.errors for found in outcomes)]),
            "cancel_url": reverse("guidelines:round", args=[self.check_round.slug]),
        }

    def _form_page(self, forms: Forms, status: int = 200) -> HttpResponse:
        template = "guidelines/decision_record.html"
        return render(self.request, template, self._context(forms), status=status)

    def _confirm_page(self, forms: Forms) -> HttpResponse:
        form, outcomes = forms
        undecided = self.check_round.checks.undecided().count()
        context = self._context(forms) | {
            "title": "Beschluss prüfen und eintragen",
            "body": Decision.Body(form.cleaned_data["body"]).label,
            "facts": form.cleaned_data,
            "chosen": [(found, _consequences(found)) for found in included(outcomes)],
            "closes_round": len(included(outcomes)) == undecided,
            "typed": self._typed(),
        }
        return render(self.request, "guidelines/decision_confirm.html", context)

    def _conflict_page(self, forms: Forms, decisions: Sequence[Decision]) -> HttpResponse:
        """Both texts; what is not decided yet can go on without being typed again."""
        form, outcomes = forms
        decided = decided_meanwhile(form, outcomes, decisions)
        gone = {found.decision.guideline_check_id for found in decided}
        chosen = _chosen_ids(self.request.POST)
        names = tuple(f"c{pk}-" for pk in gone)
        context = self._context(forms) | {
            "title": "Inzwischen hat jemand anderes einen Beschluss eingetragen",
            "decided": decided,
            "remaining": [
                found
                for found in outcomes
                if found.check.pk in chosen and found.check.pk not in gone
            ],
            "typed": [(name, value) for name, value in self._typed() if not name.startswith(names)],
        }
        return render(self.request, "guidelines/decision_conflict.html", context, status=409)

    def _typed(self) -> list[tuple[str, str]]:
        return [
            (name, value)
            for name in self.request.POST
            if name not in {*HIDDEN_FIELDS, "change", "confirmed"}
            for value in self.request.POST.getlist(name)
        ]


def _chosen_ids(data: QueryDict) -> list[int]:
    found = (re.fullmatch(r"c([0-9]{1,17})-is_included", name) for name in data)
    return [int(match[1]) for match in found if match]


def _consequences(form: OutcomeForm) -> list[str]:
    """What recording it changes, in words."""
    outcome = form.cleaned_data["outcome"]
    status = STATUS_AFTER.get(outcome)
    words = [f"Status wird „{Partnership.Status(status).label}“"] if status else ["Status bleibt"]
    if form.check.partnership.scrutiny_since and outcome not in KEEPS_SCRUTINY:
        words.append("„auf dem Prüfstand“ endet")
    return words
