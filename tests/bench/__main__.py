"""`make bench`: Brücke at 1,000 and 10,000 partnerships, beside Django's own admin over the same rows.

Databases of its own, made anew; one gunicorn worker each; all sides in turns within every round.
"""

import argparse
import json
import subprocess
import sys
import time
from contextlib import ExitStack
from statistics import median

from config.operations import postgres
from tests.bench import report
from tests.bench.client import Client
from tests.bench.databases import Database, prepared
from tests.bench.export import export, pages_a_second
from tests.bench.scenarios import Sides, compare_rows, measure
from tests.bench.servers import Server, serving

OWN, STOCK = "tests.bench.own_settings", "tests.bench.stock_settings"
INSIDE = "tests.bench.inside"


def main() -> None:
    if postgres.DATA.name != "bench":  # else these would be the folder and the server of the trial
        sys.exit("Bitte `make bench` benutzen: die Messung braucht einen Ordner für sich.")
    options = arguments()
    started = time.monotonic()
    postgres.start()
    try:
        bases = [database(size, options.keep) for size in options.sizes]
        report.generated([base for base in bases if base.seconds])
        compared(bases, options.rounds, options.calls)
        report.sql({base.size: asked(base, INSIDE, "sql") for base in bases})
        report.throughput(bases[-1].size, throughput(bases[-1], options.seconds))
        report.houses(bases[0].size, asked(bases[0], "tests.bench.houses"))
        report.records(bases[-1].size, asked(bases[-1], "tests.bench.records"))
    finally:
        postgres.stop()
    report.finish(time.monotonic() - started)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--calls", type=int, default=6, help="je Runde")
    parser.add_argument("--seconds", type=float, default=8.0, help="je Durchsatzmessung")
    parser.add_argument("--keep", action="store_true", help="mit den Datenbanken des letzten Laufs")
    return parser.parse_args()


def database(size: int, keep: bool) -> Database:
    print(f"Datenbank mit {size} Partnerschaften …", flush=True)
    return prepared(size, keep=keep)


def compared(bases: list[Database], rounds: int, calls: int) -> None:
    with ExitStack() as stack:
        servers = {base.size: stack.enter_context(serving(base, OWN)) for base in bases}
        stocks = {base.size: stack.enter_context(serving(base, STOCK)) for base in bases}
        sides = {base.size: seen(base, servers[base.size], stocks[base.size]) for base in bases}
        compare_rows(sides.values())
        report.times(measure(sides, rounds, calls), [base.size for base in bases])
        largest = bases[-1].size
        report.export(export(servers[largest], sides[largest].ours, max(3, rounds)))
        report.memory(largest, servers[largest].memory())


def seen(base: Database, own: Server, stock: Server) -> Sides:
    subject = asked(base, INSIDE, "subjects")
    return Sides(
        ours=Client(own.port, subject["coordinator"]),
        stock=Client(stock.port, subject["stock"]),
        officer=Client(own.port, subject["officer"]),
        subject=subject,
    )


def asked(base: Database, module: str, *arguments: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=postgres.ROOT,
        env=base.environment(OWN),
        text=True,
        capture_output=True,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return dict(json.loads(done.stdout))


def throughput(base: Database, seconds: float) -> float:
    with serving(base, OWN, workers=2) as server:
        client = Client(server.port, asked(base, INSIDE, "subjects")["coordinator"])
        pages_a_second(client, 2)
        return median(pages_a_second(client, seconds) for _ in range(3))


if __name__ == "__main__":
    main()
