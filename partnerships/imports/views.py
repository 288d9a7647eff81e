"""Import: what there is to import, a new file, its columns, its preview, its result."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from ministries.clock import now, today
from partnerships.files.store import Doubt
from partnerships.imports.actions import (
    discard_import,
    map_columns,
    request_take_over,
    start_import,
)
from partnerships.imports.forms import ImportFileForm, MappingForm
from partnerships.imports.kinds import ImportKind
from partnerships.imports.mapping import propose
from partnerships.imports.models import Import
from partnerships.imports.registry import KINDS, houses_for, kinds_for, may_import
from partnerships.imports.templates import template_file
from partnerships.permissions import MAY_READ
from ui import markup
from ui.columns import Column
from ui.errors import Refusal
from ui.exports import XLSX_TYPE
from ui.lists import page_of
from ui.receipts import once
from ui.views import FormPage, ListPage

SHOWN = 25
OUTCOMES = {"neu": "new", "geaendert": "changed", "gleich": "same", "ausgelassen": "left"}
MOST_ASKED = 50
AUDIENCE = "Den Import sehen nur Sie. Übernommene Einträge sieht, wer sie auch sonst sehen darf."


def _state(row: Import) -> SafeString:
    counts = f"{row.new_count} neu, {row.changed_count} geändert"
    return markup.noted(row.get_state_display(), counts if row.state == Import.State.DONE else "")


@method_decorator(MAY_READ, name="dispatch")
class ImportList(ListPage):
    """What the person may import, and the own imports with their state."""

    title = "Import"
    noun = ("Import", "Importe")
    template_name = "partnerships/import_list.html"
    table_label = "Meine Importe"
    empty_text = "Noch kein Import. Wählen Sie oben, was Sie importieren möchten."
    columns = [
        Column("file_name", "Datei"),
        Column("kind", "Art", lambda row: KINDS[row.kind].title if row.kind in KINDS else row.kind),
        Column("house", "Ressort", cell=markup.house),
        Column("uploaded", "Hochgeladen", sort=["uploaded_at", "pk"],
               cell=lambda row: markup.german_date(row.uploaded_at)),
        Column("state", "Stand", cell=_state),
    ]  # fmt: skip
    default_sort = "-uploaded"

    def queryset(self, request: HttpRequest) -> Any:
        self.kinds = kinds_for(request.user)
        if not self.kinds:
            raise PermissionDenied
        rows = Import.objects.visible_to(request.user).select_related("ministry")
        return rows.defer("headings", "rows", "mapping", "items", "errors")

    def get_context(self, listing: Any) -> dict[str, Any]:
        return {"kinds": self.kinds}


def find_kind(request: HttpRequest, word: str) -> type[ImportKind]:
    kind = KINDS.get(word)
    if kind is None:
        raise Http404
    if not may_import(request.user, kind):
        raise PermissionDenied
    return kind


@require_safe
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    found = find_kind(request, kind)
    user = request.user
    house = houses_for(user, found)[0]
    content = template_file(found(user=user, ministry=house, day=today()))
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="vorlage-{found.key}.xlsx"'
    return response


class ImportNew(FormPage):
    form_class = ImportFileForm
    template_name = "partnerships/import_new.html"
    submit_label = "Hochladen und prüfen"
    audience = AUDIENCE

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        self.kind = find_kind(request, kwargs["kind"])

    def get_title(self) -> str:
        return f"{self.kind.title} importieren"

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"kind": self.kind}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"houses": houses_for(self.request.user, self.kind)}

    def get_cancel_url(self) -> str:
        return reverse("partnerships:imports")

    def save(self, form: Any) -> Import:
        try:
            return start_import(
                **form.cleaned_data, kind=self.kind, by=self.request.user, now=now()
            )
        except Doubt as doubt:
            raise form.ask(doubt) from None

    def get_success_url(self, result: Import) -> str:
        if result.state == Import.State.MAPPING:
            return reverse("partnerships:import-mapping", args=[result.pk])
        return result.get_absolute_url()


def find_import(request: HttpRequest, pk: int) -> Import:
    rows = Import.objects.visible_to(request.user).select_related("ministry")
    return get_object_or_404(rows.filter(kind__in=KINDS), pk=pk)


class ImportMapping(FormPage):
    form_class = MappingForm
    template_name = "partnerships/import_mapping.html"
    title = "Spalten zuordnen"
    lead = (
        "Brücke hat aus den Überschriften einen Vorschlag gemacht. Ihre Zuordnung gilt für Ihr Haus "
        "auch beim nächsten Mal."
    )
    submit_label = "Zuordnen und prüfen"
    audience = AUDIENCE

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        self.object = find_import(request, kwargs["pk"])
        self.kind = find_kind(request, self.object.kind)

    def get_form_kwargs(self) -> dict[str, Any]:
        row = self.object
        first = row.rows[0] if row.rows else []
        sample = first[1] if isinstance(first, list) else []
        return {"kind": self.kind, "headings": row.headings, "sample": sample}

    def get_initial(self) -> dict[str, Any]:
        mapping = self.object.mapping or propose(self.kind, self.object.headings)
        return {f"column_{position}": name for position, name in mapping.items()}

    def get_stored(self, form: Any, current: Any) -> dict[str, Any]:
        return {}

    def save(self, form: Any) -> Import:
        row: Import = self.object
        map_columns(row=row, mapping=form.mapping, by=self.request.user)
        return row


def shown_item(item: dict[str, Any]) -> dict[str, Any]:
    """A row of the preview, with everything the template asks for."""
    changes = [{"old": "", "new": "", **change} for change in item.get("rows", [])]
    return {"row": "", "title": "", "outcome": "same", "alike": [], **item, "rows": changes}


@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    row = find_import(request, pk)
    kind = KINDS[row.kind]
    shown = OUTCOMES.get(request.GET.get("zeigen", ""), "")
    items = [item for item in row.items if not shown or item.get("outcome") == shown]
    page = page_of(items, request.GET.get("page", "1"), SHOWN, len(items))  # type: ignore[arg-type]
    page.object_list = [shown_item(item) for item in page.object_list]
    left = sum(item.get("outcome") == "left" for item in row.items)
    counts = (row.new_count, row.changed_count, row.same_count, left)
    labels = ("neu", "geändert", "gleich", "ausgelassen")
    segments = zip(OUTCOMES, labels, counts, strict=True)
    context = {
        "title": f"{kind.title}: {row.file_name}",
        "import": row,
        "kind": kind,
        "list_url": reverse(kind.list_route),
        "page": page,
        "shown": request.GET.get("zeigen", "") if shown else "",
        "segments": [part for part in segments if part[0] != "ausgelassen" or left],
        "left": left,
        "doubtful": [shown_item(item) for item in row.doubtful[:MOST_ASKED]],
        "doubtful_count": len(row.doubtful),
        "total": len(row.items),
        "may_run": row.is_ready and may_import(request.user, kind),
        "unmapped": [
            str(heading)
            for position, heading in enumerate(row.headings)
            if str(position) not in row.mapping and heading
        ],
    }
    return render(request, "partnerships/import_page.html", context)


@require_POST
@once
def import_run(request: HttpRequest, pk: int) -> HttpResponseBase:
    act = partial(request_take_over, others=request.POST.getlist("andere"))
    return _act(request, pk, act, "Die Übernahme hat begonnen.")


@require_POST
@once
def import_discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _act(request, pk, discard_import, "Der Import ist verworfen. Übernommen wurde nichts.")


def _act(request: HttpRequest, pk: int, act: Any, words: str) -> HttpResponseBase:
    row = find_import(request, pk)
    try:
        act(row=row, by=request.user)
    except Refusal as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect(row)
