"""Addresses for tests of ui/: a list, forms and the gallery that shows every component once."""

from pathlib import Path
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from config import urls
from partnerships.models import Region
from tests.ui.gallery import gallery_context
from ui.columns import Column
from ui.errors import Conflict, Refusal
from ui.filters import FilterSet
from ui.forms import Form, ModelForm
from ui.receipts import once
from ui.views import ConfirmPage, FormPage, ListPage

handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)


class RegionFilter(FilterSet):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="Suche")
    country = django_filters.MultipleChoiceFilter(
        choices=[("FR", "Frankreich"), ("PL", "Polen"), ("IT", "Italien")], label="Staat"
    )
    border = django_filters.BooleanFilter(field_name="is_border_region", label="Verflechtungsraum")
    after = django_filters.DateFilter(field_name="as_of", lookup_expr="gte", label="Stand ab")
    same = django_filters.ModelChoiceFilter(
        queryset=Region.objects.all(), field_name="pk", label="Region"
    )


@method_decorator(login_not_required, "dispatch")
class RegionList(ListPage):
    title = "Regionen"
    noun = ("Region", "Regionen")
    export_name = "regionen"
    filterset_class = RegionFilter
    primary_filters = ("q", "country")
    default_sort = "name"
    columns = (
        Column("name", "Name", sort=["name"]),
        Column("country", "Staat", lambda region: str(region.country), ["country", "name"]),
        Column("population", "Einwohner"),
        Column("as_of", "Stand"),
    )
    scope_key = "mine"
    scope_labels = (("1", "Mein Ressort"), ("", "Alle"))
    empty_text = "Noch keine Regionen."

    def queryset(self, request: HttpRequest) -> QuerySet[Region]:
        return Region.objects.all()


class RegionForm(ModelForm):
    class Meta:
        model = Region
        fields = ("name", "seat", "source")
        widgets = {"source": forms.Textarea}


VERSIONS: dict[int, int] = {}


@method_decorator(login_not_required, "dispatch")
class RegionEdit(FormPage):
    """Saves without a version column: the test sets what counts as stored in VERSIONS."""

    form_class = RegionForm
    title = "Region bearbeiten"
    audience = "Alle angemeldeten Personen."
    cancel_url = "/probe/regionen/"

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        self.object = Region.objects.get(pk=kwargs["pk"])
        self.object.version = VERSIONS.get(self.object.pk, 1)

    def save(self, form: RegionForm) -> Region:
        if form.cleaned_data["name"] == "gesperrt":
            raise Refusal("Diese Region ist gesperrt. Wählen Sie einen anderen Namen.")
        if form.cleaned_data["name"] == "ungültig":
            raise ValidationError({"seat": "Der Sitz passt nicht dazu."})
        current = Region.objects.get(pk=self.object.pk)
        current.version = VERSIONS.get(current.pk, 1)
        if self.expected_version != current.version:
            raise Conflict(current)
        region = form.save()
        VERSIONS[region.pk] = current.version + 1
        return region

    def get_success_url(self, result: Region) -> str:
        return "/probe/regionen/"

    def get_success_message(self, result: Region) -> str:
        return f"{result.name} ist gespeichert."


@method_decorator(login_not_required, "dispatch")
class RegionDrop(ConfirmPage):
    title = "Region streichen"
    submit_label = "Region streichen"
    warning = "Das können Sie nicht rückgängig machen."
    cancel_url = "/probe/regionen/"

    def get_facts(self) -> list[tuple[str, Any]]:
        return [("Name", "Latium"), ("Sitz", "")]

    def save(self, form: Form) -> None:
        return None

    def get_success_url(self, result: None) -> str:
        return "/probe/regionen/"


class EveryField(Form):
    """One of each control."""

    text = forms.CharField(label="Kernaussage", max_length=200, help_text="Ein Satz, der bleibt.")
    notes = forms.CharField(label="Begründung", widget=forms.Textarea, required=False)
    day = forms.DateField(label="Beschlossen am")
    kind = forms.ChoiceField(
        label="Art", choices=[("", "Bitte wählen"), ("a", "Memorandum"), ("b", "Kommuniqué")]
    )
    answer = forms.ChoiceField(
        label="In welchem Maß vertreten Chöre, Orchester und Museen den Freistaat in der Region?",
        widget=forms.RadioSelect,
        choices=[("0", "nicht"), ("1", "vereinzelt"), ("2", "regelmäßig"), ("3", "prägend")],
        help_text="Gemeint sind Auftritte seit der letzten Prüfung.",
    )
    houses = forms.MultipleChoiceField(
        label="Beteiligte Ressorts",
        widget=forms.CheckboxSelectMultiple,
        choices=[("smwk", "SMWK"), ("smk", "SMK"), ("smi", "SMI")],
        required=False,
    )
    agreed = forms.BooleanField(label="Im Haus abgestimmt", required=False)
    number = forms.IntegerField(label="Anzahl", required=False)
    file = forms.FileField(label="Anlage", required=False)


@login_not_required
@require_POST
@once
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    region = Region.objects.get(pk=pk)
    region.name = request.POST["name"]
    region.save()
    if region.name == "nein":
        return HttpResponse("abgelehnt", status=422)
    return redirect(f"/probe/regionen/?q={region.name}")


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    bound = EveryField({"text": "", "day": "31.02.2026", "houses": ["smi"]})
    bound.is_valid()
    context = gallery_context() | {"empty_form": EveryField(prefix="leer"), "form": bound}
    source = Path(__file__).with_name("gallery.html").read_text("utf-8")
    return HttpResponse(engines["django"].from_string(source).render(context, request))


@login_not_required
def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("mit Absicht")


urlpatterns = [
    path("probe/regionen/", RegionList.as_view(), name="probe-list"),
    path("probe/regionen/<int:pk>/", RegionEdit.as_view(), name="probe-edit"),
    path("probe/streichen/", RegionDrop.as_view(), name="probe-drop"),
    path("probe/umbenennen/<int:pk>/", rename, name="probe-rename"),
    path("probe/galerie/", gallery, name="probe-gallery"),
    path("probe/absturz/", crash, name="probe-crash"),
    *urls.urlpatterns,
]
