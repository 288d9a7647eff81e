"""Documents of a partnership: the tab, the upload, the page of one, and the file itself."""

from typing import Any
from urllib.parse import quote

from csp.decorators import csp_update
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ministries.clock import now, today
from ministries.history.references import with_references
from partnerships.files.store import Doubt, opened
from partnerships.records.documents.actions import upload_document
from partnerships.records.documents.forms import ABOUT, DocumentForm, UploadForm
from partnerships.records.documents.models import Document
from partnerships.records.shared.actions import change_record
from partnerships.records.shared.kinds import kind_of
from partnerships.register.partners.page import find_partnership, page_context
from partnerships.register.partners.partnerships import Partnership
from ui.text import clean_line
from ui.views import FormPage

AUDIENCE = "Wen Sie unter „Wer sieht das?“ wählen. Die Datei prüft Brücke vor dem Speichern."


@require_safe
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    day = today()
    partnership = find_partnership(request.user, slug, day)
    seen = Document.objects.visible_to(request.user).filter(partnership=partnership)
    related = with_references(seen.select_related("ministry"), request.user, *ABOUT)
    rows = related.order_by("archived_on", "-uploaded_at", "-pk")
    context = page_context(partnership, request.user, day, active="documents")
    context |= {
        "documents": [row for row in rows if not row.archived_on],
        "archived": [row for row in rows if row.archived_on],
        "may_add": request.user.has_perm("partnerships.add_record"),
    }
    return render(request, "partnerships/partnership_documents.html", context)


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    row = _find(request, pk)
    context = {
        "title": row.title,
        "document": row,
        "record": row,
        "kind": kind_of(row),
        "may_write": request.user.has_perm("partnerships.write_record", row),
        # Names stay in their house; others learn that there is a circle.
        "circle": row.circle.all() if row.is_confidential and row.is_of(request.user) else (),
    }
    return render(request, "partnerships/document_page.html", context)


@require_safe
@csp_update({"sandbox": [""]})  # type: ignore[arg-type]  # says it takes no arguments
def document_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Always as a download: what a file holds is never shown as a page of ours."""
    row = _find(request, pk)
    try:
        content = opened(row.storage_name)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, content_type=row.handed_out_as)
    response["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(clean_line(row.file_name))}"
    )
    return response


def _find(request: HttpRequest, pk: int) -> Document:
    seen = Document.objects.visible_to(request.user)
    related = seen.select_related("partnership", "ministry", "offered_to")
    return get_object_or_404(with_references(related, request.user, *ABOUT), pk=pk)


class DocumentUpload(FormPage):
    form_class = UploadForm
    template_name = "partnerships/document_upload.html"
    title = "Dokument hochladen"
    submit_label = "Hochladen"
    audience = AUDIENCE
    object: Partnership

    def prepare(self, request: HttpRequest, slug: str) -> None:
        self.object = find_partnership(request.user, slug, today())
        if not request.user.has_perm("partnerships.add_record"):
            raise PermissionDenied

    def get_title(self) -> str:
        return f"{self.object.name}: {self.title}"

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"act": self.title}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user, "partnership": self.object}

    def get_cancel_url(self) -> str:
        return reverse("partnerships:documents", args=[self.object.slug])

    def save(self, form: UploadForm) -> Document:
        values = dict(form.cleaned_data)
        file, circle = values.pop("file"), values.pop("circle")
        is_unclassified = values.pop("is_unclassified")
        values["title"] = values["title"] or file.name[:200]
        try:
            return upload_document(
                file=file,
                document=Document(partnership=self.object, **values),
                links={"circle": circle},
                is_unclassified=is_unclassified,
                by=self.request.user,
                now=now(),
            )
        except Doubt as doubt:
            raise form.ask(doubt) from None

    def get_success_message(self, result: Document) -> str:
        return f"„{result.title}“ ist gespeichert."

    def get_success_url(self, result: Document) -> str:
        return self.get_cancel_url()


class DocumentEdit(FormPage):
    form_class = DocumentForm
    title = "Angaben zum Dokument"
    submit_label = "Änderungen speichern"
    audience = AUDIENCE
    object: Document

    def prepare(self, request: HttpRequest, pk: int) -> None:
        self.object = _find(request, pk)
        if not request.user.has_perm("partnerships.write_record", self.object):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user, "partnership": self.object.partnership}

    def get_initial(self) -> dict[str, Any]:
        return {**self.get_stored(None, self.object)}

    def get_stored(self, form: DocumentForm | None, current: Document) -> dict[str, Any]:
        return model_to_dict(current, DocumentForm.base_fields)

    def save(self, form: DocumentForm) -> Document:
        values = dict(form.cleaned_data)
        circle = values.pop("circle")
        values["title"] = values["title"] or self.object.file_name
        for name, value in values.items():
            setattr(self.object, name, value)
        return change_record(
            record=self.object,
            fields=values,
            links={"circle": circle},
            expected_version=self.expected_version or 0,
            by=self.request.user,
        )

    def get_success_message(self, result: Document) -> str:
        return f"„{result.title}“ ist gespeichert."
