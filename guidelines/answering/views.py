"""„Alle auf einer Seite“: partnerships × questions of one house in one round."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from guidelines.answering.actions import Typed, save_table
from guidelines.answering.fields import initial_of
from guidelines.answering.forms import TableForm
from guidelines.answering.sittings import (
    Row,
    Sitting,
    asked_for,
    require_writer,
    rows_of,
    sitting_of,
    sittings,
)
from guidelines.answering.typed import keep_typed, posted_rows
from guidelines.delegations.models import Delegation
from guidelines.statements.inside import answer_to_take, question_to_give
from guidelines.statements.models import Statement
from guidelines.statements.pages import audience, can_write
from guidelines.statements.taking_over import take_over, taken_over_words
from guidelines.states.done import Done
from ministries.clock import today
from ministries.working_days import working_days_between
from ui.views import FormPage

ON_A_PAGE = 15


class StatementTable(FormPage):
    form_class = TableForm
    template_name = "guidelines/statement_table.html"
    sitting: Sitting | None = None
    page: Page[Statement] | None = None
    rows: list[Row]
    taken_over = 0
    # Where the answer for all was put in beside what a Fachreferat has or says.
    beside: Sequence[Delegation] = ()
    # Whose answer is put in beside what is typed.
    taken: Delegation | None = None

    def prepare(self, request: HttpRequest) -> None:
        require_writer(request.user)
        self.others = sittings(request.user, today())
        if request.method == "POST":
            self.rows = posted_rows(request)
            statements = [row.statement for row in self.rows]
            self.sitting = sitting_of(statements) if statements else None
            return
        self.sitting = asked_for(self.others, request.GET)
        statements = list(self.sitting.statements) if self.sitting else []
        self.page = Paginator(statements, ON_A_PAGE).get_page(request.GET.get("page"))
        self.rows = rows_of(list(self.page.object_list), request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().post(request, *args, **kwargs)
        if response.status_code >= 400:
            keep_typed(request)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"rows": self.rows}

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.rows)

    def save(self, form: TableForm) -> Done[Statement]:
        typed = []
        self.taken = answer_to_take(self._next, self.request.user)
        for row in form.rows:
            key = row.statement.pk
            version = form.cleaned_data[f"version-{key}"] or 0
            until_on = form.cleaned_data[f"vote_until_on-{key}"]
            is_confirmed = form.cleaned_data.get(f"confirmed-{key}")
            confirmed = row.unconfirmed if is_confirmed else set()
            showed_draft = bool(form.cleaned_data[f"draft-{key}"])
            values = form.values_of(row)
            if self.taken and self.taken.statement_id == key:
                values |= taken_values(self.taken, values)
            typed.append(Typed(row, values, until_on, version, confirmed, showed_draft))
        self.beside = [one for row in form.rows for one in form.answered_beside(row)]
        by, now = self.request.user, timezone.now()
        done = save_table(typed=typed, by=by, now=now)
        if self._next == "uebernehmen":
            refused = {statement.pk for statement, _ in done.refused}
            left = [row.statement for row in form.rows if row.statement.pk not in refused]
            still_open = [row for row in left if can_write(row, by, today())]
            self.taken_over = take_over(statements=still_open, by=by, now=now)
        return done

    def get_title(self) -> str:
        return "Alle auf einer Seite"

    def get_success_message(self, result: Done[Statement]) -> str:
        for statement, problem in result.refused:
            name = statement.guideline_check.partnership
            messages.warning(
                self.request,
                f"{name}: nicht gespeichert, Ihre Eingaben sind aufgehoben. {problem} Sie stehen "
                "als Entwurf auf der Seite dieser Stellungnahme.",
            )
        if self.beside:
            messages.warning(
                self.request, f"Für alle eingesetzt, auch hier: {told_of(self.beside)}."
            )
        if self._next == "uebernehmen":
            return taken_over_words(self.taken_over)
        if question_to_give(self._next):
            return ""
        if not result.acted:
            return "" if result.refused else "Es gab nichts Neues zu speichern."
        names = ", ".join(row.guideline_check.partnership.name for row in result.acted)
        return f"Gespeichert: {names}. {audience(result.acted[0])}"

    def get_success_url(self, result: Done[Statement]) -> str:
        if self._next == "vorlegen" and not result.refused:
            query = self.sitting.query if self.sitting else ""
            return f"{reverse('guidelines:statements-submit')}?{query}"
        if question_to_give(self._next) and not result.refused:
            return self._giving_url(question_to_give(self._next))
        if self.taken:
            return f"{self.request.get_full_path()}#zeile-{self.taken.statement_id}"
        return self.request.get_full_path()

    def _giving_url(self, criterion: int) -> str:
        """From the first row that asks it, for all of them."""
        asked = (
            row.statement.pk
            for row in self.rows
            for note in row.notes
            if note.criterion_id == criterion
        )
        key = next(asked, None)
        if key is None:
            return self.request.get_full_path()
        return f"{reverse('guidelines:delegation-give', args=[key, criterion])}?alle=1"

    @property
    def _next(self) -> str:
        """Which button was pressed."""
        return self.request.POST.get("_next", "")

    def get_cancel_url(self) -> str:
        return reverse("guidelines:statements")

    def get_context(self, form: TableForm) -> dict[str, Any]:
        sitting, day = self.sitting, today()
        due_on = sitting.check_round.due_on if sitting else None
        return {
            "sitting": sitting,
            "others": [one for one in self.others if not sitting or one.query != sitting.query],
            "page": self.page,
            "restored": [row for row in form.open_rows if row.draft],
            "audience": audience(sitting.statements[0]) if sitting else "",
            "can_take_over": any(_can_take_over(row) for row in self.rows),
            "unconfirmed": 0,  # confirmed row by row
            "days_left": working_days_between(day, due_on) if due_on else None,
        }


@require_POST
def keep_table_draft(request: HttpRequest) -> HttpResponse:
    """Called while somebody types; answers with the time for the line above the table."""
    require_writer(request.user)
    context = {"kept": keep_typed(request), "saved_at": timezone.now()}
    return render(request, "guidelines/_table_draft_kept.html", context)


def told_of(asked: Sequence[Delegation]) -> str:
    """What a Fachreferat has or says to these questions."""
    return "; ".join(
        f"{one.statement.guideline_check.partnership}, Frage {one.criterion.code}, "
        + (
            f"{one.addressee} antwortet „{one.as_note.answer_word}“"
            if one.answer
            else f"noch beim Fachreferat ({one.addressee})"
        )
        for one in asked
    )


def taken_values(one: Delegation, values: Mapping[str, str]) -> dict[str, str]:
    reason = f"reason_{one.criterion_id}"
    return {f"answer_{one.criterion_id}": one.answer, reason: one.added_to(values[reason])}


def _can_take_over(row: Row) -> bool:
    is_empty = any(not (note.answer or note.reason) for note in row.notes)
    return is_empty and getattr(row.statement, "has_earlier", False)
