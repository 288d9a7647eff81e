"""What a database holds, as numbers that can be compared: rows and checksum of every table, every sequence.

Who asks is a function from a query to its rows: a connection, or a psql whose transaction is not over yet.
"""

from collections.abc import Callable, Sequence
from typing import Any

from psycopg import Connection, sql

from config.operations.archive import Manifest, Table

TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
ORDER BY relname COLLATE "C"
"""
SEQUENCES = """
SELECT sequencename, last_value FROM pg_sequences
WHERE schemaname = 'public' ORDER BY sequencename COLLATE "C"
"""
MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
# The order of rows is not part of what a table holds, so the checksums of the rows are sorted.
CONTENT = """
SELECT count(*), md5(coalesce(string_agg(row_sum, '' ORDER BY row_sum COLLATE "C"), ''))
FROM (SELECT md5(content::text) AS row_sum FROM public.{} AS content) AS sums
"""
SAME_WORDS = """
SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO', true),
       set_config('IntervalStyle', 'postgres', true), set_config('extra_float_digits', '1', true),
       set_config('bytea_output', 'hex', true)
"""


Ask = Callable[[str], Sequence[Sequence[Any]]]


def asking(database: Connection[Any]) -> Ask:
    return lambda query: database.execute(query.encode()).fetchall()


def tables(database: Connection[Any]) -> dict[str, Table]:
    """In a transaction, so that all settings and all tables are of one moment."""
    with database.transaction():
        return contents(asking(database))


def contents(ask: Ask) -> dict[str, Table]:
    ask(SAME_WORDS)
    return {name: content(ask, name) for (name,) in ask(TABLES)}


def content(ask: Ask, name: str) -> Table:
    [(rows, checksum)] = ask(sql.SQL(CONTENT).format(sql.Identifier(name)).as_string())
    return Table(rows=rows, checksum=checksum)


def sequences(database: Connection[Any]) -> dict[str, int | None]:
    return positions(asking(database))


def positions(ask: Ask) -> dict[str, int | None]:
    return {str(name): position for name, position in ask(SEQUENCES)}


def manifest(database: Connection[Any]) -> Manifest:
    row = database.execute("SELECT current_setting('server_version'), now()::text").fetchone()
    assert row is not None
    return Manifest(
        postgresql=row[0],
        made_at=row[1],
        migrations=[row[0] for row in database.execute(MIGRATIONS).fetchall()],
        tables=tables(database),
        sequences=sequences(database),
    )


def differences(expected: Manifest, ask: Ask) -> list[str]:
    """What is not as the manifest says, as German half-sentences; a sequence may be ahead."""
    now, counters = contents(ask), positions(ask)
    found = [f"Tabelle {name} fehlt" for name in expected.tables if name not in now]
    found += [f"Tabelle {name} ist fremd" for name in now if name not in expected.tables]
    found += [
        f"Tabelle {name}: {table.rows} Zeilen gesichert, {now[name].rows} vorhanden, Prüfsumme "
        + ("gleich" if table.checksum == now[name].checksum else "verschieden")
        for name, table in expected.tables.items()
        if name in now and now[name] != table
    ]
    found += [
        f"Zähler {name} steht auf {counters.get(name)} statt {value}"
        for name, value in expected.sequences.items()
        if (counters.get(name) or 0) < (value or 0)
    ]
    return found
