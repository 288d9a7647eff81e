from partnerships.house_facts.models import CorrectionRequest
from partnerships.imports.models import ColumnMapping, Import
from partnerships.records.activities.models import Activity
from partnerships.records.activities.parts import (
    ActivityOrganisation,
    ActivityPart,
    ActivityPerson,
    CostLine,
    ProgrammeItem,
)
from partnerships.records.commitments.models import Commitment
from partnerships.records.contacts.models import Contact
from partnerships.records.documents.models import Document
from partnerships.records.follow_ups.models import FollowUp
from partnerships.records.gifts.models import Gift
from partnerships.records.notes.models import Note
from partnerships.records.organisations.models import Organisation
from partnerships.records.shared.models import Owned, Shared, Visibility
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.records.working_groups.models import Meeting, WorkingGroup
from partnerships.register.agreements.models import Agreement
from partnerships.register.filing import Filed
from partnerships.register.partners.partnerships import Participation, Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod
from partnerships.register.partners.regions import PartnerAuthority, Region

__all__ = [
    "Activity",
    "ActivityOrganisation",
    "ActivityPart",
    "ActivityPerson",
    "Agreement",
    "ColumnMapping",
    "Commitment",
    "Contact",
    "CorrectionRequest",
    "CostLine",
    "Document",
    "Filed",
    "FollowUp",
    "Gift",
    "Import",
    "Lead",
    "Meeting",
    "Note",
    "Organisation",
    "Owned",
    "PartnerAuthority",
    "Participation",
    "Partnership",
    "ProgrammeItem",
    "Region",
    "Shared",
    "StatusPeriod",
    "SubjectRecord",
    "Visibility",
    "WorkingGroup",
]
