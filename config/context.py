"""What every page's frame needs."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from config.navigation import navigation_for


def page_frame(request: HttpRequest) -> dict[str, Any]:
    return {
        # Only asked where a page shows it: fragments and files cost no count.
        "navigation": SimpleLazyObject(partial(navigation_for, request)),
        "house_name": settings.HOUSE_NAME,
    }
