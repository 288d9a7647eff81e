from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboards.attention import need_for_action
from dashboards.figures import agreements, running_round, standing
from dashboards.glance import glance
from ministries.clock import today
from ministries.working_days import working_days_between
from partnerships.register.partners.status_counts import status_counts


@require_safe
@permission_required("dashboards.read", raise_exception=True)
def overview(request: HttpRequest) -> HttpResponse:
    """How the partnerships stand, in a minute."""
    day = today()
    running = running_round(request.user, day)
    by_status = status_counts(request.user, day)
    context = {
        "attention": need_for_action(request.user, day),
        "standing": standing(request.user, day, by_status),
        "glance": glance(request.user, day, by_status, running.check_round if running else None),
        "running": running,
        "days_left": working_days_between(day, running.check_round.due_on) if running else None,
        "agreements": agreements(request.user, day),
    }
    return render(request, "dashboards/overview.html", context)
