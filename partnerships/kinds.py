"""The rooms, named once: what each of them offers to the pages that show everything.

A new kind of record joins by its name in `offer`.
"""

from ministries.loading.register_loading import register_loader
from partnerships.house_facts import desk as fact_desk
from partnerships.imports import registry
from partnerships.imports.own_data import imports_of
from partnerships.records.activities.kind import ACTIVITY
from partnerships.records.activities.loading import load_activities
from partnerships.records.commitments.kind import COMMITMENT
from partnerships.records.contacts.kind import CONTACT
from partnerships.records.documents.kind import DOCUMENT
from partnerships.records.follow_ups import kind as follow_ups
from partnerships.records.gifts.kind import GIFT
from partnerships.records.notes.kind import NOTE
from partnerships.records.organisations.loading import load_organisations
from partnerships.records.outlook import coming_steps
from partnerships.records.shared import desk as record_desk
from partnerships.records.shared.kinds import counting, offer
from partnerships.records.shared.search import search_by_name
from partnerships.records.subject_records.kind import SUBJECT_RECORD
from partnerships.records.working_groups.kind import WORKING_GROUP
from partnerships.register import desk as register_own_desk
from partnerships.register import search
from partnerships.register.agreements import desk as agreement_desk
from partnerships.register.agreements.importing import AgreementImport
from partnerships.register.agreements.loading import load_agreements
from partnerships.register.agreements.models import Agreement
from partnerships.register.attention import attention_items
from partnerships.register.next_steps import next_steps
from partnerships.register.partners.importing import PartnershipImport
from partnerships.register.partners.loading import load_partnerships
from partnerships.register.partners.page import Tab, register_next_steps, register_tab
from partnerships.register.partners.region_importing import RegionImport
from ui.offers import (
    DeskSource,
    OwnData,
    register_attention,
    register_desk,
    register_own_data,
    register_search,
    register_searches,
)

# Records of the houses
offer(SUBJECT_RECORD, ACTIVITY, COMMITMENT, CONTACT, NOTE, DOCUMENT, WORKING_GROUP, GIFT)
register_desk(DeskSource(record_desk.desk_items, record_desk.desk_rows, 50))
register_desk(follow_ups.DESK)
register_tab(follow_ups.TAB)
register_searches(search_by_name, position=40)
register_next_steps(coming_steps)

# The register
register_desk(DeskSource(register_own_desk.desk_items, register_own_desk.desk_rows, 10))
register_desk(DeskSource(agreement_desk.desk_items, agreement_desk.desk_rows, 20))
register_desk(DeskSource(fact_desk.desk_items, fact_desk.desk_rows, 80))
register_attention(attention_items)
register_search(search.search_partnerships, position=10)
register_search(search.search_regions, position=20)
register_search(search.search_agreements, position=30)
register_search(search.search_houses, position=70)
register_tab(Tab("profile", "Steckbrief", "partnerships:detail", position=0))
register_tab(
    counting(
        Tab("agreements", "Vereinbarungen", "partnerships:agreements", position=20),
        lambda user, day: Agreement.objects.all(),
    )
)
register_tab(Tab("changes", "Änderungen", "partnerships:changes", position=90, is_further=True))
register_next_steps(next_steps)

register_loader(load_partnerships, position=20)
register_loader(load_agreements, position=30)
register_loader(load_organisations, position=32)
register_loader(load_activities, position=34)
registry.offer(AgreementImport, PartnershipImport, RegionImport)
register_own_data(
    OwnData("Meine Importe", imports_of, "der Inhalt dreißig Tage, das Übrige auf Dauer")
)
