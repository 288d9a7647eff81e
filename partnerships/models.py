from partnerships.models.activities import Activity
from partnerships.models.activity_parts import (
    ActivityOrganisation,
    ActivityPart,
    ActivityPerson,
    CostLine,
    ProgrammeItem,
)
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.contacts import Contact
from partnerships.models.corrections import CorrectionRequest
from partnerships.models.documents import Document
from partnerships.models.follow_ups import FollowUp
from partnerships.models.gifts import Gift
from partnerships.models.imports import ColumnMapping, Import
from partnerships.models.notes import Note
from partnerships.models.organisations import Organisation
from partnerships.models.partnerships import Participation, Partnership
from partnerships.models.periods import Lead, StatusPeriod
from partnerships.models.records import Filed, Owned, Shared, Visibility
from partnerships.models.regions import PartnerAuthority, Region
from partnerships.models.subject_records import SubjectRecord
from partnerships.models.working_groups import Meeting, WorkingGroup

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
