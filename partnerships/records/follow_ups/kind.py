"""Wiedervorlagen hang on every kind of record: they have a tab and the desk, and no kind above them."""

from partnerships.records.follow_ups import desk
from partnerships.records.follow_ups.models import FollowUp
from partnerships.records.shared.kinds import counting
from partnerships.register.partners.page import Tab
from ui.offers import DeskSource

DESK = DeskSource(desk.desk_items, desk.desk_rows, 60)
TAB = counting(
    Tab(
        "follow_ups",
        "Wiedervorlagen",
        "partnerships:follow-ups",
        position=85,
        is_further=True,
    ),
    lambda user, day: FollowUp.objects.visible_to(user).open(),
)
