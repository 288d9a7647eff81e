"""`{% load statuses %}`: the status of a partnership as a badge and as a point of the map."""

from django import template

from partnerships.register.partners import statuses

register = template.Library()
register.simple_tag(statuses.status_badge)
register.simple_tag(statuses.status_marker)
