"""`{% load records %}`: what the page of a record needs to know of the person who looks at it."""

from typing import Any

from django import template

from partnerships.records.acts import RecordAct, acts_on

register = template.Library()


@register.simple_tag(takes_context=True)
def record_acts(context: template.Context, record: Any) -> list[RecordAct]:
    return acts_on(record, context["request"].user)
