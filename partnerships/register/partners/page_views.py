"""The page of a partnership: Steckbrief and agreements."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ministries.clock import today
from ministries.history.references import with_references
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.facts import origin_of, profile, term_words
from partnerships.register.partners.page import find_partnership, page_context


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    day = today()
    partnership = find_partnership(request.user, slug, day)
    context = page_context(partnership, request.user, day, active="profile")
    groups = profile(partnership, user=request.user, day=day)
    origins = [group.origin for group in groups]
    origins += [fact.origin for group in groups for fact in group.rows]
    unconfirmed = sum(origin is not None and not origin.is_confirmed for origin in origins)
    context |= {"groups": groups, "unconfirmed": unconfirmed}
    return render(request, "partnerships/partnership_profile.html", context)


@require_safe
def agreements(request: HttpRequest, slug: str) -> HttpResponse:
    day = today()
    partnership = find_partnership(request.user, slug, day)
    seen = Agreement.objects.visible_to(request.user).filter(partnership=partnership)
    ordered = seen.with_renewal(day).order_by("-has_run_out", "-signed_on", "slug")  # type: ignore[misc]  # annotated
    rows: list[Any] = list(with_references(ordered, request.user, "predecessor"))
    for row in rows:
        row.term_words = term_words(row, day, is_renewed=row.is_renewed)
        row.origin = origin_of(row)
    context = page_context(partnership, request.user, day, active="agreements")
    return render(
        request, "partnerships/partnership_agreements.html", context | {"agreements": rows}
    )
