"""`{% highlighted row.title text %}`: the hit is marked, nothing of the text is trusted."""

from typing import Any

from django import template

from dashboards.highlight import segments

register = template.Library()


@register.inclusion_tag("dashboards/_highlighted.html")
def highlighted(text: str, wanted: str) -> dict[str, Any]:
    return {"segments": segments(str(text), str(wanted))}
