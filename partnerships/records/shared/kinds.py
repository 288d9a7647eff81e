"""The records of the houses, by the word that stands for each kind in an address."""

from partnerships.records.activities.models import Activity
from partnerships.records.commitments.models import Commitment
from partnerships.records.contacts.models import Contact
from partnerships.records.documents.models import Document
from partnerships.records.gifts.models import Gift
from partnerships.records.notes.models import Note
from partnerships.records.shared.models import Owned
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.records.working_groups.models import WorkingGroup

RECORDS: dict[str, type[Owned]] = {
    "sachstand": SubjectRecord,
    "aktivitaet": Activity,
    "zusage": Commitment,
    "ansprechperson": Contact,
    "vermerk": Note,
    "dokument": Document,
    "arbeitsgruppe": WorkingGroup,
    "gastgeschenk": Gift,
}
_KIND_OF = {model: kind for kind, model in RECORDS.items()}


def kind_of(record: Owned) -> str:
    return _KIND_OF[type(record)]
