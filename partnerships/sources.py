"""What the register offers to desk, search and need for action."""

from partnerships.house_facts import desk as fact_desk
from partnerships.imports.actions import CHECK, TAKE_OVER
from partnerships.imports.own_data import imports_of
from partnerships.records.activities import desk as activity_desk
from partnerships.records.activities.models import Activity
from partnerships.records.commitments import desk as commitment_desk
from partnerships.records.commitments.models import Commitment
from partnerships.records.contacts.models import Contact
from partnerships.records.documents.models import Document
from partnerships.records.follow_ups import desk as follow_up_desk
from partnerships.records.follow_ups.models import FollowUp
from partnerships.records.gifts.models import Gift
from partnerships.records.notes.models import Note
from partnerships.records.outlook import coming_steps
from partnerships.records.shared import desk as record_desk
from partnerships.records.subject_records import desk as subject_record_desk
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.records.working_groups import desk as working_group_desk
from partnerships.records.working_groups.models import WorkingGroup
from partnerships.register.agreements import desk as agreement_desk
from partnerships.register.agreements.models import Agreement
from partnerships.register.attention import attention_items
from partnerships.register.desk import desk_items, desk_rows
from partnerships.register.next_steps import next_steps
from partnerships.register.partners.page import Tab, count_of, register_next_steps, register_tab
from partnerships.reorganisation.actions import TELL_TECHNIK
from partnerships.search import (
    search_activities,
    search_agreements,
    search_contacts,
    search_houses,
    search_notes,
    search_partnerships,
    search_regions,
    search_subject_records,
    search_titled,
)
from partnerships.tasks import RETAIN, SWEEP, SWEEP_IMPORTS
from ui.offers import (
    OwnData,
    register_attention,
    register_desk,
    register_job,
    register_own_data,
    register_search,
    register_searches,
)

register_desk(desk_items, rows=desk_rows)
register_desk(agreement_desk.desk_items, rows=agreement_desk.desk_rows)
register_desk(commitment_desk.desk_items, rows=commitment_desk.desk_rows)
register_attention(attention_items)
register_search(search_partnerships, position=10)
register_search(search_regions, position=20)
register_search(search_agreements, position=30)
register_searches(search_titled, position=40)
register_search(search_contacts, position=50)
register_search(search_notes, position=60)
register_search(search_houses, position=70)
register_job(SWEEP, "Dateien ohne Dokument entfernen")
register_job(SWEEP_IMPORTS, "Inhalte alter Importe entfernen")
register_job(RETAIN, "Abgelaufene Angaben von Kontakten entfernen")
register_job(CHECK, "Import prüfen")
register_job(TAKE_OVER, "Import übernehmen")
register_job(TELL_TECHNIK, "Technik die umzutragenden Funktionen nennen")

register_own_data(
    OwnData("Meine Importe", imports_of, "der Inhalt dreißig Tage, das Übrige auf Dauer")
)

register_tab(Tab("profile", "Steckbrief", "partnerships:detail", position=0))
register_tab(
    Tab(
        "agreements",
        "Vereinbarungen",
        "partnerships:agreements",
        position=20,
        count=lambda user, day: count_of(Agreement.objects.all()),
    )
)
register_tab(
    Tab(
        "contacts",
        "Kontakte",
        "partnerships:contacts",
        position=40,
        count=lambda user, day: count_of(Contact.objects.visible_to(user).in_use().on(day)),
    )
)
register_tab(
    Tab(
        "notes",
        "Vermerke",
        "partnerships:notes",
        position=60,
        count=lambda user, day: count_of(Note.objects.visible_to(user).in_use()),
        is_further=True,
    )
)
register_tab(
    Tab(
        "gifts",
        "Gastgeschenke",
        "partnerships:gifts",
        position=65,
        count=lambda user, day: count_of(Gift.objects.visible_to(user).in_use()),
        is_further=True,
    )
)
register_tab(
    Tab(
        "documents",
        "Dokumente",
        "partnerships:documents",
        position=70,
        count=lambda user, day: count_of(Document.objects.visible_to(user).in_use()),
        is_further=True,
    )
)
register_tab(
    Tab(
        "commitments",
        "Zusagen",
        "partnerships:commitments",
        position=55,
        count=lambda user, day: count_of(Commitment.objects.visible_to(user).open()),
        is_further=True,
    )
)
register_tab(Tab("changes", "Änderungen", "partnerships:changes", position=90, is_further=True))
register_next_steps(next_steps)
register_next_steps(coming_steps)

# Activities
register_desk(activity_desk.desk_items, rows=activity_desk.desk_rows)
register_search(search_activities, position=35)
register_tab(
    Tab(
        "activities",
        "Aktivitäten",
        "partnerships:activities",
        position=30,
        count=lambda user, day: count_of(Activity.objects.known_to(user).in_use(), "partnerships"),
    )
)

# Records of the houses that change hands
register_desk(record_desk.desk_items, rows=record_desk.desk_rows)

# Wiedervorlagen
register_desk(follow_up_desk.desk_items, rows=follow_up_desk.desk_rows)
register_tab(
    Tab(
        "follow_ups",
        "Wiedervorlagen",
        "partnerships:follow-ups",
        position=85,
        count=lambda user, day: count_of(FollowUp.objects.visible_to(user).open()),
        is_further=True,
    )
)

# Sachstände
register_desk(subject_record_desk.desk_items, rows=subject_record_desk.desk_rows)
register_search(search_subject_records, position=45)
register_tab(
    Tab(
        "subject_records",
        "Sachstände",
        "partnerships:subject-records",
        position=10,
        count=lambda user, day: count_of(SubjectRecord.objects.visible_to(user).in_use()),
    )
)

# Angaben zu Ihrem Haus
register_desk(fact_desk.desk_items, rows=fact_desk.desk_rows)

# Arbeitsgruppen
register_desk(working_group_desk.desk_items, rows=working_group_desk.desk_rows)
register_tab(
    Tab(
        "working_groups",
        "Arbeitsgruppen",
        "partnerships:working-groups",
        position=50,
        count=lambda user, day: count_of(WorkingGroup.objects.visible_to(user).in_use()),
        is_further=True,
    )
)
