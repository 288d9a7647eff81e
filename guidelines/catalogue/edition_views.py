"""All editions in a list."""

from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.catalogue.models import Edition


@require_safe
@permission_required("guidelines.read", raise_exception=True)
def edition_list(request: HttpRequest) -> HttpResponse:
    editions = Edition.objects.visible_to(request.user).annotate(
        aims=Count("guidelines", distinct=True), questions=Count("guidelines__criteria")
    )
    context = {
        "title": "Fassungen der Leitlinien",
        "editions": editions.newest_first(),
        "may_coordinate": request.user.has_perm("guidelines.coordinate"),
    }
    return render(request, "guidelines/edition_list.html", context)
