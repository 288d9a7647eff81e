from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guidelines.catalogue.actions import publish_edition
from guidelines.catalogue.comparison import counted, marks_of
from guidelines.catalogue.matching import questions_of
from guidelines.catalogue.models import Criterion, Edition, Guideline
from guidelines.states.doors import require_coordination
from ministries import clock
from ui.dates import german_date
from ui.views import ConfirmPage


@require_safe
@permission_required("guidelines.read", raise_exception=True)
def catalogue(request: HttpRequest) -> HttpResponse:
    """The latest published edition; another one by `?fassung=`, one being written too."""
    seen = list(Edition.objects.visible_to(request.user).newest_first())
    wanted = request.GET.get("fassung", "")
    edition = next((found for found in seen if found.slug == wanted), None)
    edition = edition or next((found for found in seen if found.published_at), None)
    related = ("subject_area", "predecessor__subject_area")
    criteria = Criterion.objects.select_related(*related).order_by("code")
    guidelines = list(
        Guideline.objects.visible_to(request.user)
        .filter(edition=edition)
        .select_related("edition")
        .order_by("number")
        .prefetch_related(Prefetch("criteria", criteria))
    )
    framework = Guideline.Kind.FRAMEWORK_CONDITION
    marks = marks_of([row for guideline in guidelines for row in guideline.criteria.all()])
    context = {
        "title": "Leitlinien",
        "edition": edition,
        "has_others": len(seen) > 1,
        "may_map": any(found.published_at for found in seen),
        "numbers": counted(marks.values()),
        "may_edit": request.user.has_perm("guidelines.edit_catalogue", edition),
        "may_publish": request.user.has_perm("guidelines.publish_edition", edition),
        "may_coordinate": request.user.has_perm("guidelines.coordinate"),
        "groups": [
            (
                heading,
                [
                    (found, [(row, marks.get(row.pk)) for row in found.criteria.all()])
                    for found in guidelines
                    if (found.kind == framework) is is_framework
                ],
            )
            for heading, is_framework in (("Leitlinien", False), ("Rahmenbedingungen", True))
        ],
    }
    return render(request, "guidelines/catalogue_detail.html", context)


class EditionPublish(ConfirmPage):
    title = "Leitlinienfassung veröffentlichen"
    submit_label = "Fassung veröffentlichen"
    warning = "Eine veröffentlichte Fassung wird nicht mehr geändert."
    audience = "Ab der Veröffentlichung alle angemeldeten Personen."

    object: Edition

    def prepare(self, request: HttpRequest, slug: str) -> None:
        require_coordination(request)
        editions = Edition.objects.visible_to(request.user).being_written()
        self.object = get_object_or_404(editions, slug=slug)
        if not request.user.has_perm("guidelines.publish_edition", self.object):
            raise PermissionDenied

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        criteria = Criterion.objects.filter(guideline__edition=self.object)
        return [
            ("Titel", self.object.title),
            ("Beschlossen am", german_date(self.object.adopted_on)),
            ("Beschlossen durch", self.object.body),
            ("Quelle", self.object.source),
            ("Wortlaut", "amtlich" if self.object.is_official else "Zusammenfassung"),
            ("Leitlinien", f"{self.object.guidelines.count()}"),
            ("Prüfkriterien", f"{criteria.count()}"),
            ("Gegenüber früheren Fragen", self._earlier()),
        ]

    def _earlier(self) -> str:
        numbers = counted(marks_of(questions_of(self.object)).values())
        return ", ".join(f"{number} {mark}" for mark, number in numbers) or "nicht zugeordnet"

    def save(self, form: Any) -> Edition:
        publish_edition(edition=self.object, by=self.request.user, now=clock.now())
        self.object.refresh_from_db()
        return self.object

    def get_success_message(self, result: Edition) -> str:
        return f"{result} ist veröffentlicht."
