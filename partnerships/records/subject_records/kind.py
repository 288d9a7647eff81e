"""Sachstände, as the pages of all kinds know them."""

from ministries.accounts.users import User
from partnerships.records.shared.kinds import Kind
from partnerships.records.subject_records import desk
from partnerships.records.subject_records.importing import SubjectRecordImport
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.register.partners.page import Tab
from ui.offers import DeskSource, SearchGroup, SearchRow
from ui.search import best_of, list_address


def search(user: User, text: str) -> SearchGroup:
    seen = SubjectRecord.objects.visible_to(user).in_use()
    rows, total = best_of(seen.matching(text).select_related("partnership", "subject_area"))
    return SearchGroup(
        "Sachstände",
        total,
        [SearchRow(str(row), row.get_absolute_url()) for row in rows],
        list_address("partnerships:subject-record-list", text),
    )


SUBJECT_RECORD = Kind(
    model=SubjectRecord,
    slug="sachstand",
    tab=Tab("subject_records", "Sachstände", "partnerships:subject-records", position=10),
    desk=DeskSource(desk.desk_items, desk.desk_rows, 70),
    search=(45, search),
    importer=SubjectRecordImport,
)
