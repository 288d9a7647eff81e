"""What every request passes, from the outside in; the order is set in settings.MIDDLEWARE."""

import re
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from pghistory.middleware import HistoryMiddleware

from config.errors import bad_request
from dashboards.desk import forget_count
from ministries.accounts import second_factor

GetResponse = Callable[[HttpRequest], HttpResponseBase]
log = structlog.stdlib.get_logger("request")

SWITCHED_OFF = """
    accelerometer autoplay browsing-topics camera display-capture encrypted-media fullscreen gamepad
    geolocation gyroscope hid idle-detection local-fonts magnetometer microphone midi payment picture-in-picture
    publickey-credentials-create publickey-credentials-get screen-wake-lock serial storage-access usb
    window-management xr-spatial-tracking
"""
FIXED_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in SWITCHED_OFF.split()),
}
UNUSABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL stores neither NUL nor lone surrogates
LONGEST_QUERY = 8_000  # a list repeats it in each of its links
SETTING_UP = {"mfa_activate_totp", "account_reauthenticate", "account_logout"}
SAFE = {"GET", "HEAD", "OPTIONS"}
HTTP_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}


class RequestLogMiddleware:
    """One line per request; the id is the reference number of an error page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=secrets.token_hex(5))
        started = time.monotonic()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method if request.method in HTTP_METHODS else "?",
            route=match.view_name or match.route if match else None,
            status=response.status_code,
            milliseconds=round((time.monotonic() - started) * 1000),
            user=user_id(request),
        )
        return response


def user_id(request: HttpRequest) -> int | None:
    """The signed-in person, asked only when the session was read anyway."""
    cached = getattr(request, "_cached_user", None)
    return cached.pk if cached is not None else None


class SecurityHeadersMiddleware:
    """What Django's own middleware does not set, on every response, static files and errors included."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for header, value in FIXED_HEADERS.items():
            response.headers.setdefault(header, value)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ("Cookie", "HX-Request"))
        return response


class CleanInputMiddleware:
    """Input the database cannot store, or nobody types, is refused before any code works with it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return bad_request(request)
        try:
            is_unusable = any(UNUSABLE.search(text) for text in texts_in(request))
        except UnreadablePostError:
            is_unusable = True  # the sender broke off
        if is_unusable:
            return bad_request(request)
        return self.get_response(request)


def texts_in(request: HttpRequest) -> Iterable[str]:
    yield request.path_info
    yield from request.COOKIES.values()
    for name, values in request.GET.lists():
        yield name
        yield from values
    if request.method == "POST":
        for name, values in request.POST.lists():
            yield name
            yield from map(str, values)
        for name, files in request.FILES.lists():
            yield name
            yield from (file.name or "" for file in files)


class SessionLifetimeMiddleware:
    """A session ends 60 minutes after the last request and 12 hours after the login, whichever is first.

    It is written again only when older than five minutes, not on every request. What it has counted
    holds until its own next write.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = int(time.time())
            started = request.session.setdefault("started", now)
            if now - started > settings.SESSION_LONGEST:
                logout(request)
            elif now - request.session.get("refreshed", 0) > settings.SESSION_REFRESH_AFTER:
                request.session["refreshed"] = now
            if request.method not in SAFE:
                forget_count(request)
        return self.get_response(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page needs a sign-in unless its view says otherwise; a fragment makes the whole page go there."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        response = super().handle_no_permission(request, view_func)
        if not request.headers.get("HX-Request"):
            return response
        back = urlencode({REDIRECT_FIELD_NAME: path_of(request.headers.get("HX-Current-URL", ""))})
        return go_there(f"{resolve_url(settings.LOGIN_URL)}?{back}")


def go_there(url: str) -> HttpResponse:
    """Tells htmx to leave the page."""
    return HttpResponse(status=401, headers={"HX-Redirect": url})


class SecondFactorMiddleware:
    """Who must have a second factor and has none gets nothing but the pages that set it up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        user = request.user
        is_open = not getattr(view_func, "login_required", True)
        if is_open or not user.is_authenticated or not second_factor.is_missing(user):
            return None
        if request.resolver_match and request.resolver_match.view_name in SETTING_UP:
            return None
        url = reverse("mfa_activate_totp")
        return go_there(url) if request.headers.get("HX-Request") else redirect(url)


def path_of(url: str) -> str:
    """The path of the page a browser says it shows; the start page if that is no address."""
    try:
        return urlsplit(url).path or "/"
    except ValueError:
        return "/"


class ChangeContextMiddleware(HistoryMiddleware):
    """Who changed something, in which roles and where, without the query string."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        user = request.user
        roles = []
        if user.is_authenticated:
            roles = [capacity.code for capacity in user.capacities]
        return {"user": user.pk, "role": roles, "url": request.path}


class ForgetOnLogoutMiddleware:
    """After signing out the browser forgets pages and storage of this host."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if (
            was_signed_in
            and not request.user.is_authenticated
            and isinstance(response, HttpResponse)
        ):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
