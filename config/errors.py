"""German error pages. 400, 500 and 503 are rendered without request, session or database: those may be what failed."""

import sys

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from ui import disk

log = structlog.stdlib.get_logger("errors")
LAST_RESORT = (
    '<!doctype html><html lang="de"><meta charset="utf-8"><title>Fehler – Brücke</title>'
    "<h1>Brücke kann die Seite gerade nicht anzeigen</h1>"
    "<p>Bitte versuchen Sie es später erneut. Nennen Sie der Technik die Nummer {}.</p></html>"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


def length_required(request: HttpRequest) -> HttpResponse:
    """How much is coming must be said first; browsers and the proxy do."""
    return HttpResponse(render_to_string("400.html"), status=411)


def too_large(request: HttpRequest) -> HttpResponse:
    megabytes = settings.DOCUMENT_LARGEST // 1024 // 1024
    return HttpResponse(render_to_string("413.html", {"megabytes": megabytes}), status=413)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"is_expired_form": True}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    reference = structlog.contextvars.get_contextvars().get("request_id", "")
    error = sys.exc_info()[1]
    try:
        if disk.is_full(error):
            log.error("disk-full", exc_info=error)
            return HttpResponse(render_to_string("503.html", {"reason": disk.FULL}), status=503)
        return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)
    except Exception:  # the last resort when the page itself is what failed
        log.exception("error-page-failed")
        return HttpResponse(LAST_RESORT.format(reference), status=500)
