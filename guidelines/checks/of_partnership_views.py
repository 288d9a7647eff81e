from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.decisions.models import Decision
from guidelines.rounds.models import GuidelineCheck
from ministries import clock
from partnerships.register.partners.page import find_partnership, page_context


@require_safe
def of_partnership(request: HttpRequest, slug: str) -> HttpResponse:
    """Tab "Leitlinien-Checks" of a partnership."""
    day = clock.today()
    partnership = find_partnership(request.user, slug, day)
    checks = (
        GuidelineCheck.objects.visible_to(request.user)
        .filter(partnership=partnership)
        .select_related("round", "partnership")
        .order_by("round")
    )
    readable = set(
        GuidelineCheck.objects.readable_by(request.user, day)
        .filter(partnership=partnership)
        .values_list("pk", flat=True)
    )
    decisions = Decision.objects.visible_to(request.user, day)
    decided = {
        found.guideline_check_id: found
        for found in decisions.filter(guideline_check__partnership=partnership)
    }
    context = page_context(partnership, request.user, day, active="checks")
    context["rows"] = [(found, found.pk in readable, decided.get(found.pk)) for found in checks]
    context["knows_states"] = request.user.sees_proposals
    return render(request, "guidelines/check_of_partnership.html", context)
