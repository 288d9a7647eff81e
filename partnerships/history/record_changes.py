"""What was changed on the records of the houses, as far as a person may read it.

Inside its house a record shows everything that led to it. Outside it shows what was open at the
time: no drafts, no internal texts, nothing from days when it stayed in the house or was
confidential. What hangs on an activity (people, programme, costs, links) is told inside only.

Which records somebody sees is asked first, a query for each kind; their events are then found by key.
"""

from typing import Any

from django.db.models import Q, QuerySet

from ministries.accounts.users import User
from partnerships.history.event_rows import event_rows, guarded_rows, link_rows
from partnerships.records.follow_ups.models import FollowUp
from partnerships.records.shared.kinds import KINDS, Kind, kind_of
from partnerships.records.shared.models import Owned, OwnedQuerySet, Shared
from partnerships.register.partners.partnerships import Partnership


def parts_of_partnership(partnership: Partnership, user: User) -> list[QuerySet[Any]]:
    """Of every kind, those of this partnership that the person sees."""
    rows: list[QuerySet[Any]] = []
    for kind in KINDS.values():
        rows += _with_parts(kind, kind.model.every().filter(**{kind.about: partnership}), user)
    follow_ups = FollowUp.objects.visible_to(user).filter(partnership=partnership)
    keys = list(follow_ups.values_list("pk", flat=True))
    return [*rows, event_rows(FollowUp, Q(pgh_obj_id__in=keys))] if keys else rows


def parts_of_record(record: Owned, user: User) -> list[QuerySet[Any]]:
    return _with_parts(KINDS[kind_of(record)], _only(record), user)


def own_rows(record: Owned, user: User) -> QuerySet[Any]:
    """The events of the record itself."""
    return _own_rows(type(record), *_keys(_only(record), user), user)


def _only(record: Owned) -> OwnedQuerySet[Any]:
    return type(record).every().filter(pk=record.pk)


def _keys(records: OwnedQuerySet[Any], user: User) -> tuple[list[int], list[int]]:
    """Of those that the person sees, and of those that it reads from inside."""
    found = dict(records.with_inside(user).order_by().values_list("pk", "is_inside"))
    return list(found), [pk for pk, is_inside in found.items() if is_inside]


def _own_rows(model: type[Owned], seen: list[int], inside: list[int], user: User) -> QuerySet[Any]:
    is_inside = Q(pgh_obj_id__in=inside)
    # What others may read of a record they could read of an event when it looked so.
    was_open = model.every().shared_with(user)
    condition = Q(pgh_obj_id__in=seen) & (is_inside | was_open)
    if issubclass(model, Shared) and not user.is_coordinator:
        links = model.circle.through._default_manager.filter(user=user)
        in_circle = Q(pgh_obj_id__in=links.values(f"{model._meta.model_name}_id"))
        condition &= Q(is_confidential=False) | in_circle
    return guarded_rows(model, condition, inside=is_inside)


def _with_parts(kind: Kind, records: OwnedQuerySet[Any], user: User) -> list[QuerySet[Any]]:
    """The records, what hangs on them, and their links, which are told inside only."""
    seen, inside = _keys(records, user)
    if not seen:
        return []
    parts = [
        *((event_rows, part, inside) for part in kind.parts),
        *((event_rows, part, seen) for part in kind.open_parts),
        *((link_rows, link, inside) for link in kind.links),
    ]
    return [
        _own_rows(kind.model, seen, inside, user),
        *(
            rows(part, Q((f"{kind.owner_in(part)}__in", keys)))
            for rows, part, keys in parts
            if keys
        ),
    ]
