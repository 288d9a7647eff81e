"""The navigation by role: at most six entries, assembled here because only this floor knows all others."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Entry:
    label: str
    url_name: str
    prefix: str
    children: tuple["Entry", ...] = ()


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool
    children: tuple["Link", ...] = ()


ENTRIES = (
    Entry("Zu erledigen", "dashboards:desk", "/zu-erledigen/"),
    Entry("Übersicht", "dashboards:overview", "/uebersicht/"),
    Entry(
        "Partnerschaften",
        "partnerships:list",
        "/partnerschaften/",
        (
            Entry("Regionen", "partnerships:regions", "/regionen/"),
            Entry("Vereinbarungen", "partnerships:agreements_list", "/vereinbarungen/"),
        ),
    ),
    Entry("Leitlinien-Check", "guidelines:rounds", "/leitlinien-checks/"),
)


def navigation_for(request: HttpRequest) -> list[Link]:
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    return [link for entry in ENTRIES if (link := link_to(entry, request.path))]


def link_to(entry: Entry, path: str) -> Link | None:
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    children = tuple(link for child in entry.children if (link := link_to(child, path)))
    is_current = path.startswith(entry.prefix) or any(child.is_current for child in children)
    return Link(entry.label, url, is_current, children)
