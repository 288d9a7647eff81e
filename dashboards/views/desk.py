from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dashboards.dates import upcoming
from dashboards.desk import desk_groups, keep_count
from dashboards.news import recent_changes
from ministries.clock import today
from partnerships.permissions import KEEPERS


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To what this person needs first; who has no function yet learns whom to ask."""
    user = request.user
    if user.has_role(*KEEPERS):
        return redirect("dashboards:desk")
    if user.reads_content:
        return redirect("dashboards:overview")
    if user.is_administrator:
        return redirect("technical:index")
    return render(request, "ui/no_appointment.html")


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What I owe, by when, one click to do it."""
    day = today()
    groups = desk_groups(request.user, day)
    number = keep_count(request, sum(len(group.rows) for group in groups))
    context = {"groups": groups, "number": number}
    if not groups:
        context |= {
            "upcoming": upcoming(request.user, day),
            "changes": recent_changes(request.user, day),
        }
    return render(request, "dashboards/desk.html", context)
