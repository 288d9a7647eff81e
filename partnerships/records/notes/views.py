"""Notes of a partnership: the tab, the page of one, writing, releasing, superseding."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ministries.clock import now, today
from ministries.history.references import with_references
from partnerships.records.notes.actions import (
    change_note,
    refuse_if_released,
    release_note,
    supersede_note,
)
from partnerships.records.notes.forms import NoteFilingForm, NoteForm
from partnerships.records.notes.models import Note
from partnerships.records.shared.kinds import kind_of
from partnerships.records.shared.page_views import RecordAdd, RecordEdit, act_as_seen
from partnerships.register.partners.page import find_partnership, page_context
from ui.dates import german_date
from ui.errors import Refusal
from ui.receipts import once

DRAFT = (
    "Bis zur Freigabe nur Ihr Haus, danach wen Sie unter „Wer sieht das?“ wählen. "
    "Nach der Freigabe wird ein Vermerk nicht mehr geändert, sondern ersetzt."
)
COPIED = ("kind", "title", "noted_on", "participants", "text", "activity", "visibility")


@require_safe
def notes(request: HttpRequest, slug: str) -> HttpResponse:
    day = today()
    partnership = find_partnership(request.user, slug, day)
    seen = Note.objects.visible_to(request.user).filter(partnership=partnership).in_use()
    context = page_context(partnership, request.user, day, active="notes")
    context |= {
        "notes": seen.with_successor(request.user).select_related("ministry").defer("text"),
        "may_add": request.user.has_perm("partnerships.add_record"),
    }
    return render(request, "partnerships/partnership_notes.html", context)


def find_note(request: HttpRequest, pk: int) -> Note:
    seen = Note.objects.visible_to(request.user)
    related = seen.select_related("ministry", "partnership", "offered_to")
    return get_object_or_404(with_references(related, request.user, "activity"), pk=pk)


@require_safe
def note(request: HttpRequest, pk: int) -> HttpResponse:
    row = find_note(request, pk)
    seen = Note.objects.visible_to(request.user)
    successor = seen.in_use().filter(supersedes=row).first()
    former = seen.filter(pk=row.supersedes_id).first() if row.supersedes_id else None
    is_own = row.is_of(request.user)
    context = {
        "title": row.title,
        "note": row,
        "record": row,
        "kind": kind_of(row),
        "may_write": request.user.has_perm("partnerships.write_record", row),
        "circle": row.circle.all() if row.is_confidential and is_own else (),
        "successor": successor,
        "former": former,
    }
    return render(request, "partnerships/note_page.html", context)


class NoteAdd(RecordAdd):
    model = Note
    form_class = NoteForm
    title = "Vermerk schreiben"
    submit_label = "Als Entwurf speichern"
    audience = DRAFT

    def get_initial(self) -> dict[str, Any]:
        return {"noted_on": german_date(today())}

    def get_cancel_url(self) -> str:
        return reverse("partnerships:notes", args=[self.object.slug])


class NoteEdit(RecordEdit):
    model = Note
    object: Note
    form_class = NoteForm
    title = "Vermerk bearbeiten"
    submit_label = "Entwurf speichern"
    audience = DRAFT

    def save(self, form: NoteForm) -> Note:
        return change_note(
            note=form.instance,
            fields=form.columns,
            links=form.links,
            expected_version=self.expected_version or 0,
            by=self.request.user,
        )

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        try:
            refuse_if_released(self.object)
        except Refusal as refusal:
            messages.info(self.request, str(refusal))
            return redirect(self.object)
        return super().show(form, status=status)


class NoteFile(RecordEdit):
    """After the release too: the text stays, where it is filed is added."""

    model = Note
    form_class = NoteFilingForm
    title = "Ablage in der E-Akte"
    submit_label = "Angaben speichern"
    audience = "Wer den Vermerk liest."


class NoteSupersede(NoteEdit):
    title = "Vermerk ersetzen"
    submit_label = "Neuen Entwurf speichern"

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return RecordEdit.show(self, form, status=status)

    def get_form_kwargs(self) -> dict[str, Any]:
        copied = {name: getattr(self.object, name) for name in COPIED}
        fresh = Note(partnership=self.object.partnership, ministry=self.object.ministry, **copied)
        return super().get_form_kwargs() | {"instance": fresh}

    def save(self, form: NoteForm) -> Note:
        return supersede_note(
            former=self.object, note=form.instance, links=form.links, by=self.request.user
        )


@require_POST
@once
def note_release(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = find_note(request, pk)
    act_as_seen(request, release_note, f"„{row.title}“ ist freigegeben.", note=row, now=now())
    return redirect(row)
