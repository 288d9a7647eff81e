"""An edition beside another one."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guidelines.catalogue.comparison import Compared, Mark, compare_editions
from guidelines.catalogue.models import Edition


@require_safe
@permission_required("guidelines.read", raise_exception=True)
def edition_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """With the one of `?mit=`, else with the one before it; the older one stands first."""
    editions = list(Edition.objects.visible_to(request.user).newest_first())
    edition = get_object_or_404(Edition.objects.visible_to(request.user), slug=slug)
    others = [found for found in editions if found != edition]
    other = next((found for found in others if found.slug == request.GET.get("mit")), None)
    other = other or next(iter(editions[editions.index(edition) + 1 :] or others), None)
    context = {
        "title": "Fassungen vergleichen",
        "edition": edition,
        "others": others,
        "other": other,
    }
    if other is not None:
        newer, older = sorted((edition, other), key=editions.index)
        comparison = compare_editions(older, newer)
        context |= {"newer": newer, "older": older, "numbers": comparison.numbers}
        context["sections"] = [
            ("Leitlinien", *_parted(comparison.guidelines)),
            ("Prüfkriterien", *_parted(comparison.criteria)),
        ]
    return render(request, "guidelines/edition_compare.html", context)


def _parted(rows: list[Compared]) -> tuple[list[Compared], list[Compared]]:
    """What differs, and what is the same."""
    same = [row for row in rows if row.mark is Mark.SAME]
    return [row for row in rows if row.mark is not Mark.SAME], same
