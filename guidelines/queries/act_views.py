"""What happens to the answer to a Rückfrage: the same acts as to a statement."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from guidelines.queries.actions import (
    answer,
    record_answer,
    return_reply,
    submit_reply,
    take_reply_back,
    withdraw_query,
)
from guidelines.queries.evidence import new_targets, show_proposed
from guidelines.queries.models import Query, Written
from guidelines.queries.pages import changes_of, days_left, reply_audience
from guidelines.queries.views import of_houses
from guidelines.statements.act_views import (
    StatementAct,
    StatementRecordRelease,
    StatementRelease,
    StatementReturn,
    StatementSubmit,
)
from guidelines.statements.beside import (
    left_out_of,
    third_parties_of,
    third_party_changes,
    views_changed_with,
)
from guidelines.statements.models import Statement
from guidelines.statements.pages import notes_of
from guidelines.states.doors import require_coordination
from guidelines.states.transitions import gaps
from ministries.clock import today
from ui.dates import german_date
from ui.errors import Conflict, Refusal
from ui.forms import Form
from ui.receipts import once
from ui.views import ConfirmPage


class ReplyAct(StatementAct):
    acts_on = "query"
    named = "Die Antwort"

    def find(self, request: HttpRequest, pk: int) -> Query:
        return get_object_or_404(of_houses(request).prefetch_related("authors"), pk=pk)

    @property
    def statement(self) -> Statement:
        return self.object.statement

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        query = self.object
        return [
            ("Rückfrage", query.text),
            ("Ihre Antwort", query.reply),
            *self.facts_about(query.proposed()[0]),
        ]


class ReplySubmit(ReplyAct, StatementSubmit):
    act = staticmethod(submit_reply)
    template_name = "guidelines/query_submit.html"

    def get_context(self, form: Form) -> dict[str, Any]:
        proposed, notes = self.object.proposed()
        user = self.request.user
        released, targets = notes_of(self.statement, user), new_targets([self.object], user)
        show_proposed(self.object, notes, released, targets)
        changed = views_changed_with([self.object], user)
        return ConfirmPage.get_context(self, form) | {
            "query": self.object,
            "days_left": days_left(self.object, today()),
            "statement": proposed,
            "third_parties": third_parties_of(self.statement, user, self.object),
            "left_out": left_out_of(self.object, changed),
            "partnership": self.object.guideline_check.partnership,
            "notes": notes,
            "changes": [
                *changes_of(self.object, released, user, targets),
                *third_party_changes([self.object], changed)[self.object.pk],
            ],
            "gaps": gaps(self.object, "submit", proposed=(proposed, notes)),
            "audience": reply_audience(self.object),
        }

    def get_success_url(self, result: Written) -> str:
        return result.get_absolute_url()


class ReplyReturn(ReplyAct, StatementReturn):
    act = staticmethod(return_reply)


class ReplyRelease(ReplyAct, StatementRelease):
    transition_name = "answer"
    act = staticmethod(answer)
    submit_label = "Antwort freigeben und an die Staatskanzlei übermitteln"

    def get_context(self, form: Form) -> dict[str, Any]:
        return super().get_context(form) | {
            "lead": "Mit der Freigabe tritt die neue Fassung an die Stelle der bisherigen, und das "
            "Faktenblatt wird mit dem heutigen Stand festgehalten."
        }


class ReplyRecordRelease(ReplyAct, StatementRecordRelease):
    transition_name = "record_answer"
    act = staticmethod(record_answer)


@require_POST
@once
def take_back_reply(request: HttpRequest, pk: int) -> HttpResponseBase:
    query = get_object_or_404(of_houses(request), pk=pk)
    try:
        take_reply_back(query=query, by=request.user, now=timezone.now())
    except (Refusal, Conflict) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Die Antwort ist wieder in Bearbeitung.")
    return redirect(query)


class QueryWithdraw(ConfirmPage):
    """The coordination takes its Rückfrage back; it learns nothing of what the house has begun."""

    submit_label = "Rückfrage zurücknehmen und Ressort benachrichtigen"
    lead = "Das Ressort muss dann nicht mehr antworten. Was freigegeben ist, gilt weiter."
    audience = "Das gefragte Ressort und die Koordinierung."
    # Not `object`: the version of the answer stays in the house.
    query: Query

    def prepare(self, request: HttpRequest, pk: int) -> None:
        rows = Query.objects.visible_to(request.user)
        related = ("statement__ministry", "statement__guideline_check__partnership")
        self.query = get_object_or_404(rows.select_related(*related), pk=pk)
        require_coordination(request)
        if request.method == "GET" and not self.query.is_unanswered:
            raise Http404

    def get_title(self) -> str:
        return f"Rückfrage zurücknehmen: {self.query.guideline_check.partnership}"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        return [
            ("Partnerschaft", self.query.guideline_check.partnership),
            ("Ressort", self.query.statement.ministry.name),
            ("Gestellt am", german_date(self.query.asked_at)),
            ("Antwort bis", german_date(self.query.due_on)),
            ("Rückfrage", self.query.text),
        ]

    def save(self, form: Form) -> Query:
        withdraw_query(query=self.query, by=self.request.user, now=timezone.now())
        return self.query

    def get_cancel_url(self) -> str:
        return reverse("guidelines:statement", args=[self.query.statement_id])

    def get_success_url(self, result: Query) -> str:
        return self.get_cancel_url()

    def get_success_message(self, result: Query) -> str:
        return f"Die Rückfrage an {result.statement.ministry} ist zurückgenommen."
