"""Gastgeschenke, as the pages of all kinds know them."""

from partnerships.records.gifts.models import Gift
from partnerships.records.shared.kinds import Kind
from partnerships.register.partners.page import Tab

GIFT = Kind(
    model=Gift,
    slug="gastgeschenk",
    tab=Tab("gifts", "Gastgeschenke", "partnerships:gifts", position=65, is_further=True),
)
