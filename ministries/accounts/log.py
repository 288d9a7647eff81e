"""What happened to an account and its functions, as its owner reads it."""

from collections.abc import Iterator
from datetime import datetime

from ministries.accounts.appointments import Appointment
from ministries.accounts.users import User
from ministries.history.changes import Change, change_of, changes_of, people_of
from ministries.history.tracking import events_of

Entry = tuple[datetime, str]


def account_log(user: User, limit: int) -> list[Entry]:
    """The newest first: by whom, in which function, and what."""
    entries = [*_of_account(user, limit), *_of_functions(user, limit)]
    return sorted(entries, reverse=True)[:limit]


def _of_account(user: User, limit: int) -> Iterator[Entry]:
    for change in changes_of(User(pk=user.pk), viewer=user, limit=limit):
        if not change.is_new:
            fields = [f"{f.label}: „{f.before}“ → „{f.after}“" for f in change.fields]
            yield change.at, _line(change, "; ".join(fields))
        else:
            yield change.at, _line(change, "Konto angelegt")


def _of_functions(user: User, limit: int) -> Iterator[Entry]:
    events = events_of(Appointment).filter(user=user).select_related("ministry")
    rows = list(events.order_by("-pgh_id")[:limit])
    people = people_of(rows)
    for row in rows:
        change = change_of(Appointment, row, (), people, user)
        role, stand = row.get_role_display(), row.get_state_display()
        until = f" bis {row.valid_until:%d.%m.%Y}" if row.valid_until else ""
        what = f"Funktion {change.kind}: {role}, {row.ministry}{until}, {stand}"
        yield change.at, f"{change.actor}: {what}"


def _line(change: Change, what: str) -> str:
    reason = f" ({change.reason})" if change.reason else ""
    return f"{change.actor}: {what}{reason}"
