"""The page of a partnership: its Steckbrief."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ministries.clock import today
from partnerships.register.partners.facts import profile
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
