"""Ansprechpersonen, as the pages of all kinds know them."""

from ministries.accounts.users import User
from ministries.clock import today
from partnerships.records.contacts.importing import ContactImport
from partnerships.records.contacts.models import Contact, ContactCircleLink
from partnerships.records.shared.kinds import Kind
from partnerships.register.partners.page import Tab
from ui.offers import SearchGroup, SearchRow
from ui.search import best_of, list_address


def search(user: User, text: str) -> SearchGroup:
    seen = Contact.objects.visible_to(user).in_use().on(today()).select_related("partnership")
    rows, total = best_of(seen.matching(text))
    return SearchGroup(
        "Kontakte",
        total,
        [SearchRow(str(row), row.get_absolute_url(), str(row.partnership or "")) for row in rows],
        list_address("partnerships:contact-list", text),
    )


CONTACT = Kind(
    model=Contact,
    slug="ansprechperson",
    tab=Tab("contacts", "Kontakte", "partnerships:contacts", position=40),
    counted=lambda user, day: Contact.objects.visible_to(user).in_use().on(day),
    search=(50, search),
    importer=ContactImport,
    links=(ContactCircleLink,),
)
