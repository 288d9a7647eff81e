"""Vermerke, as the pages of all kinds know them."""

from ministries.accounts.users import User
from partnerships.records.notes.models import Note, NoteCircleLink
from partnerships.records.shared.kinds import Kind
from partnerships.register.partners.page import Tab
from ui.dates import german_date
from ui.offers import SearchGroup, SearchRow
from ui.search import best_of


def search(user: User, text: str) -> SearchGroup:
    seen = Note.objects.visible_to(user).in_use().select_related("partnership")
    rows, total = best_of(seen.matching(text))
    found = [(row, f"{row.partnership.name} · {german_date(row.noted_on)}") for row in rows]
    return SearchGroup(
        "Vermerke",
        total,
        [SearchRow(row.title, row.get_absolute_url(), place) for row, place in found],
    )


NOTE = Kind(
    model=Note,
    slug="vermerk",
    tab=Tab("notes", "Vermerke", "partnerships:notes", position=60, is_further=True),
    search=(60, search),
    links=(NoteCircleLink,),
)
