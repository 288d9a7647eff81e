from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboards.world_map import draw, places, status_options
from ministries.clock import today
from partnerships.models import Partnership


@require_safe
@permission_required("dashboards.read", raise_exception=True)
def world_map(request: HttpRequest) -> HttpResponse:
    """World and Europe with a link at each partner region, and the same facts as a table."""
    found = places(request.user, today())
    status = request.GET.get("status", "")
    wanted = status if status in Partnership.Status.values else ""
    shown = [place for place in found if not wanted or place.partnership.status == wanted]
    context = {
        "options": status_options(found, wanted),
        "maps": draw(shown),
        "places": shown,
        "is_unknown_status": bool(status) and not wanted,
    }
    return render(request, "dashboards/world_map.html", context)
