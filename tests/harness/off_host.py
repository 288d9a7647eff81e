"""Addresses that lead to another host, or would run a script, in all the ways browsers accept."""

import re
from html import unescape

EVIL = "evil.example"
TARGETS = [
    f"//{EVIL}",
    f"///{EVIL}",
    f"////{EVIL}",
    f"https://{EVIL}",
    f"http://{EVIL}",
    f"HTTPS://{EVIL.upper()}",
    f"https:{EVIL}",
    f"https:/{EVIL}",
    f"https:///{EVIL}",
    f"http:\\\\{EVIL}",
    f"ftp://{EVIL}",
    f"://{EVIL}",
    f"\\\\{EVIL}",
    f"/\\{EVIL}",
    f"\\/{EVIL}",
    f"\\{EVIL}",
    f"/\\/{EVIL}",
    f"//\\{EVIL}",
    f"/\\\\\\{EVIL}",
    f"/\t/{EVIL}",
    f"/\n/{EVIL}",
    f"/\r\n/{EVIL}",
    f"\t//{EVIL}",
    f" //{EVIL}",
    f"\x01//{EVIL}",
    f"\ufeff//{EVIL}",
    f"%2f%2f{EVIL}",
    f"/%2f{EVIL}",
    f"%5c%5c{EVIL}",
    f"/%5c{EVIL}",
    f"/%09/{EVIL}",
    f"%252f%252f{EVIL}",
    f"／／{EVIL}",
    f"https://testserver@{EVIL}",
    f"//testserver@{EVIL}",
    f"//testserver:80@{EVIL}/",
    f"https://testserver.{EVIL}",
    f"//{EVIL}\\@testserver",
    f"//{EVIL}#@testserver",
    f"//{EVIL}?testserver",
    f"https://{EVIL}/testserver",
    f"/;@{EVIL}",
    f"@{EVIL}",
    f".{EVIL}",
    f"//[::1]@{EVIL}",
    f"//[{EVIL}",
    "//evil。example",
    "//%65vil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//evil",
    "java\tscript:alert(1)//evil",
    " javascript:alert(1)//evil",
    "\x01javascript:alert(1)",
    "javascript://%0aalert(1)//evil",
    "data:text/html,<script>alert(1)</script>evil",
    "vbscript:evil",
    f"mailto:a@{EVIL}",
    f"blob:https://{EVIL}/x",
    f"view-source:https://{EVIL}",
    f"/konto/\r\nLocation: https://{EVIL}",
    f"/konto/%0d%0aLocation:%20https://{EVIL}",
    f"/konto/\r\n\r\n<a>{EVIL}",
]
# A view reads its way back under one of these names.
NAMES = (
    "next",
    "_next",
    "redirect",
    "redirect_to",
    "return",
    "return_to",
    "url",
    "back",
    "continue",
    "goto",
)
# Paths that a redirect might repeat: to add a slash, or to ask for the sign-in.
PATHS = [
    f"//{EVIL}",
    f"///{EVIL}",
    f"//{EVIL}/",
    f"//{EVIL}/..",
    f"/%5c{EVIL}",
    f"/%5C%5C{EVIL}/",
    f"/%2f{EVIL}",
    f"/%09/{EVIL}",
    f"//{EVIL}/konto/login",
    f"/verwaltung//{EVIL}",
    f"/verwaltung/%5c{EVIL}",
    f"/verwaltung/%2f/{EVIL}",
    f"//{EVIL}/verwaltung/x",
    f"/technik//{EVIL}",
    f"/%0d%0aLocation:https://{EVIL}",
    f"/;@{EVIL}",
    f"/konto//{EVIL}",
]
ADDRESSES = re.compile(r'\s(?:href|action|formaction|src|hx-[a-z-]+|content)="([^"]*)"')
SENT_ON = ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url", "HX-Replace-Url", "Refresh")
IGNORED_INSIDE = re.compile(r"[\t\r\n]")  # browsers drop these, wherever they stand


def leads_away(address: str) -> bool:
    """Anything but a path on this host, read as a browser would read it."""
    read = IGNORED_INSIDE.sub("", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    is_path = read.startswith(("/", "?", "#")) or not read
    return not is_path or read.startswith("//")


def offered(body: bytes) -> list[str]:
    """Addresses in the page that take up what was sent and lead away."""
    found = [unescape(one) for one in ADDRESSES.findall(body.decode(errors="replace"))]
    return [one for one in found if "evil" in one.lower() and leads_away(one)]
