"""What was changed on a partnership or a record, newest first, a page at a time."""

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, Q, QuerySet, Subquery

from ministries.accounts.users import User
from ministries.history.tracking import events_of
from partnerships.history.event_rows import event_rows
from partnerships.history.record_changes import parts_of_partnership, parts_of_record
from partnerships.records.shared.models import Owned
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Participation, Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod
from partnerships.register.partners.regions import PartnerAuthority, Region

A_PAGE = 25
NEWEST_FIRST = ("-pgh_created_at", "what", "-pgh_id")


def page_of_partnership(
    partnership: Partnership, user: User, day: date, number: str
) -> "Page[Any]":
    """Rows as `describe` reads them; `number` is what the address says, or the nearest page."""
    regions = list(partnership.regions.values_list("pk", flat=True))
    own = Q(partnership=partnership.pk)
    return _page(
        [
            event_rows(Partnership, _open_partnership_events(partnership, user, day)),
            event_rows(StatusPeriod, own & _open_status_events(partnership, user, day)),
            *(event_rows(model, own) for model in (Lead, Participation, Agreement)),
            event_rows(Region, Q(pgh_obj_id__in=regions)),
            event_rows(PartnerAuthority, Q(region__in=regions)),
            *parts_of_partnership(partnership, user),
        ],
        number,
    )


def page_of_record(record: Owned, user: User, number: str) -> "Page[Any]":
    return _page(parts_of_record(record, user), number)


def _page(parts: list[QuerySet[Any]], number: str) -> "Page[Any]":
    """Each row with the one before it of the same record."""
    first, *others = parts
    pages = Paginator(first.union(*others, all=True).order_by(*NEWEST_FIRST), A_PAGE)
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    return pages.get_page(asked)


def _open_partnership_events(partnership: Partnership, user: User, day: date) -> Q:
    """The end of a scrutiny that is not to be seen yet leaves no trace."""
    own = Q(pgh_obj_id=partnership.pk)
    if user.sees_proposals:
        return own
    return own & (Q(scrutiny_end_visible_from=None) | Q(scrutiny_end_visible_from__lte=day))


def _open_status_events(partnership: Partnership, user: User, day: date) -> Q:
    """Nor does a decided status: neither itself nor the end it gave to the one before.

    A period that was taken back has no row any more; its events stay for all who saw it.
    """
    if user.sees_proposals:
        return Q()
    seen = StatusPeriod.objects.visible_to(user, day).filter(partnership=partnership)
    hidden = StatusPeriod.objects.filter(partnership=partnership).exclude(pk__in=seen.values("pk"))
    first = (
        events_of(StatusPeriod)
        .filter(pgh_obj_id__in=hidden.values("pk"))
        .order_by("pgh_created_at")
    )
    before_it = Q(pgh_created_at__lt=Subquery(first.values("pgh_created_at")[:1]))
    was_open = Q(visible_from=None) | Q(visible_from__lte=day)
    return was_open & ~Q(pgh_obj_id__in=hidden.values("pk")) & (~Q(Exists(hidden)) | before_it)
