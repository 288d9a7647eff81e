"""The kinds of import, by the word that stands for each in an address."""

from ministries.models import Ministry, Role, User
from partnerships.imports.kinds import ImportKind
from partnerships.permissions import WRITERS

KINDS: dict[str, type[ImportKind]] = {}


def offer(*kinds: type[ImportKind]) -> None:
    """What a room can import; in this order on the page of the imports."""
    KINDS.update({kind.key: kind for kind in kinds})


def may_import(user: User, kind: type[ImportKind]) -> bool:
    return user.has_perm(kind.permission)


def kinds_for(user: User) -> list[type[ImportKind]]:
    return [kind for kind in KINDS.values() if may_import(user, kind)]


def houses_for(user: User, kind: type[ImportKind]) -> list[Ministry]:
    """For which houses somebody may import this; the register is kept by the coordination."""
    roles = (Role.COORDINATOR,) if kind.is_register else WRITERS
    held = {c.ministry_id for c in user.capacities if c.role in roles}
    return list(Ministry.objects.filter(pk__in=held).order_by("sort_order", "pk"))
