"""The kinds of import, by the word that stands for each in an address."""

from ministries.models import Ministry, Role, User
from partnerships.imports.kinds import ImportKind
from partnerships.permissions import WRITERS
from partnerships.records.activities.importing import ActivityImport
from partnerships.records.contacts.importing import ContactImport
from partnerships.records.subject_records.importing import SubjectRecordImport
from partnerships.register.partners.importing import PartnershipImport
from partnerships.register.partners.region_importing import AgreementImport, RegionImport

KINDS: dict[str, type[ImportKind]] = {
    kind.key: kind
    for kind in (
        SubjectRecordImport,
        ActivityImport,
        ContactImport,
        AgreementImport,
        PartnershipImport,
        RegionImport,
    )
}


def may_import(user: User, kind: type[ImportKind]) -> bool:
    return user.has_perm(kind.permission)


def kinds_for(user: User) -> list[type[ImportKind]]:
    return [kind for kind in KINDS.values() if may_import(user, kind)]


def houses_for(user: User, kind: type[ImportKind]) -> list[Ministry]:
    """For which houses somebody may import this; the register is kept by the coordination."""
    roles = (Role.COORDINATOR,) if kind.is_register else WRITERS
    held = {c.ministry_id for c in user.capacities if c.role in roles}
    return list(Ministry.objects.filter(pk__in=held).order_by("sort_order", "pk"))
