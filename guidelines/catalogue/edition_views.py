"""All editions in a list, and those that are being written: begun, cut, given up."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guidelines.catalogue.actions import discard_edition, draft_edition, drop_part
from guidelines.catalogue.models import CatalogueQuerySet, Criterion, Edition, Guideline
from guidelines.states.doors import require_coordination
from ministries.models import User
from ui.forms import ModelForm
from ui.views import ConfirmPage, FormPage

ONLY_COORDINATION = "Bis zur Veröffentlichung nur die Koordinierung."


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


class EditionForm(ModelForm):
    template = forms.ModelChoiceField(
        Edition.objects.none(),
        label="Ausgehend von",
        required=False,
        empty_label="leere Fassung",
        help_text="Leitlinien und Fragen werden übernommen und lassen sich dann ändern.",
    )

    class Meta:
        model = Edition
        fields = ["title", "adopted_on", "adopted_note", "body", "source", "is_official"]
        help_texts = {"adopted_on": "Vor dem Beschluss der vorgesehene Tag; er bleibt änderbar."}

    field_order = ["template"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(template=Edition.objects.visible_to(user).newest_first())


class EditionCreate(FormPage):
    form_class = EditionForm
    title = "Neue Leitlinienfassung"
    submit_label = "Entwurf anlegen"
    audience = ONLY_COORDINATION

    def prepare(self, request: HttpRequest) -> None:
        require_coordination(request)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def get_initial(self) -> Mapping[str, Any]:
        """What was last published, or the edition of `?von=`, to begin with."""
        editions = Edition.objects.visible_to(self.request.user).newest_first()
        template = editions.filter(slug=self.request.GET.get("von", "")).first()
        template = template or editions.published().first()
        if template is None:
            return {}
        return {"template": template, "title": template.title, "body": template.body}

    def save(self, form: EditionForm) -> Edition:
        return draft_edition(by=self.request.user, **form.cleaned_data)

    def get_cancel_url(self) -> str:
        return reverse("guidelines:edition-list")

    def get_success_message(self, result: Edition) -> str:
        return f"{result} ist als Entwurf angelegt. Ergänzen und ändern Sie Leitlinien und Fragen."


class PartDrop(ConfirmPage):
    """A guideline with its questions, or one question."""

    model: type[Guideline] | type[Criterion] = Guideline
    submit_label = "Streichen"
    audience = ONLY_COORDINATION
    object: Guideline | Criterion

    def prepare(self, request: HttpRequest, pk: int) -> None:
        require_coordination(request)
        parts: CatalogueQuerySet = self.model.objects.visible_to(request.user)
        self.object = get_object_or_404(parts, pk=pk)
        if not request.user.has_perm("guidelines.edit_catalogue", self.object):
            raise PermissionDenied

    def get_title(self) -> str:
        return f"{self.model._meta.verbose_name} streichen"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        kind = str(self.model._meta.verbose_name)
        facts: list[tuple[str, Any]] = [("Fassung", self.object.edition), (kind, self.object)]
        if isinstance(self.object, Guideline):
            facts.append(("Mit ihr gestrichene Fragen", f"{self.object.criteria.count()}"))
        return facts

    def save(self, form: Any) -> Edition:
        edition = self.object.edition
        drop_part(part=self.object, by=self.request.user)
        return edition

    def get_success_message(self, result: Edition) -> str:
        return f"„{self.object}“ ist gestrichen."


class EditionDiscard(ConfirmPage):
    title = "Entwurf verwerfen"
    submit_label = "Entwurf verwerfen"
    warning = "Der Entwurf wird mit seinen Leitlinien und Fragen gelöscht."
    audience = ONLY_COORDINATION
    object: Edition

    def prepare(self, request: HttpRequest, slug: str) -> None:
        require_coordination(request)
        editions = Edition.objects.visible_to(request.user).being_written()
        self.object = get_object_or_404(editions, slug=slug)

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        criteria = Criterion.objects.filter(guideline__edition=self.object)
        return [
            ("Fassung", self.object),
            ("Leitlinien", f"{self.object.guidelines.count()}"),
            ("Prüfkriterien", f"{criteria.count()}"),
        ]

    def save(self, form: Any) -> None:
        discard_edition(edition=self.object, by=self.request.user)

    def get_success_url(self, result: None) -> str:
        return reverse("guidelines:edition-list")

    def get_success_message(self, result: None) -> str:
        return f"Der Entwurf „{self.object}“ ist verworfen."
