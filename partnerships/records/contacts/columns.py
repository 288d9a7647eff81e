"""The columns of Kontakte: on the page, and in the file that is handed out for a purpose."""

from django.urls import reverse
from django.utils.safestring import SafeString

from partnerships.records.contacts.models import Contact
from ui import markup
from ui.columns import Column


def _name(row: Contact) -> SafeString:
    return markup.noted(
        markup.row_link(row.get_absolute_url(), row.name or row.function), _circle(row)
    )


def _circle(row: Contact) -> str:
    if row.is_confidential:
        return "vertraulich"
    return "nur unser Haus" if row.visibility == "house" else ""


def _function(row: Contact) -> SafeString:
    return markup.noted(row.function, row.authority.name if row.authority else row.organisation)


def _partnership(row: Contact) -> SafeString:
    if not row.partnership:
        return markup.nothing("keine")
    return markup.link(
        reverse("partnerships:contacts", args=[row.partnership.slug]), row.partnership.name
    )


COLUMNS: list[Column[Contact]] = [
    Column("function", "Funktion", sort=["function", "name", "pk"], cell=_function),
    Column("name", "Name", sort=["name", "function", "pk"], cell=_name),
    Column("salutation", "Anrede"),
    Column("partnership", "Partnerschaft", lambda row: str(row.partnership or ""),
           ["partnership__sort_key", "name", "pk"], _partnership),
    Column("authority", "Partnerbehörde", lambda row: str(row.authority or "")),
    Column("organisation", "Organisation", lambda row: str(row.organisation or "")),
    Column("email", "E-Mail-Adresse"),
    Column("phone", "Telefon"),
    Column("language", "Sprache"),
    Column("needs_interpreter", "Dolmetschen nötig"),
    Column("house", "Ressort", "ministry.abbreviation", ["ministry__sort_order", "name", "pk"], markup.house),
    Column("audience", "Wer sieht das?", lambda row: row.get_visibility_display()),
    Column("is_confidential", "vertraulich"),
    Column("confirmed_on", "Bestätigt am"),
    Column("confirmed", "Bestätigt", sort=["confirmed_on", "name", "pk"],
           cell=lambda row: row.confirmed_on or "unbestätigt", in_file=False),
    Column("pk", "Nr."),
]  # fmt: skip
