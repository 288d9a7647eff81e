"""The sections of a dossier that come from the records of the houses."""

from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Model, Prefetch, Q, QuerySet

from partnerships.models import (
    Activity,
    Commitment,
    Contact,
    Gift,
    Note,
    Organisation,
    PartnerAuthority,
    SubjectRecord,
    Visibility,
    WorkingGroup,
)
from partnerships.records.activities.models import ActivityQuerySet
from reports.asked import Asked
from reports.content import Facts, Part, Section, Table, Text
from reports.dossier_marks import doubted, restricted
from ui.dates import euro, german_date

FIVE_YEARS = timedelta(days=5 * 366)
MOST_ACTIVITIES, MOST_NOTES = 60, 20
Row = TypeVar("Row", bound=Model)
OPEN_TO_ALL = (Visibility.GOVERNMENT, Visibility.PUBLIC)


def _takeable(asked: Asked, rows: QuerySet[Row]) -> QuerySet[Row]:
    """To take along: only what every house reads anyway."""
    if asked.is_internal:
        return rows
    return rows.filter(visibility__in=OPEN_TO_ALL, is_confidential=False)


def _open_activities(asked: Asked) -> ActivityQuerySet:
    seen = Activity.objects.visible_to(asked.user)
    return seen if asked.is_internal else seen.open_to_all(besides=asked.partnership)


def _takeable_with(asked: Asked, rows: QuerySet[Row]) -> QuerySet[Row]:
    """The same for what hangs on an activity: taken along only if the activity is."""
    if asked.is_internal:
        return rows
    return rows.filter(Q(activity__isnull=True) | Q(activity__in=_open_activities(asked)))


def occasion(asked: Asked) -> Section:
    title, activity = "Anlass und Personen", asked.activity
    if activity is None:
        return Section(title, [], "Kein Anlass gewählt.")
    facts = [
        ("Anlass", f"{activity.get_kind_display()}: {activity.title}"),
        ("Zeitraum", activity.period_words),
        ("Ort", activity.place),
        ("Leitung", activity.leader),
        ("Kontaktebene", activity.get_level_display()),
    ]
    parts: list[Part] = [Facts([row for row in facts if row[1]])]
    if activity.aims and asked.is_internal:
        parts.append(Text(activity.aims, "Ziele"))
    people = [
        (person.get_side_display(), person.function, person.name)
        for person in activity.activitypersons.all()
    ]
    if people:
        parts.append(Table(("Seite", "Funktion", "Name"), people))
    items = [
        (
            german_date(item.taken_on),
            f"{item.begins:%H:%M}" if item.begins else "",
            item.title,
            item.place,
        )
        for item in activity.programmeitems.all()
    ]
    if items:
        parts.append(Table(("Tag", "Uhrzeit", "Programmpunkt", "Ort"), items))
    return Section(title, parts)


def commitments(asked: Asked) -> Section:
    seen = Commitment.objects.visible_to(asked.user).filter(partnership=asked.partnership)
    rows = [
        (
            row.get_owed_by_side_display(),
            doubted(asked, row, row.title),
            _due(row, asked.day),
            row.ministry.abbreviation,
        )
        for row in _takeable_with(asked, seen.open())
        .select_related("ministry")
        .order_by("owed_by_side", "due_on", "pk")
    ]
    head = ("Wer", "Zusage", "Fällig", "Ressort")
    parts = [Table(head, rows)] if rows else []
    return Section("Offene Zusagen beider Seiten", parts, "Keine offene Zusage erfasst.")


def _due(row: Commitment, day: date) -> str:
    if row.due_on is None:
        return "ohne Frist"
    return german_date(row.due_on) + (" (überfällig)" if row.due_on < day else "")


def subject_records(asked: Asked) -> Section:
    """Released texts; of one's own house the same, so that all readers hold one dossier."""
    seen = SubjectRecord.objects.visible_to(asked.user).filter(partnership=asked.partnership)
    released = seen.in_use().filter(released_on__isnull=False)
    rows = released.select_related("subject_area", "ministry").order_by(
        "ministry__sort_order", "subject_area__sort_order"
    )
    parts: list[Part] = []
    for row in rows:
        confirmed = german_date(row.confirmed_on) or "nie"
        note = f"Freigegeben am {german_date(row.released_on)}, bestätigt: {confirmed}"
        texts = [row.released_situation]
        texts += [f"Ziele: {row.released_aims}"] if row.released_aims else []
        texts += [f"Nächste Schritte: {row.released_next_steps}"] if row.released_next_steps else []
        heading = f"{row.ministry.abbreviation}: {row.subject_area.name}"
        parts.append(Text("\n\n".join(texts), heading, note))
    return Section("Sachstände der Ressorts", parts, "Kein freigegebener Sachstand.")


def activities(asked: Asked) -> Section:
    """The last five years and what is planned, newest first."""
    seen = _open_activities(asked).filter(partnerships=asked.partnership)
    recent = seen.in_use().filter(starts_on__gte=asked.day - FIVE_YEARS)
    rows = [
        (
            row.period_words,
            doubted(asked, row, restricted(row, f"{_kind(row)}: {row.title}")),
            row.get_state_display(),
            _houses(row),
            row.results,
        )
        for row in recent.select_related("ministry", "house_then")[:MOST_ACTIVITIES]
    ]
    head = ("Zeitraum", "Aktivität", "Stand", "Ressort", "Ergebnisse")
    return Section("Aktivitäten", [Table(head, rows)] if rows else [])


def _kind(row: Activity) -> str:
    kind, level = row.get_kind_display(), row.get_level_display()
    return f"{kind} ({level})" if level else kind


def _houses(row: Activity) -> str:
    then = row.house_then_words
    return f"{row.ministry}, damals: {then}" if then else str(row.ministry)


def working_groups(asked: Asked) -> Section:
    seen = WorkingGroup.objects.visible_to(asked.user).filter(partnership=asked.partnership)
    found = seen.in_use().with_sessions(asked.day).select_related("ministry")
    rows = [
        (
            row.name,
            german_date(row.last_held_on),
            f"{'geplant' if row.planned_on else 'fällig'}: {german_date(row.next_on)}"
            if row.next_on
            else "",
            row.ministry.abbreviation,
        )
        for row in found.order_by("name", "pk")
    ]
    head = ("Arbeitsgruppe", "Letzte Sitzung", "Nächste Sitzung", "Ressort")
    return Section("Arbeitsgruppen", [Table(head, rows)] if rows else [])


def contacts(asked: Asked) -> Section:
    seen = Contact.objects.visible_to(asked.user).filter(partnership=asked.partnership)
    open_rows = _takeable(asked, seen.in_use().on(asked.day))
    rows = [
        (
            doubted(asked, row, restricted(row, ", ".join(filter(None, (row.name, row.function))))),
            str(row.authority or row.organisation or ""),
            row.salutation,
            row.language + (" (Dolmetschen nötig)" if row.needs_interpreter else ""),
        )
        for row in open_rows.select_related("ministry").prefetch_related(*_places(asked))
    ]
    head = ("Person", "Bei", "Anrede", "Sprache")
    return Section("Ansprechpersonen", [Table(head, rows)] if rows else [])


def _places(asked: Asked) -> list[Prefetch]:
    """Where somebody sits, as far as whoever reads this edition may know."""
    authorities = PartnerAuthority.objects.visible_to(asked.user)
    known = Organisation.objects.visible_to(asked.user)
    told = known if asked.is_internal else known.open_to_all()
    return [Prefetch("authority", authorities), Prefetch("organisation", told)]


def gifts(asked: Asked) -> Section:
    seen = Gift.objects.visible_to(asked.user).filter(partnership=asked.partnership)
    width = 4 if asked.is_internal else 3  # the value is an inner matter
    rows = [
        (
            german_date(row.given_on),
            f"{row.title} ({row.get_direction_display()})",
            row.counterpart,
            euro(row.value),
        )[:width]
        for row in _takeable_with(asked, seen.in_use())
    ]
    head = ("Tag", "Geschenk", "Von wem, an wen", "Wert")[:width]
    return Section("Gastgeschenke", [Table(head, rows)] if rows else [])


def notes(asked: Asked) -> Section:
    seen = Note.objects.visible_to(asked.user).filter(partnership=asked.partnership)
    valid = seen.with_successor(asked.user).filter(Q(is_superseded=False))
    rows = valid.in_use().filter(released_at__isnull=False)
    parts = [
        Text(
            row.text,
            restricted(
                row,
                f"{row.get_kind_display()} vom {german_date(row.noted_on)}: {row.title}",
            ),
            f"{row.ministry.abbreviation}{f', Az. {row.file_reference}' if row.file_reference else ''}",
        )
        for row in rows.select_related("ministry")[:MOST_NOTES]
    ]
    return Section("Vermerke", parts)
