"""Check your answers of several statements, and submit them together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guidelines.answering.actions import submit_all
from guidelines.answering.sittings import (
    Row,
    asked_for,
    key_of,
    require_writer,
    rows_of,
    show_cited,
    sittings,
    ticked,
    written_for,
)
from guidelines.delegations.models import Delegation
from guidelines.statements.beside import Told, third_parties_among
from guidelines.statements.inside import still_asked
from guidelines.statements.models import Statement
from guidelines.statements.pages import audience
from guidelines.states.completeness import Gap, gaps_in
from ministries.clock import today
from ui.receipts import once


@dataclass(frozen=True)
class Checked:
    row: Row
    gaps: Sequence[Gap]
    third_parties: Sequence[Told]

    @property
    def waiting(self) -> list[Delegation]:
        return still_asked(self.row.delegations)

    @property
    def has_warning(self) -> bool:
        return bool(self.row.draft or self.waiting)

    @property
    def key(self) -> str:
        return key_of(self.row.statement)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def submit_several(request: HttpRequest) -> HttpResponseBase:
    require_writer(request.user)
    return _submit(request) if request.method == "POST" else _ask(request)


def _ask(request: HttpRequest, *, is_nothing_ticked: bool = False) -> HttpResponse:
    sitting = asked_for(sittings(request.user, today()), request.GET)
    rows = rows_of(sitting.statements, request.user) if sitting else []
    show_cited(rows, request.user)
    told = third_parties_among([row.statement for row in rows], request.user)
    checked = [
        Checked(row, gaps_in(row.statement, row.notes), told.get(row.statement.pk, []))
        for row in rows
    ]
    context: dict[str, Any] = {
        "title": "Antworten prüfen und vorlegen",
        "sitting": sitting,
        "ready": [one for one in checked if not one.gaps],
        "unfinished": [one for one in checked if one.gaps],
        "audience": audience(sitting.statements[0]) if sitting else "",
        "is_nothing_ticked": is_nothing_ticked,
    }
    status = 422 if is_nothing_ticked else 200
    return render(request, "guidelines/statements_submit.html", context, status=status)


def _submit(request: HttpRequest) -> HttpResponseBase:
    keys = ticked(request.POST.getlist("s"))
    found = written_for(request.user).filter(pk__in=keys)
    chosen = [
        (row, keys[row.pk]) for row in found.order_by("guideline_check__partnership__sort_key")
    ]
    if not chosen:
        return _ask(request, is_nothing_ticked=True)
    done = submit_all(chosen=chosen, by=request.user, now=timezone.now())
    for statement, problem in done.refused:
        name = statement.guideline_check.partnership
        messages.warning(request, f"{name}: nicht vorgelegt. {problem}")
    if done.acted:
        messages.success(request, _told(done.acted))
    return redirect("guidelines:statements")


def _told(statements: Sequence[Statement]) -> str:
    names = ", ".join(row.guideline_check.partnership.name for row in statements)
    if len(statements) == 1:
        return f"Die Stellungnahme zu {names} liegt jetzt zur Freigabe vor."
    return f"{len(statements)} Stellungnahmen liegen jetzt zur Freigabe vor: {names}."
