"""Which questions of an earlier edition those of a draft go on from: proposed, confirmed by hand."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from guidelines.catalogue.edition_views import ONLY_COORDINATION
from guidelines.catalogue.forms import MappingForm, field_of
from guidelines.catalogue.mapping_actions import map_questions
from guidelines.catalogue.matching import alike, free_questions, questions_of
from guidelines.catalogue.models import Edition
from guidelines.states.doors import require_coordination
from ui.views import FormPage


class MappingEdit(FormPage):
    form_class = MappingForm
    template_name = "guidelines/edition_mapping.html"
    title = "Frühere Fragen zuordnen"
    submit_label = "Zuordnung bestätigen"
    audience = ONLY_COORDINATION
    lead = (
        "Antworten auf eine frühere Frage lassen sich im nächsten Check übernehmen, und beide Checks "
        "lassen sich vergleichen. Vorgeschlagen sind Fragen gleichen Wortlauts oder gleicher Kennung; "
        "angeboten werden nur solche mit gleicher Art der Antworten."
    )
    object: Edition

    def prepare(self, request: HttpRequest, slug: str) -> None:
        require_coordination(request)
        seen = Edition.objects.visible_to(request.user)
        self.object = get_object_or_404(seen.being_written(), slug=slug)
        self.others = list(seen.published())
        self.questions = questions_of(self.object)
        self.older = self._chosen_edition(request.GET.get("mit", ""))
        self.offered = free_questions(self.older, self.object)
        mapped = {row.predecessor_id for row in self.questions}
        free = [former for former in self.offered if former.pk not in mapped]
        unmapped = [row for row in self.questions if row.predecessor_id is None]
        self.proposed = alike(free, unmapped)

    def _chosen_edition(self, slug: str) -> Edition:
        """That of the address, else where the questions come from, else the latest."""
        known = {row.predecessor.edition.pk for row in self.questions if row.predecessor}
        for found in sorted(self.others, key=lambda one: (one.slug != slug, one.pk not in known)):
            return found
        raise Http404

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"others": self.others, "older": self.older}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Questions that go on from a third edition stay as they are."""
        offered = {former.pk for former in self.offered}
        asked = [row for row in self.questions if row.predecessor_id in (None, *offered)]
        return {"questions": asked, "offered": self.offered, "proposed": self.proposed}

    def get_initial(self) -> Mapping[str, Any]:
        found = {row.pk: row.predecessor_id or "" for row in self.questions}
        found |= {pk: former.pk for pk, former in self.proposed.items()}
        return {field_of(row): str(found[row.pk]) for row in self.questions}

    def save(self, form: MappingForm) -> int:
        map_questions(draft=self.object, older=self.older, chosen=form.chosen, by=self.request.user)
        elsewhere = len(self.questions) - len(form.questions)
        return elsewhere + sum(1 for former in form.chosen.values() if former)

    def get_success_url(self, result: int) -> str:
        return self.object.get_absolute_url()

    def get_success_message(self, result: int) -> str:
        asked = len(self.questions)
        return f"{result} von {asked} Fragen gehen auf eine frühere Frage zurück, die übrigen sind neu."
