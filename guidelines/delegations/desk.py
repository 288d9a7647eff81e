"""What colleagues are asked for inside their house."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from guidelines.delegations.models import Delegation
from guidelines.delegations.pages import open_for
from ministries.models import User
from ui.offers import DeskItem


def desk_items(user: User, today: date) -> list[DeskItem]:
    return [_item(one) for rows in desk_rows(user, today) for one in rows]


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    return [open_for(user, today)] if user.ministry_ids() else []


def _item(one: Delegation) -> DeskItem:
    return DeskItem(
        verb=f"Zuarbeit zu Frage {one.criterion.code}",
        object_label=str(one.statement.guideline_check.round),
        partnership_name=one.statement.guideline_check.partnership.name,
        due_on=one.due_on,
        asked_by=one.given_by.name,
        url=f"{reverse('guidelines:delegations')}?s={one.statement_id}#frage-{one.pk}",
    )
