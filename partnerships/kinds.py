"""The rooms, named once: what each of them can import."""

from partnerships.imports import registry
from partnerships.records.activities.importing import ActivityImport
from partnerships.records.contacts.importing import ContactImport
from partnerships.records.subject_records.importing import SubjectRecordImport
from partnerships.register.partners.importing import PartnershipImport
from partnerships.register.partners.region_importing import AgreementImport, RegionImport

registry.offer(
    SubjectRecordImport,
    ActivityImport,
    ContactImport,
    AgreementImport,
    PartnershipImport,
    RegionImport,
)
