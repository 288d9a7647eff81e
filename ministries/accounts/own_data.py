"""Was Brücke über mich speichert: what there is about a person, and how long it stays."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import CharField, Count, Model, QuerySet, Value
from django.utils import timezone

from ministries.accounts.disclosures import Disclosure
from ministries.accounts.log import account_log
from ministries.accounts.users import User
from ministries.history.tracking import events_of, tracked_models
from ministries.mail.notifications import Notification
from ui.offers import OWN_DATA, OwnData

SHOWN = 50
WHILE_ACCOUNT = "solange das Konto besteht; danach, bis die Löschung angeordnet ist"
HISTORY = "auf Dauer: Das ist der Nachweis im Verwaltungsverfahren"


@dataclass(frozen=True)
class Line:
    label: str
    value: str


@dataclass(frozen=True)
class Section:
    title: str
    kept: str
    lines: tuple[Line, ...]
    # More of the same than is shown.
    total: int = 0


def own_data(user: User, session_ends: datetime | None) -> list[Section]:
    return [
        _account(user),
        _appointments(user),
        _account_log(user),
        _sign_in(user, session_ends),
        _notifications(user),
        *(_registered(source, user) for source in OWN_DATA),
        _disclosures(user),
        _history(user),
    ]


def _account(user: User) -> Section:
    names = ("name", "email", "new_email", "unit", "phone", "created_at")
    lines = [Line(_label(User, name), _words(getattr(user, name))) for name in names]
    lines.append(Line("Passwort", "nur als Prüfsumme, aus der es sich nicht zurückrechnen lässt"))
    return Section("Konto", WHILE_ACCOUNT, tuple(lines))


def _appointments(user: User) -> Section:
    rows = user.appointments.select_related("ministry").order_by("-valid_from", "pk")
    lines = tuple(
        Line(
            f"{row.get_role_display()}, {row.ministry.abbreviation}",
            f"{_words(row.valid_from)} bis {_words(row.valid_until)}"
            + (", wartet auf Bestätigung" if row.is_pending else ""),
        )
        for row in rows
    )
    return Section("Funktionen", HISTORY, lines)


def _account_log(user: User) -> Section:
    lines = tuple(Line(_words(at.date()), text) for at, text in account_log(user, SHOWN))
    return Section("Änderungen an meinem Konto", HISTORY, lines)


def _sign_in(user: User, session_ends: datetime | None) -> Section:
    lines = [Line("Letzte Anmeldung", _words(user.last_login))]
    if session_ends:
        lines.append(Line("Diese Sitzung endet ohne weitere Eingabe am", _words(session_ends)))
    for factor in user.authenticator_set.order_by("pk"):
        name = "App für Codes" if factor.type == "totp" else "Wiederherstellungscodes"
        used = f", zuletzt benutzt {_words(factor.last_used_at)}" if factor.last_used_at else ""
        lines.append(Line(f"Zweiter Faktor: {name}", f"seit {_words(factor.created_at)}{used}"))
    kept = "die Sitzung bis zum Abmelden, höchstens zwölf Stunden; der Rest mit dem Konto"
    return Section("Anmeldung und zweiter Faktor", kept, tuple(lines))


def _notifications(user: User) -> Section:
    rows = Notification.objects.filter(recipient=user).order_by("-created_at", "-pk")
    lines = [Line(_words(row.created_at), row.subject) for row in rows.defer("body")[:SHOWN]]
    kept = f"{settings.NOTIFICATION_MONTHS} Monate"
    return Section("Nachrichten an mich", kept, tuple(lines), _total(rows, lines))


def _registered(source: OwnData, user: User) -> Section:
    lines = [Line(_words(moment), text) for moment, text in source.rows(user)[:SHOWN]]
    return Section(source.title, source.kept, tuple(lines))


def _disclosures(user: User) -> Section:
    rows = Disclosure.objects.filter(made_by=user)
    lines = [
        Line(_words(row.made_at), f"{row.get_kind_display()}: {row.subject}. Zweck: {row.purpose}")
        for row in rows[:SHOWN]
    ]
    return Section("Meine Ausgaben und Einsichten", HISTORY, tuple(lines), _total(rows, lines))


def _history(user: User) -> Section:
    """Only how often and of which kind: what was written belongs to the records."""
    parts = [_mentions(model, user) for model in tracked_models()]
    lines = [
        Line(name, f"{number} {'Änderung' if number == 1 else 'Änderungen'}")
        for name, number in sorted(parts[0].union(*parts[1:], all=True))
        if number
    ]
    return Section("Mein Name an Änderungen", HISTORY, tuple(lines))


def _mentions(model: type[Model], user: User) -> QuerySet[Any]:
    events = events_of(model).filter(pgh_context__user=user.pk).order_by()
    name = Value(str(model._meta.verbose_name_plural), CharField())
    return (
        events.annotate(told=name)
        .values("told")
        .annotate(times=Count("pk"))
        .values_list("told", "times")
    )


def _total(rows: QuerySet[Any], lines: list[Line]) -> int:
    """Asked only where more than is shown can exist."""
    return rows.count() if len(lines) == SHOWN else len(lines)


def _label(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d.%m.%Y, %H:%M} Uhr"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value) if value not in (None, "") else "ohne Angabe"
