"""The navigation by role: at most six entries; only this floor knows all the others."""

from django.http import HttpRequest

from dashboards.desk import known_count
from ministries.clock import today
from ministries.models import User
from ui.navigation import Entry, NavigationItem
from ui.navigation import navigation_for as items_for


def reads_content(user: User) -> bool:
    return user.is_authenticated and user.reads_content


def owed(request: HttpRequest) -> int | None:
    """The number behind "Zu erledigen": at most one query a minute, and none for who never owes anything."""
    return known_count(request, today()) if request.user.is_authenticated else None


ENTRIES = (
    Entry(
        "Zu erledigen",
        "dashboards:desk",
        reads_content,
        prefixes=("/wiedervorlagen/",),
        count=owed,
        children=(
            Entry("Zu erledigen", "dashboards:desk"),
            Entry("Wiedervorlagen", "partnerships:follow-up-list"),
        ),
    ),
    Entry("Übersicht", "dashboards:overview", reads_content),
    Entry(
        "Partnerschaften",
        "partnerships:list",
        reads_content,
        prefixes=(
            "/regionen/",
            "/vereinbarungen/",
            "/kontakte/",
            "/sachstaende/",
            "/ressorts/",
            "/zusagen/",
            "/arbeitsgruppen/",
            "/import/",
        ),
        children=(
            Entry("Alle Partnerschaften", "partnerships:list"),
            Entry("Regionen", "partnerships:regions"),
            Entry("Vereinbarungen", "partnerships:agreements_list"),
            Entry("Zusagen", "partnerships:commitment-list"),
            Entry("Arbeitsgruppen", "partnerships:working-group-list"),
            Entry("Sachstände", "partnerships:subject-record-list"),
            Entry("Kontakte", "partnerships:contact-list"),
            Entry("Ressorts", "partnerships:house-list"),
        ),
    ),
    Entry(
        "Leitlinien-Check",
        "guidelines:rounds",
        reads_content,
        prefixes=("/leitlinien/", "/stellungnahmen/"),
        children=(
            Entry("Leitlinien-Checks", "guidelines:rounds"),
            Entry("Stellungnahmen", "guidelines:statements"),
            Entry("Leitlinien", "guidelines:catalogue"),
        ),
    ),
    Entry("Aktivitäten", "partnerships:activities_list", reads_content),
    Entry(
        "Verwaltung",
        "register:index",
        lambda user: user.is_coordinator,
        prefixes=("/ressorts/neuordnung/",),
        children=(
            Entry("Angaben", "register:index"),
            Entry("Ressorts neu ordnen", "partnerships:reorganisation-choose"),
        ),
    ),
    Entry(
        "Revision",
        "dashboards:revision",
        lambda user: user.is_auditor,
        children=(
            Entry("Änderungen", "dashboards:revision"),
            Entry("Ausgaben, Einsichten, Löschungen", "dashboards:disclosures"),
        ),
    ),
    Entry("Technik", "technical:index", lambda user: user.is_administrator),
)


def navigation_for(request: HttpRequest) -> list[NavigationItem]:
    user = getattr(request, "user", None)
    return items_for(request, ENTRIES) if user and user.is_authenticated else []
