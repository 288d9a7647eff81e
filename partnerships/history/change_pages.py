"""What was changed on a partnership or a record, newest first, a page at a time.

The query reads twenty and more event tables; its wording is kept, for composing it took ten times
longer than answering it.
"""

import json
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, Q, QuerySet, Subquery

from ministries.kept import ANY, Wording, kept
from ministries.models import User
from partnerships.history.event_rows import event_rows
from partnerships.history.record_changes import parts_of_partnership, parts_of_records
from partnerships.records.shared.models import Owned
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Participation, Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod
from partnerships.register.partners.regions import PartnerAuthority, Region

A_PAGE = 25
NEWEST_FIRST = "pgh_created_at DESC, what, pgh_id DESC"
JSON = ("pgh_context", "record", "before")


def page_of_partnership(
    partnership: Partnership, user: User, day: date, number: str
) -> "Page[Any]":
    """Rows as `describe` reads them; `number` is what the address says."""
    return _page(_partnership_events(user, day).about(partnership.pk), number)


def page_of_record(record: Owned, user: User, day: date, number: str) -> "Page[Any]":
    return _page(_record_events(user, day, type(record)).about(record.pk), number)


def _page(events: Wording, number: str) -> "Page[Any]":
    """One query; two more where there is no such page, and the nearest is shown."""
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    total, rows = events.part(NEWEST_FIRST, max(asked - 1, 0) * A_PAGE, A_PAGE)
    if not rows:
        total, rows = events.part(NEWEST_FIRST, 0, A_PAGE)
    page: Page[Any] = Paginator(range(total), A_PAGE).get_page(asked)
    if page.number not in (asked, 1):
        rows = events.part(NEWEST_FIRST, page.start_index() - 1, A_PAGE)[1]
    page.object_list = [_read(row) for row in rows]
    return page


def _read(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: json.loads(row[name]) for name in JSON if row[name] is not None}


def _events_of_partnership(user: User, day: date) -> QuerySet[Any]:
    """Each row with the one before it of the same record."""
    partnership = Partnership(pk=ANY)
    regions = partnership.regions.values("pk")
    own = Q(partnership=partnership.pk)
    return _together(
        event_rows(Partnership, _open_partnership_events(partnership, user, day)),
        event_rows(StatusPeriod, own & _open_status_events(partnership, user, day)),
        *(event_rows(model, own) for model in (Lead, Participation, Agreement)),
        event_rows(Region, Q(pgh_obj_id__in=regions)),
        event_rows(PartnerAuthority, Q(region__in=regions)),
        *parts_of_partnership(partnership, user),
    )


def _events_of_record(user: User, day: date, model: Any) -> QuerySet[Any]:
    return _together(*parts_of_records(model.objects.filter(pk=ANY), user))


def _together(first: QuerySet[Any], *others: QuerySet[Any]) -> QuerySet[Any]:
    return first.union(*others, all=True)


# Long ones, and read seldom: they need not stay for everybody.
_partnership_events = kept(_events_of_partnership, wordings=20)
_record_events = kept(_events_of_record, wordings=40)


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
    events: Any = StatusPeriod.pgh_event_model.objects  # type: ignore[attr-defined]
    seen = StatusPeriod.objects.visible_to(user, day).filter(partnership=partnership)
    hidden = StatusPeriod.objects.filter(partnership=partnership).exclude(pk__in=seen.values("pk"))
    first = events.filter(pgh_obj_id__in=hidden.values("pk")).order_by("pgh_created_at")
    before_it = Q(pgh_created_at__lt=Subquery(first.values("pgh_created_at")[:1]))
    was_open = Q(visible_from=None) | Q(visible_from__lte=day)
    return was_open & ~Q(pgh_obj_id__in=hidden.values("pk")) & (~Q(Exists(hidden)) | before_it)
