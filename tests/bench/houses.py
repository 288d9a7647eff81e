"""What a house opens and saves every day: milliseconds, and how many queries.

`python -m tests.bench.houses` prints JSON: kind of page → address → what it cost.
"""

import json
import statistics
import time
import uuid
from typing import Any

import django
from django.conf import settings
from django.test import Client

from tests.bench.inside import SAMPLES, signed_in, sql_times, subjects
from tests.harness.page_forms import main_form

# {} stands for the short name of a partnership.
LISTS = (
    *("/aktivitaeten/", "/sachstaende/", "/kontakte/", "/zusagen/", "/arbeitsgruppen/"),
    *("/wiedervorlagen/", "/angaben/", "/import/", "/partnerschaften/{}/vermerke/"),
    *("/partnerschaften/{}/gastgeschenke/", "/partnerschaften/{}/dokumente/"),
)
PAGES = ("/zu-erledigen/", "/partnerschaften/{}/aenderungen/", "/partnerschaften/{}/dossier/")
# Addresses of forms, and what is typed to send them.
FORMS: dict[str, dict[str, str]] = {
    "/aktivitaeten/neu/": {"title": "Gastspiel", "period": "April 2027"},
    "/partnerschaften/{}/kontakte/neu/": {"function": "Leitung", "visibility": "government"},
    "/partnerschaften/{}/vermerke/neu/": {
        "title": "Gespräch",
        "text": "Text",
        "noted_on": "1.5.2026",
        "visibility": "government",
    },
    "/partnerschaften/{}/zusagen/neu/": {
        "title": "Gegenbesuch",
        "owed_by_side": "ours",
        "due_on": "1.5.2027",
    },
    "/partnerschaften/{}/arbeitsgruppen/neu/": {"name": "Verkehr", "cadence_months": "12"},
    "/partnerschaften/{}/gastgeschenke/neu/": {
        "title": "Schale",
        "direction": "given",
        "given_on": "1.5.2026",
    },
    "/wiedervorlagen/neu/?partnerschaft={}": {"text": "Nachfragen", "due_on": "1.12.2090"},
}


def opened(client: Client, path: str) -> dict[str, float]:
    """The median of some calls, after one to warm up."""
    spent, number = [], 0
    for _ in range(SAMPLES + 1):
        started = time.monotonic()
        with sql_times() as times:
            answer = client.get(path)
        spent.append((time.monotonic() - started) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
        number = len(times)
    return {"ms": statistics.median(spent[1:]), "queries": number}


def saved(client: Client, path: str, typed: dict[str, str]) -> dict[str, float]:
    """Once, as it is done; what frames a transaction is no query."""
    form = main_form(client.get(path).content)
    data: dict[str, Any] = form.data() | typed | {"_token": str(uuid.uuid4())}
    started = time.monotonic()
    with sql_times() as times:
        answer = client.post(path, data)
    assert answer.status_code == 302, (path, answer.status_code)
    spent = (time.monotonic() - started) * 1000
    asked = [statement for statement, _ in times if "SAVEPOINT" not in statement]
    return {"ms": spent, "queries": len(asked)}


def houses() -> dict[str, dict[str, dict[str, float]]]:
    who = subjects()
    client = signed_in(who.officer)

    def every(paths: Any) -> dict[str, dict[str, float]]:
        return {path: opened(client, path.format(who.slug)) for path in paths}

    return {
        "lists": every(LISTS),
        "pages": every(PAGES),
        "forms": every(FORMS),
        "saves": {
            path: saved(client, path.format(who.slug), typed) for path, typed in FORMS.items()
        },
    }


def main() -> None:
    django.setup()
    settings.ALLOWED_HOSTS.append("testserver")
    print(json.dumps(houses()))


if __name__ == "__main__":
    main()
