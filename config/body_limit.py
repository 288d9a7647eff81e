"""How much anybody may send, told from the length alone, before anything reads the body or keeps it on disk."""

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config.errors import length_required, too_large
from config.middleware import GetResponse

ANONYMOUS_LARGEST = 100_000  # the longest message about a barrier, every letter percent-encoded


class BodyLimitMiddleware:
    """The first that could read a body: those before it write the log line and the headers of the answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return refusal(request) or self.get_response(request)


def refusal(request: HttpRequest) -> HttpResponse | None:
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return length_required(request)
    length = announced_length(request)
    if length > largest() or (length > ANONYMOUS_LARGEST and not is_signed_in(request)):
        return too_large(request)
    return None


def announced_length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or ""
    return int(text) if text.isdecimal() else 0


def largest() -> int:
    """The largest document together with the other fields of its form."""
    return settings.DOCUMENT_LARGEST + settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def is_signed_in(request: HttpRequest) -> bool:
    """Asked for large bodies only, long before the session's own middleware."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if not (key.isascii() and key.isalnum()):
        return False
    visitor = HttpRequest()
    visitor.session = SessionStore(key)
    return get_user(visitor).is_authenticated
