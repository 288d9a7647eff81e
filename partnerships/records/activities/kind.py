"""Aktivitäten, as the pages of all kinds know them."""

from ministries.accounts.users import User
from partnerships.records.activities import desk
from partnerships.records.activities.importing import ActivityImport
from partnerships.records.activities.models import (
    Activity,
    ActivityAreaLink,
    ActivityCircleLink,
    ActivityMinistryLink,
    ActivityPartnershipLink,
)
from partnerships.records.activities.parts import (
    ActivityOrganisation,
    ActivityPerson,
    CostLine,
    ProgrammeItem,
)
from partnerships.records.shared.kinds import Kind
from partnerships.register.partners.page import Tab
from ui.offers import DeskSource, SearchGroup, SearchRow
from ui.search import best_of, list_address


def search(user: User, text: str) -> SearchGroup:
    """In full or not at all: what is kept back is not found by its words."""
    seen = Activity.objects.visible_to(user).in_use().order_by("-starts_on", "-pk")
    rows, total = best_of(seen.matching(text))
    return SearchGroup(
        "Aktivitäten",
        total,
        [SearchRow(row.title, row.get_absolute_url(), _event(row)) for row in rows],
        list_address("partnerships:activities_list", text),
    )


def _event(activity: Activity) -> str:
    parts = (activity.get_kind_display(), activity.period_words, activity.place)
    return " · ".join(part for part in parts if part)


ACTIVITY = Kind(
    model=Activity,
    slug="aktivitaet",
    tab=Tab("activities", "Aktivitäten", "partnerships:activities", position=30),
    counted=lambda user, day: Activity.objects.known_to(user).in_use(),
    about="partnerships",
    desk=DeskSource(desk.desk_items, desk.desk_rows, 40),
    search=(35, search),
    importer=ActivityImport,
    parts=(CostLine, ActivityPerson, ActivityOrganisation, ProgrammeItem),
    links=(ActivityPartnershipLink, ActivityMinistryLink, ActivityAreaLink, ActivityCircleLink),
)
