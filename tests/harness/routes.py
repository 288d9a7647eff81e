"""Every address of Brücke, read from the URLconf: the admin areas, accounts and health included."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

# No object of any world has these keys.
ABSENT = {"int": 999_999_999, "text": "gibt-es-nicht", "object_id": "999999999"}


@dataclass(frozen=True)
class Route:
    name: str
    parameters: tuple[str, ...]
    pattern: str

    def url(self, values: dict[str, Any]) -> str:
        return self._reverse({name: values[name] for name in self.parameters})

    def absent_url(self, values: dict[str, Any]) -> str:
        """The same address for a record that does not exist."""
        return self._reverse({name: absent(name, values[name]) for name in self.parameters})

    def _reverse(self, kwargs: dict[str, Any]) -> str:
        if self.is_rest:
            return f"/{self.pattern.partition('(')[0]}{kwargs['url']}"
        return reverse(self.name, kwargs=kwargs)

    @property
    def is_rest(self) -> bool:
        """The admin's answer to every address that is none of its own."""
        return self.name.endswith(":rest")


def absent(name: str, value: Any) -> Any:
    return ABSENT.get(name, ABSENT["int" if isinstance(value, int) else "text"])


def routes() -> dict[str, Route]:
    return {route.name: route for route in _walk(get_resolver().url_patterns)}


def _walk(patterns: list[Any], prefix: str = "", namespace: str = "") -> Iterator[Route]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from _walk(entry.url_patterns, pattern, inner)
        elif isinstance(entry, URLPattern):
            name = ":".join(part for part in (namespace, entry.name or "rest") if part)
            yield Route(name, tuple(entry.pattern.regex.groupindex), pattern)
