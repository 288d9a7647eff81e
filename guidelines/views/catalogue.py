from django.contrib.auth.decorators import permission_required
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.models import Criterion, Edition, Guideline
from ministries.requests import SignedInRequest


@require_safe
@permission_required("guidelines.read", raise_exception=True)
def catalogue(request: SignedInRequest) -> HttpResponse:
    """The latest published edition; a former one by `?fassung=`."""
    editions = list(
        Edition.objects.visible_to(request.user)
        .filter(published_at__isnull=False)
        .order_by("-adopted_on")
    )
    wanted = request.GET.get("fassung", "")
    edition = next((found for found in editions if found.slug == wanted), None)
    edition = edition or (editions[0] if editions else None)
    criteria = Criterion.objects.select_related("subject_area").order_by("code")
    guidelines = list(
        Guideline.objects.visible_to(request.user)
        .filter(edition=edition)
        .order_by("number")
        .prefetch_related(Prefetch("criteria", criteria))
    )
    framework = Guideline.Kind.FRAMEWORK_CONDITION
    context = {
        "title": "Leitlinien",
        "edition": edition,
        "editions": editions,
        "groups": [
            ("Leitlinien", [found for found in guidelines if found.kind != framework]),
            ("Rahmenbedingungen", [found for found in guidelines if found.kind == framework]),
        ],
    }
    return render(request, "guidelines/catalogue_detail.html", context)
