"""The head's list: read what waits, tick, release together."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guidelines.answering.sittings import ticked
from guidelines.permissions import RELEASERS
from guidelines.queries.models import Query, Written
from guidelines.queries.views import of_houses
from guidelines.releasing.actions import release_all
from guidelines.releasing.waiting import read, rounds_waiting, waiting
from guidelines.rounds.switch import RoundSwitch
from guidelines.statements.pages import readable
from ministries.clock import today
from ui.lists import url_with
from ui.receipts import once

ON_A_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@once
def release_several(request: HttpRequest) -> HttpResponseBase:
    """`?round=2026` leaves those of one round; `?alle=1` ticks all of the page, `?s=1` that one."""
    if not request.user.has_role(*RELEASERS):
        raise PermissionDenied
    return _release(request) if request.method == "POST" else _ask(request)


def _ask(request: HttpRequest, *, is_nothing_ticked: bool = False) -> HttpResponse:
    user, day = request.user, today()
    switch = RoundSwitch(rounds_waiting(user, day), request.GET)
    found = [row for row in waiting(user, day) if switch.shows(row.guideline_check.round)]
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "title": "Stellungnahmen freigeben",
        "switch": switch,
        "came_from": switch.chosen.slug if switch.chosen else "1",
        "page": page,
        "rows": read(list(page.object_list), user),
        "is_ticked": "alle" in request.GET,
        "ticked": request.GET.getlist("s"),
        "is_nothing_ticked": is_nothing_ticked,
    }
    status = 422 if is_nothing_ticked else 200
    return render(request, "guidelines/statements_release.html", context, status=status)


def _release(request: HttpRequest) -> HttpResponseBase:
    chosen = _ticked(request)
    if not chosen:
        return _ask(request, is_nothing_ticked=True)
    done = release_all(chosen=chosen, by=request.user, now=timezone.now())
    for written, problem in done.refused:
        name = written.guideline_check.partnership
        messages.warning(request, f"{name}: nicht freigegeben. {problem}")
    if done.acted:
        messages.success(request, _told(done.acted))
    return redirect(_list_url(request))


def _list_url(request: HttpRequest) -> str:
    """Of the same round, with nothing ticked."""
    query = request.GET.copy()
    for name in ("alle", "page", "s"):
        query.pop(name, None)
    return url_with(request.path, query)


def _ticked(request: HttpRequest) -> list[tuple[Written, int]]:
    """Of the houses this person releases for, whatever their state is by now."""
    houses = request.user.ministry_ids(*RELEASERS)
    statements, replies = (ticked(request.POST.getlist(name)) for name in ("s", "r"))
    rows = readable(request.user).filter(pk__in=statements, ministry__in=houses)
    answers = of_houses(request).filter(pk__in=replies, statement__ministry__in=houses)
    return [
        *((row, statements[row.pk]) for row in rows),
        *((row, replies[row.pk]) for row in answers),
    ]


def _told(released: Sequence[Written]) -> str:
    names = ", ".join(row.guideline_check.partnership.name for row in released)
    replies = sum(isinstance(row, Query) for row in released)
    parts = [
        _counted(len(released) - replies, "Stellungnahme", "Stellungnahmen"),
        _counted(replies, "Antwort auf eine Rückfrage", "Antworten auf Rückfragen"),
    ]
    return f"Freigegeben und an die Staatskanzlei übermittelt: {' und '.join(filter(None, parts))} ({names})."


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""
