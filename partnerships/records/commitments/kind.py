"""Zusagen, as the pages of all kinds know them."""

from partnerships.records.commitments import desk
from partnerships.records.commitments.models import Commitment
from partnerships.records.shared.kinds import Kind
from partnerships.register.partners.page import Tab
from ui.offers import DeskSource

COMMITMENT = Kind(
    model=Commitment,
    slug="zusage",
    tab=Tab("commitments", "Zusagen", "partnerships:commitments", position=55, is_further=True),
    counted=lambda user, day: Commitment.objects.visible_to(user).open(),
    desk=DeskSource(desk.desk_items, desk.desk_rows, 30),
    found_as=("Zusagen", "partnerships:commitment-list"),
)
