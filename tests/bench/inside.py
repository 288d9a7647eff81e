"""What only Django knows: who signs in, which records are measured, what a page spends in SQL.

`python -m tests.bench.inside subjects|sql` prints JSON about the database of its environment.
"""

import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Func, QuerySet, Value
from django.test import Client
from django.urls import reverse

SAMPLES = 9
CSRF = "b" * 32
SEARCHES = re.compile(r'search_text"(::text)? LIKE')
STOCK_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Subjects:
    """One believable partnership, and the sessions of those who look at it."""

    slug: str
    pk: int
    name: str
    fragment: str
    coordinator: str
    officer: str
    # The coordinator's in stock Django.
    stock: str


def subjects() -> Subjects:
    from ministries.models import Role, User

    partnership = usual_partnership()
    people = User.objects.filter(is_active=True).order_by("pk")
    coordinator = people.filter(appointments__role=Role.COORDINATOR).first()
    officer = people.filter(appointments__role=Role.OFFICER).first()
    return Subjects(
        slug=partnership.slug,
        pk=partnership.pk,
        name=partnership.name,
        fragment=partnership.name[:4],
        coordinator=cookies_of(coordinator),
        officer=cookies_of(officer),
        stock=cookies_of(coordinator, STOCK_BACKEND),
    )


def usual_partnership() -> Any:
    """Two periods, three subject areas, two agreements, or as near to that as there is."""
    from partnerships.models import Partnership

    counts = {"status_periods": 2, "participations": 3, "agreements": 2, "regions": 1}
    rows: QuerySet[Any] = Partnership.objects.filter(in_check=True)
    for name in counts:
        rows = rows.annotate(**{f"{name}_count": Count(name, distinct=True)})
    distance = sum(
        (Func(F(f"{name}_count") - Value(usual), function="abs") for name, usual in counts.items()),
        start=Value(0),
    )
    return rows.order_by(distance, "pk").first()


def cookies_of(user: Any, backend: str | None = None) -> str:
    client = Client()
    client.force_login(user, backend or settings.AUTHENTICATION_BACKENDS[0])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"


def signed_in(cookies: str) -> Client:
    """Of `cookies_of`."""
    client = Client()
    for pair in cookies.split("; "):
        name, _, value = pair.partition("=")
        client.cookies[name] = value
    return client


@contextmanager
def sql_times() -> Iterator[list[tuple[str, float]]]:
    """Every statement with its milliseconds, the way to the database and back included."""
    times: list[tuple[str, float]] = []

    def timed(execute: Callable[..., Any], statement: str, *arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(statement, *arguments)
        finally:
            times.append((statement, (time.perf_counter() - started) * 1000))

    with connection.execute_wrapper(timed):
        yield times


def sql_of(path: str, cookies: str) -> dict[str, float]:
    """Number of queries and milliseconds in them: the median of some calls, after one to warm up."""
    client = signed_in(cookies)
    spent, searched, number = [], [], 0
    for _ in range(SAMPLES + 1):
        with sql_times() as times:
            response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        spent.append(sum(ms for _, ms in times))
        searched.append(sum(ms for statement, ms in times if SEARCHES.search(statement)))
        number = len(times)
    medians = {"ms": statistics.median(spent[1:]), "search_ms": statistics.median(searched[1:])}
    return {"queries": number, **medians}


def sql(who: Subjects) -> dict[str, dict[str, float]]:
    register = reverse("partnerships:list")
    return {
        "list": sql_of(register, who.coordinator),
        "officer": sql_of(register, who.officer),
        "filter": sql_of(f"{register}?status=active", who.coordinator),
        "search": sql_of(f"{register}?q={who.name}", who.coordinator),
        "fragment": sql_of(f"{register}?q={who.fragment}", who.coordinator),
        "page": sql_of(reverse("partnerships:detail", args=[who.slug]), who.coordinator),
        "dashboard": sql_of(reverse("dashboards:overview"), who.coordinator),
    }


def main() -> None:
    django.setup()
    settings.ALLOWED_HOSTS.append("testserver")
    found = subjects()
    print(json.dumps(asdict(found) if sys.argv[1:] == ["subjects"] else sql(found)))


if __name__ == "__main__":
    main()
