"""The records of the houses, by the word that stands for each kind in an address."""

from partnerships.models import (
    Activity,
    Commitment,
    Contact,
    Document,
    Gift,
    Note,
    Owned,
    SubjectRecord,
    WorkingGroup,
)

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
