"""Which acts a record offers to a person, for the page that shows the record."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from ministries.models import User
from partnerships.records.shared.kinds import kind_of
from partnerships.records.shared.models import Owned


@dataclass(frozen=True)
class RecordAct:
    label: str
    url: str


def acts_on(record: Owned, user: User) -> list[RecordAct]:
    """No query: it is asked for every record of a page."""
    writes = user.has_perm("partnerships.write_record", record)
    accepts = user.has_perm("partnerships.accept_record", record)
    is_archived, is_offered = record.archived_on is not None, record.offered_to_id is not None
    acts = [
        (accepts and not is_archived, "Übernahme bestätigen", "record-accept"),
        (accepts and not is_archived, "Übernahme ablehnen", "record-withdraw-offer"),
        (writes and is_offered, "Angebot zurücknehmen", "record-withdraw-offer"),
        (
            writes and not is_offered and not is_archived,
            "An anderes Ressort abgeben",
            "record-offer",
        ),
        (writes and not is_archived, "Archivieren", "record-archive"),
        (writes and is_archived, "Zurückholen", "record-restore"),
        (True, "Änderungen", "record-changes"),
    ]
    found = [RecordAct(label, url_of(name, record)) for is_open, label, name in acts if is_open]
    if user.has_perm("partnerships.add_follow_up") and not is_archived:
        url = f"{reverse('partnerships:follow-up-create')}?kind={kind_of(record)}&pk={record.pk}"
        found.append(RecordAct("Wiedervorlage anlegen", url))
    return found


def url_of(name: str, record: Owned) -> str:
    return reverse(f"partnerships:{name}", args=[kind_of(record), record.pk])


def place_of(record: Any) -> str:
    """The page of a record; one without a page of its own is found on its partnership."""
    try:
        return str(record.get_absolute_url())
    except (AttributeError, NoReverseMatch):
        return place_of_partnership(record)


def place_of_partnership(record: Any) -> str:
    if not hasattr(record, "partnership"):
        return reverse("partnerships:list")
    return str(record.partnership.get_absolute_url())
