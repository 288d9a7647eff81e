"""Typed but not saved: kept on the way, offered again, thrown away on request."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from guidelines.statements.draft_actions import discard_draft, keep_draft
from guidelines.statements.forms import draft_names, number_answered, typed_values
from guidelines.statements.models import Statement
from guidelines.statements.pages import notes_of, readable
from ui.receipts import once


@require_POST
def keep_statement_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Called while somebody types; answers with the time for the line below the form."""
    statement = _writable(request, pk)
    notes = notes_of(statement)
    data = typed_values(request.POST, draft_names(notes))
    version = request.POST.get("_version", "")
    draft = keep_draft(
        statement=statement,
        data=data,
        based_on_version=int(version) if is_number(version) else statement.version,
        by=request.user,
        now=timezone.now(),
    )
    context = {"draft": draft, "answered": number_answered(notes, data), "total": len(notes)}
    return render(request, "guidelines/_statement_draft_kept.html", context)


def is_number(text: str) -> bool:
    """A version as our own form sends it; anything else is somebody's play."""
    return text.isascii() and text.isdigit() and len(text) < 10


@require_POST
@once
def discard_statement_draft(request: HttpRequest, pk: int) -> HttpResponseBase:
    statement = _writable(request, pk)
    discard_draft(statement=statement, by=request.user)
    messages.success(request, "Die nicht gespeicherten Eingaben sind verworfen.")
    return redirect(statement)


def _writable(request: HttpRequest, pk: int) -> Statement:
    statement = get_object_or_404(readable(request.user), pk=pk)
    if not request.user.has_perm("guidelines.edit_statement", statement):
        raise PermissionDenied
    return statement
