from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboards.search import LONGEST, SHORTEST, search_everything
from ui.text import clean_line


@require_safe
@permission_required("dashboards.read", raise_exception=True)
def search(request: HttpRequest) -> HttpResponse:
    text = clean_line(request.GET.get("q", ""))[:LONGEST]
    is_long_enough = len(text) >= SHORTEST
    results = search_everything(request.user, text) if is_long_enough else None
    context = {"text": text, "results": results, "shortest": SHORTEST}
    return render(request, "dashboards/search.html", context)
