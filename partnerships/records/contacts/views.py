"""Contacts: the list and its export, the tab of a partnership, the page of one, writing, merging."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from ministries.clock import today
from ministries.history.references import with_references
from ministries.models import User
from partnerships.imports.links import import_url
from partnerships.permissions import MAY_READ
from partnerships.records.contacts.actions import confirm_contact, create_contact, merge_contacts
from partnerships.records.contacts.columns import COLUMNS
from partnerships.records.contacts.filters import ContactFilter
from partnerships.records.contacts.forms import ContactForm, MergeForm, is_delicate
from partnerships.records.contacts.models import Contact
from partnerships.records.shared.kinds import kind_of
from partnerships.records.shared.page_views import READERS, RecordAdd, RecordEdit, act_as_seen
from partnerships.register.partners.page import find_partnership, page_context
from ui.receipts import once
from ui.views import FormPage, ListPage

RELATED = ("ministry", "partnership", "offered_to")
HISTORY = "Namen, Adressen und Bemerkungen stehen nicht im Änderungsverlauf."


def _named(rows: QuerySet[Contact], user: User) -> QuerySet[Contact]:
    return with_references(rows.select_related(*RELATED), user, "authority", "organisation")


@method_decorator(MAY_READ, name="dispatch")
class ContactList(ListPage):
    """Files of it are taken out with a purpose only; see `contact_export.py`."""

    title = "Kontakte"
    noun = ("Ansprechperson", "Ansprechpersonen")
    template_name = "partnerships/contact_list.html"
    table_label = "Ansprechpersonen"
    filterset_class = ContactFilter
    primary_filters = ("q", "partnership", "house", "state")
    scope_key = "mine"
    scope_labels = (("1", "Mein Ressort"), ("", "Alle"))
    empty_text = "Noch keine Ansprechperson. Legen Sie die erste auf der Seite einer Partnerschaft unter „Kontakte“ an."
    columns = COLUMNS
    on_page = ("name", "function", "partnership", "house", "confirmed")
    default_sort = "partnership"

    def queryset(self, request: HttpRequest) -> Any:
        return _named(Contact.objects.visible_to(request.user), request.user)

    def get_context(self, listing: Any) -> dict[str, Any]:
        state = self.request.GET.copy()
        state.pop("page", None)
        return {
            "import_url": import_url(self.request.user, "kontakte"),
            "export_url": f"{reverse('partnerships:contact-export')}?{state.urlencode()}",
        }


@require_safe
def contacts(request: HttpRequest, slug: str) -> HttpResponse:
    day = today()
    partnership = find_partnership(request.user, slug, day)
    seen = Contact.objects.visible_to(request.user).filter(partnership=partnership)
    rows = _named(seen.in_use(), request.user)
    context = page_context(partnership, request.user, day, active="contacts")
    context |= {
        "contacts": [row for row in rows if row.contains(day)],
        "former": [row for row in rows if not row.contains(day)],
        "may_add": request.user.has_perm("partnerships.add_record"),
    }
    return render(request, "partnerships/partnership_contacts.html", context)


def find_contact(request: HttpRequest, pk: int) -> Contact:
    seen = Contact.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related(*RELATED), pk=pk)


@require_safe
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Contact.objects.visible_to(request.user)
    row = get_object_or_404(_named(seen, request.user), pk=pk)
    is_own = row.is_of(request.user)
    context = {
        "title": str(row),
        "contact": row,
        "record": row,
        "kind": kind_of(row),
        "may_write": request.user.has_perm("partnerships.write_record", row),
        "circle": row.circle.all() if row.is_confidential and is_own else (),
        "history_note": HISTORY,
    }
    return render(request, "partnerships/contact_page.html", context)


class ContactAdd(RecordAdd):
    model = Contact
    form_class = ContactForm
    title = "Ansprechperson anlegen"
    submit_label = "Anlegen"
    lead = "Am besten nach der Funktion; einen Namen nur, wo er gebraucht wird."

    def get_initial(self) -> dict[str, Any]:
        return {"is_confidential": is_delicate(self.object, settings.DELICATE_COUNTRIES)}

    def get_cancel_url(self) -> str:
        return reverse("partnerships:contacts", args=[self.object.slug])

    def save(self, form: ContactForm) -> Contact:
        return create_contact(
            contact=form.instance, links=form.links, by=self.request.user, today=today()
        )


class ContactEdit(RecordEdit):
    model = Contact
    form_class = ContactForm
    title = "Ansprechperson bearbeiten"
    submit_label = "Änderungen speichern"
    audience = f"{READERS} {HISTORY}"


@require_POST
@once
def contact_confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Noch im Amt, noch richtig: one click a year."""
    row = find_contact(request, pk)
    act_as_seen(request, confirm_contact, f"„{row}“ ist bestätigt.", contact=row, today=today())
    return redirect(row)


class ContactMerge(FormPage):
    form_class = MergeForm
    title = "Doppelte Einträge zusammenführen"
    submit_label = "Zusammenführen"
    audience = READERS
    object: Contact

    def prepare(self, request: HttpRequest, pk: int) -> None:
        self.object = find_contact(request, pk)
        if not request.user.has_perm("partnerships.write_record", self.object):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user, "contact": self.object}

    def get_stored(self, form: Any, current: Any) -> dict[str, Any]:
        return {}

    def save(self, form: MergeForm) -> Contact:
        return merge_contacts(
            kept=self.object,
            other=form.cleaned_data["other"],
            expected_version=self.expected_version or 0,
            by=self.request.user,
            today=today(),
        )

    def get_success_message(self, result: Contact) -> str:
        return f"Zusammengeführt zu „{result}“. Der doppelte Eintrag ist archiviert."
