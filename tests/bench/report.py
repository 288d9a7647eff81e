"""The figures as they are printed and kept; a missed one is marked, and nothing is left out."""

import os
from collections.abc import Mapping
from typing import Any

from tests import figures
from tests.bench.databases import Database
from tests.bench.export import Export
from tests.bench.scenarios import LIST, PAGE, SCENARIOS, Times

SECTION = "Geschwindigkeit und Last"
GROWTH = 1.3
# What is summed up: only the statements that search, or all of a page.
SQL_LIMITS = {
    ("search", "search_ms"): ("SQL der Suche, ganzer Name", 5.0),
    ("fragment", "search_ms"): ("SQL der Suche, Namensteil", 5.0),
    ("search", "ms"): ("SQL der ganzen Seite mit Suche", 5.0),
    ("dashboard", "ms"): ("SQL der Übersicht", 15.0),
}
missed: list[str] = []


def note(figure: str, limit: str, value: str, size: str, *, holds: bool) -> None:
    if not holds:
        missed.append(figure)
    mark = "" if holds else " – verfehlt"
    figures.note(
        SECTION, figure, asked=limit, measured=f"{value}{mark}", size=size, command="make bench"
    )


def number(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def of(size: int) -> str:
    return f"{size:,} Partnerschaften".replace(",", ".")


def generated(bases: list[Database]) -> None:
    for base in bases:
        note(
            f"generate_load, {of(base.size)}",
            "≤ 120 s",
            f"{number(base.seconds)} s",
            f"{base.dependent} abhängige Zeilen",
            holds=base.seconds <= 120,
        )


def times(found: Mapping[tuple[str, int], Times], sizes: list[int]) -> None:
    for scenario in SCENARIOS:
        for size in sizes:
            one = found[scenario.name, size]
            spent = f"{number(one.ours)} ms zu {number(one.other)} ms"
            note(
                f"{scenario.name}, {of(size)}",
                f"≤ {number(scenario.limit)} × {scenario.against}",
                f"{number(one.ratio, 2)} × ({spent})",
                "ein Prozess, Median",
                holds=one.ratio <= scenario.limit,
            )
    for scenario in (LIST, PAGE):
        grown = found[scenario.name, sizes[-1]].ours / found[scenario.name, sizes[0]].ours
        note(
            f"Wachstum: {scenario.name}",
            f"≤ {number(GROWTH)} ×",
            f"{number(grown, 2)} ×",
            f"{of(sizes[0])} zu {of(sizes[-1])}",
            holds=grown <= GROWTH,
        )


def sql(found: Mapping[int, Mapping[str, Mapping[str, Any]]]) -> None:
    for size, pages in found.items():
        for (key, part), (name, limit) in SQL_LIMITS.items():
            spent = pages[key][part]
            note(
                f"{name}, {of(size)}",
                f"≤ {limit:.0f} ms",
                f"{number(spent)} ms in {pages[key]['queries']} Abfragen",
                "Koordinierung, Median",
                holds=spent <= limit,
            )
        more = pages["officer"]["queries"] - pages["list"]["queries"]
        note(
            f"Abfragen der Liste der Bearbeitung, {of(size)}",
            "≤ 2 mehr als Koordinierung",
            f"{more} mehr ({pages['officer']['queries']})",
            "eine Seite",
            holds=more <= 2,
        )


def export(found: Export) -> None:
    size = f"{found.rows} Zeilen"
    note(
        "CSV: alles", "≤ 0,5 s", f"{number(found.all_bytes / 1000, 2)} s", size,
        holds=found.all_bytes <= 500,
    )  # fmt: skip
    note(
        "CSV: erstes Byte", "≤ 0,1 s", f"{number(found.first_byte / 1000, 3)} s", size,
        holds=found.first_byte <= 100,
    )  # fmt: skip
    note(
        "CSV: Speicher", "≤ +30 MiB", f"+{number(found.memory)} MiB", size,
        holds=found.memory <= 30,
    )  # fmt: skip


def memory(size: int, mebibytes: float) -> None:
    note(
        "Speicher eines Webprozesses", "≤ 150 MiB", f"{number(mebibytes)} MiB",
        f"{of(size)}, nach allen Messungen", holds=mebibytes <= 150,
    )  # fmt: skip


def throughput(size: int, pages: float) -> None:
    note(
        "Listenseiten je Sekunde, zwei Prozesse", "≥ 60", number(pages), of(size), holds=pages >= 60
    )


HOUSES = {
    "lists": ("Listen der Ressorts: Abfragen", 10),
    "forms": ("Formulare der Ressorts: Abfragen", 15),
    "saves": ("Speichern in den Ressorts: Abfragen", 25),
}


def houses(size: int, found: Mapping[str, Mapping[str, Mapping[str, float]]]) -> None:
    """The dearest of each kind; pages that read everything by their time."""
    for kind, (name, limit) in HOUSES.items():
        most = max(found[kind].values(), key=lambda one: one["queries"])["queries"]
        slowest, cost = max(found[kind].items(), key=lambda pair: pair[1]["ms"])
        note(
            name, f"≤ {limit}", f"höchstens {most:.0f}",
            f"{of(size)}, {len(found[kind])} Seiten; die langsamste {slowest} mit {number(cost['ms'], 0)} ms",
            holds=most <= limit,
        )  # fmt: skip
    for path, cost in found["pages"].items():
        note(
            f"Seite {path}", "–", f"{number(cost['ms'], 0)} ms in {cost['queries']:.0f} Abfragen",
            f"{of(size)}, Bearbeitung", holds=True,
        )  # fmt: skip


def records(size: int, found: Mapping[str, Any]) -> None:
    for kind, seconds in found["imports"].items():
        note(
            f"Import von 5.000 Zeilen, {kind}", "≤ 60 s", f"{number(seconds)} s",
            f"{of(size)}, prüfen und übernehmen", holds=seconds <= 60,
        )  # fmt: skip
    note(
        "Dossier als PDF", "≤ 1 s", f"{number(found['dossier'], 2)} s",
        f"{of(size)}, eine mit Kontakten und Aktivitäten", holds=found["dossier"] <= 1,
    )  # fmt: skip


def finish(seconds: float) -> None:
    load = ", ".join(number(part, 2) for part in os.getloadavg())
    print(f"\nDauer {seconds:.0f} s, Last des Rechners {load}, {os.cpu_count()} Kerne.")
    print(f"Verfehlt: {'; '.join(missed)}" if missed else "Alle Figuren erreicht.")
