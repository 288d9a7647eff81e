"""Handlungsbedarf: the heaviest sentences of all sources."""

from datetime import date

from ministries.models import User
from ui.offers import ATTENTION_SOURCES, AttentionItem

SHOWN = 3


def need_for_action(user: User, today: date) -> list[AttentionItem]:
    items = [item for source in ATTENTION_SOURCES for item in source(user, today)]
    return sorted(items, key=lambda item: -item.weight)[:SHOWN]
