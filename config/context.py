"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from config.navigation import navigation_for


def page_frame(request: HttpRequest) -> dict[str, Any]:
    return {
        "navigation": navigation_for(request),
        "house_name": settings.HOUSE_NAME,
        "is_demo": settings.BRUECKE_DEMO,
    }
