"""All editions in a list, and a new one begun."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guidelines.catalogue.actions import draft_edition
from guidelines.catalogue.models import Edition
from guidelines.states.doors import require_coordination
from ministries.models import User
from ui.forms import ModelForm
from ui.views import FormPage

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
