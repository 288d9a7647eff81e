"""Gemeinsame Arbeitsgruppen, as the pages of all kinds know them."""

from partnerships.records.shared.kinds import Kind
from partnerships.records.working_groups import desk
from partnerships.records.working_groups.models import Meeting, WorkingGroup
from partnerships.register.partners.page import Tab
from ui.offers import DeskSource

WORKING_GROUP = Kind(
    model=WorkingGroup,
    slug="arbeitsgruppe",
    tab=Tab(
        "working_groups",
        "Arbeitsgruppen",
        "partnerships:working-groups",
        position=50,
        is_further=True,
    ),
    desk=DeskSource(desk.desk_items, desk.desk_rows, 90),
    found_as=("Arbeitsgruppen", "partnerships:working-group-list"),
    open_parts=(Meeting,),
)
