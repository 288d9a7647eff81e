"""The headers that every response carries, whatever made it."""

import re
from typing import Any

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "report-uri": "/csp-bericht",
}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Frame-Options": "DENY",
}
SENSORS = ("camera=()", "microphone=()", "geolocation=()", "usb=()", "payment=()")
COOKIE_NAMES = re.compile("^(__Host-|bruecke_)")


def missing(response: Any) -> list[str]:
    """What is wrong with the headers of a response; empty is right."""
    sent = response.headers
    wrong = [name for name, value in FIXED.items() if sent.get(name) != value]
    if policy_of(sent.get("Content-Security-Policy", "")) != policy_for(sent):
        wrong.append(f"Content-Security-Policy: {sent.get('Content-Security-Policy')}")
    if not all(sensor in sent.get("Permissions-Policy", "") for sensor in SENSORS):
        wrong.append("Permissions-Policy")
    if not is_cached_rightly(sent.get("Cache-Control", ""), sent.get("Content-Type", "")):
        wrong.append(f"Cache-Control: {sent.get('Cache-Control')}")
    if not {"cookie", "hx-request"} <= {
        part.strip().lower() for part in sent.get("Vary", "").split(",")
    }:
        wrong.append(f"Vary: {sent.get('Vary')}")
    if "Server" in sent or "X-Powered-By" in sent:
        wrong.append("names the server")
    return wrong + wrong_cookies(response)


def policy_for(sent: Any) -> dict[str, str]:
    """A file somebody uploaded is locked into a sandbox on top."""
    is_upload = "attachment; filename*" in sent.get("Content-Disposition", "")
    return POLICY | ({"sandbox": ""} if is_upload else {})


def policy_of(header: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in header.split(";") if part.strip())
    return {name: sources for name, _, sources in parts}


def is_cached_rightly(value: str, content_type: str) -> bool:
    return "no-store" in value or "immutable" in value


def wrong_cookies(response: Any) -> list[str]:
    wrong = []
    for name, cookie in getattr(response, "cookies", {}).items():
        is_deletion = cookie["max-age"] == 0
        if not COOKIE_NAMES.match(name) or cookie["path"] != "/" or cookie["domain"]:
            wrong.append(f"cookie {name}")
        if not is_deletion and not (cookie["httponly"] and cookie["samesite"] == "Lax"):
            wrong.append(f"cookie {name} is readable or sent across sites")
    return wrong
