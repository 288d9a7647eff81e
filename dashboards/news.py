"""What changed lately, as far as this person may see the record it changed.

The loading of the register does not count, it leaves no context; who did it stays on the page
of changes of each record.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from guidelines.models import Statement
from guidelines.states.tables import StatementState
from ministries.history.tracking import Event, events_of
from ministries.models import User
from partnerships.models import Agreement, Lead, Partnership, StatusPeriod

SHOWN = 6
LOOK_BACK = timedelta(days=60)
STATEMENT_WORDS = {
    StatementState.OPEN: "bearbeitet",
    StatementState.SUBMITTED: "zur Freigabe vorgelegt",
    StatementState.RELEASED: "freigegeben",
}


@dataclass(frozen=True)
class News:
    day: date
    words: str
    url: str


def recent_changes(user: User, today: date) -> list[News]:
    """The latest change of each record."""
    found = [
        *_told(_events(Statement.objects.of_houses(user)), _about_statement),
        *_told(_partnership_events(user, today), _about_partnership),
        *_told(_status_events(user, today), _about_status),
        *_told(_events(Lead.objects.visible_to(user)), _about_lead),
        *_told(_events(Agreement.objects.visible_to(user)), _about_agreement),
    ]
    found.sort(key=lambda told: told[0], reverse=True)
    return [news for _, news in found[:SHOWN]]


def _partnership_events(user: User, today: date) -> QuerySet[Any]:
    """Without those that would tell of a decision before its day."""
    events = _events(Partnership.objects.visible_to(user))
    if user.sees_proposals:
        return events
    return events.exclude(scrutiny_end_visible_from__gt=today)


def _status_events(user: User, today: date) -> QuerySet[Any]:
    """Only beginnings: the end of a period tells of a successor not yet to be seen."""
    return _events(StatusPeriod.objects.visible_to(user, today)).filter(pgh_label="insert")


def _events(seen: QuerySet[Any]) -> QuerySet[Any]:
    return (
        events_of(seen.model)
        .filter(
            pgh_obj__in=seen,
            pgh_created_at__gte=timezone.now() - LOOK_BACK,
            pgh_context__isnull=False,
        )
        .select_related(*_related(seen.model))
        .order_by("-pgh_created_at", "-pgh_id")
    )


def _told(
    events: QuerySet[Any], about: Callable[[Any, Any], tuple[str, str]]
) -> Iterable[tuple[datetime, News]]:
    latest: dict[int, Any] = {}
    for event in events[: SHOWN * 5]:
        latest.setdefault(event.pgh_obj_id, event)
    for event in latest.values():
        words, url = about(event, event.pgh_obj)
        yield event.pgh_created_at, News(timezone.localdate(event.pgh_created_at), words, url)


def _related(model: type[Model]) -> list[str]:
    if model is Statement:
        return ["pgh_obj__guideline_check__partnership", "pgh_obj__guideline_check__round"]
    return ["pgh_obj"] if model is Partnership else ["pgh_obj__partnership"]


def _verb(event: Event) -> str:
    return "angelegt" if event.pgh_label == "insert" else "geändert"


def _about_statement(event: Any, statement: Statement) -> tuple[str, str]:
    words = STATEMENT_WORDS[StatementState(event.state)]
    if event.pgh_label == "insert":
        words = "angefordert"
    partnership = statement.guideline_check.partnership
    return f"Stellungnahme zu {partnership} {words}", statement.get_absolute_url()


def _about_partnership(event: Event, partnership: Partnership) -> tuple[str, str]:
    return f"{partnership}: Angaben {_verb(event)}", partnership.get_absolute_url()


def _about_status(event: Any, period: StatusPeriod) -> tuple[str, str]:
    status = Partnership.Status(event.status).label
    return f"{period.partnership}: Status {status}", period.partnership.get_absolute_url()


def _about_lead(event: Event, lead: Lead) -> tuple[str, str]:
    return f"{lead.partnership}: Federführung {_verb(event)}", lead.partnership.get_absolute_url()


def _about_agreement(event: Event, agreement: Agreement) -> tuple[str, str]:
    words = f"{agreement.partnership}: {agreement.get_kind_display()} {_verb(event)}"
    return words, agreement.get_absolute_url()
