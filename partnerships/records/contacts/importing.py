"""Import of contacts: found by number, else by partnership, name and function, else by e-mail."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings

from partnerships.imports.cells import Read, choice_words, words_of
from partnerships.imports.kinds import (
    HOUSE,
    NUMBER,
    NUMBER_COLUMN,
    PARTNERSHIP,
    SOURCE,
    CellError,
    Column,
    Draft,
    ImportKind,
    form_data,
    form_errors,
    of_one,
)
from partnerships.imports.marks import mark_source
from partnerships.imports.row_forms import RowForm
from partnerships.records.contacts.actions import keep_until
from partnerships.records.contacts.forms import ContactForm, is_delicate
from partnerships.records.contacts.lookalikes import Lookalikes
from partnerships.records.contacts.models import Contact
from partnerships.records.organisations.models import Organisation
from partnerships.records.shared.actions import change_record, create_record
from partnerships.records.shared.forms import WITHOUT_OUTLINE
from partnerships.register.partners.regions import PartnerAuthority
from ui.text import folded

PLACES = ("authority", "organisation")


class ImportedContactForm(RowForm, ContactForm):
    """Its choices are known already: the import has read them once for all rows."""

    def __init__(self, *args: Any, places: dict[Any, Any], **kwargs: Any) -> None:
        self.places = places
        super().__init__(*args, **kwargs)

    def _offer_places(self) -> None:
        fields: Any = self.fields
        if not any(self.data.get(name) for name in PLACES):
            authorities, organisations = PartnerAuthority.objects, Organisation.objects
            self.offer(authority=authorities.none(), organisation=organisations.none())
            return
        key = self.partnership.pk if self.partnership else None
        if key not in self.places:
            super()._offer_places()
            offered = [fields[name].queryset for name in PLACES]
            self.places[key] = offered
        self.offer(**dict(zip(PLACES, self.places[key], strict=True)))

    def _point_out_duplicates(self, cleaned: dict[str, Any]) -> None:
        """Asked for all rows at once, on the page of the import."""

    def _offer_readers(self) -> None:
        self.offer(visibility=WITHOUT_OUTLINE)
        del self.fields["circle"]


class ContactImport(ImportKind):
    key = "kontakte"
    title = "Kontakte"
    noun = ("Ansprechperson", "Ansprechpersonen")
    list_route = "partnerships:contact-list"
    identity = ("name", "function", "partnership")
    model = Contact
    columns = (
        Column("function", ("Position", "Amt", "Dienststellung"), example="Leitung Europareferat"),
        Column("name", ("Vor- und Nachname", "Ansprechpartner", "Ansprechperson")),
        Column("salutation", ("Anrede und Anredeform", "Anredeform"), example="Frau Ministerin"),
        replace(PARTNERSHIP, help="leer: gehört zu keiner", is_required=False),
        Column("authority", ("Behörde", "Institution")),
        Column("organisation", ("Verband", "Einrichtung")),
        Column("email", ("E-Mail", "Email", "Mail"), example="funktion@demo.example"),
        Column("phone", ("Tel.", "Telefonnummer", "Tel")),
        Column("language", ("Sprache der Verständigung", "Sprachen"), label="Sprache"),
        Column("needs_interpreter", ("Dolmetscher",), "ja oder nein"),
        Column("valid_from", ("gültig ab", "seit", "von"), label="im Amt seit"),
        Column("valid_until", ("gültig bis", "bis"), label="im Amt bis"),
        Column("remarks", ("Bemerkung", "Notiz", "Anmerkungen")),
        Column("visibility", ("Sichtbarkeit",)),
        Column("is_confidential", (), "ja oder nein", label="vertraulich"),
        HOUSE,
        SOURCE,
        NUMBER_COLUMN,
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        seen = Contact.objects.visible_to(self.user).in_use()
        own = seen.filter(ministry=self.ministry)
        self.lookalikes = Lookalikes()
        for row in seen.select_related("ministry").order_by("pk"):
            is_own = row.ministry_id == self.ministry.pk
            self._know(row, f"{row} ({f'Nr. {row.pk}' if is_own else row.ministry.abbreviation})")
        self.by_pk: dict[int, Contact] = {}
        self.places: dict[Any, Any] = {}
        self.by_person: dict[Any, list[Contact]] = defaultdict(list)
        self.by_email: dict[Any, list[Contact]] = defaultdict(list)
        for row in own.select_related("partnership", "authority", "organisation", "ministry"):
            self.by_pk[row.pk] = row
            self.by_person[person_key(row.partnership_id, row.name, row.function)].append(row)
            if row.email:
                self.by_email[row.partnership_id, folded(row.email)].append(row)

    def readers(self) -> dict[str, Read]:
        authorities = list(PartnerAuthority.objects.visible_to(self.user))
        organisations = list(Organisation.objects.visible_to(self.user))
        self.known = {*authorities, *organisations}
        return super().readers() | {
            "partnership": self.partnerships(),
            "authority": words_of(
                "eine Partnerbehörde, die im Register steht",
                [(row.name, row) for row in authorities],
            ),
            "organisation": words_of(
                "eine Organisation, die in Brücke steht", [(row.name, row) for row in organisations]
            ),
            "visibility": choice_words(WITHOUT_OUTLINE),
        }

    def draft(self, values: Mapping[str, Any]) -> Draft[Contact]:
        found = self._found(values)
        record = found or Contact(
            ministry=self.ministry, partnership=values.get("partnership"), visibility="government"
        )
        before = self.told(record)
        partnership = values.get("partnership") or record.partnership
        if found is None and partnership and "is_confidential" not in values:
            record.is_confidential = is_delicate(partnership, settings.DELICATE_COUNTRIES)
        was_confidential = bool(found and found.is_confidential)
        record.partnership = partnership
        data = form_data(ImportedContactForm, record) | {
            name: sent(value)
            for name, value in values.items()
            if name not in ("partnership", "ministry", "pk")
        }
        form = ImportedContactForm(
            data,
            instance=record,
            user=self.user,
            partnership=partnership,
            places=self.places,
        )
        if not form.is_valid():
            raise form_errors(form, self.columns)
        draft = self.compared(Draft(record, found is None), before, list(values))
        if record.is_confidential and not was_confidential:
            draft.links["circle"] = [self.user.pk]
        if draft.is_new:
            draft.alike = self.lookalikes.of(**_person(record))
            self._know(record, f"{record}, weiter oben in dieser Datei")
        return draft

    def _know(self, contact: Contact, title: str) -> None:
        self.lookalikes.add(title, **_person(contact))

    def _found(self, values: Mapping[str, Any]) -> Contact | None:
        if number := values.get("pk"):
            if not (number.isdigit() and int(number) in self.by_pk):
                raise CellError("pk", NUMBER)
            return self.by_pk[int(number)]
        place = getattr(values.get("partnership"), "pk", None)
        name, function = values.get("name", ""), values.get("function", "")
        same = self.by_person.get(person_key(place, name, function), [])
        if same:
            return of_one(same, "name", "diese Ansprechperson")
        email = values.get("email", "")
        known = self.by_email.get((place, folded(email)), []) if email else []
        # A shared mailbox belongs to several people.
        return known[0] if len(known) == 1 and not (name and known[0].name) else None

    def told(self, record: Contact) -> dict[str, str]:
        return super().told(record) | {
            "partnership": record.partnership.name if record.partnership else "",
            "authority": self._place(record.authority),
            "organisation": self._place(record.organisation),
        }

    def _place(self, place: PartnerAuthority | Organisation | None) -> str:
        return place.name if place and place in self.known else ""

    def write(self, draft: Draft[Contact], *, source: str) -> Any:
        record = draft.record
        mark_source(draft, source, self.day)
        if draft.is_new:
            record.delete_after_on = keep_until(self.day)
            return create_record(record=record, links=draft.links, by=self.user)
        return change_record(
            record=record,
            fields=draft.fields,
            links=draft.links,
            expected_version=record.version,
            by=self.user,
        )


def _person(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "email": contact.email,
        "partnership": contact.partnership_id,
    }


def person_key(partnership: int | None, name: str, function: str) -> tuple[int | None, str, str]:
    return (partnership, folded(name), folded(function))


def sent(value: Any) -> Any:
    """As a form would send it."""
    if isinstance(value, bool):
        return "on" if value else ""
    if hasattr(value, "pk"):
        return str(value.pk)
    return value.isoformat() if hasattr(value, "isoformat") else value
