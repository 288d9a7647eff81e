"""What a reader should know before trusting a dossier: what is old, and who has not confirmed."""

from datetime import date

from partnerships.models import Contact, Participation, SubjectRecord
from reports.asked import Asked
from ui.dates import german_date

NEVER = "nie bestätigt"


def gap_rows(asked: Asked) -> list[tuple[str, str, str]]:
    """What, whose, and since when."""
    since = months_before(asked.day, asked.months)
    return [*_subject_records(asked, since), *_without_record(asked), *_contacts(asked, since)]


def months_before(day: date, months: int) -> date:
    """The same day that many months ago, the 28th at the latest."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, min(day.day, 28))


def _subject_records(asked: Asked, since: date) -> list[tuple[str, str, str]]:
    seen = SubjectRecord.objects.visible_to(asked.user).filter(partnership=asked.partnership)
    old = seen.unconfirmed_since(since).select_related("subject_area", "ministry")
    return [
        (
            f"Sachstand {row.subject_area.name}",
            row.ministry.abbreviation,
            _confirmed(row.confirmed_on),
        )
        for row in old
    ]


def _without_record(asked: Asked) -> list[tuple[str, str, str]]:
    known = SubjectRecord.objects.visible_to(asked.user).in_use().filter(released_on__isnull=False)
    areas = known.filter(partnership=asked.partnership).values("subject_area")
    seen = Participation.objects.visible_to(asked.user).filter(partnership=asked.partnership)
    missing = seen.exclude(subject_area__in=areas).with_houses(asked.day)
    return [
        (
            f"Sachstand {row.subject_area.name}",
            row.house_abbreviation or "kein Ressort zuständig",
            "kein freigegebener Sachstand",
        )
        for row in missing.select_related("subject_area")
    ]


def _contacts(asked: Asked, since: date) -> list[tuple[str, str, str]]:
    seen = Contact.objects.visible_to(asked.user).filter(partnership=asked.partnership)
    old = seen.in_use().on(asked.day).unconfirmed_since(since).select_related("ministry")
    return [
        (f"Ansprechperson {row}", row.ministry.abbreviation, _confirmed(row.confirmed_on))
        for row in old
    ]


def _confirmed(day: date | None) -> str:
    return f"zuletzt bestätigt am {german_date(day)}" if day else NEVER
