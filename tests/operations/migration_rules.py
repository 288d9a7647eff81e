"""What a migration may do while the version before it still serves, told from its SQL.

A lock on a table that is in use must be short: nothing under it reads, rewrites or fills the table. And the
old version goes on reading and writing, so nothing it knows disappears and nothing it does not know is demanded.
"""

import re
from collections.abc import Iterator

TABLE = r'(?:ONLY )?"?(?P<table>[\w.]+)"?'
CREATED = re.compile(rf"CREATE TABLE (?:IF NOT EXISTS )?{TABLE}")
ALTERED = re.compile(rf"ALTER TABLE (?:IF EXISTS )?{TABLE}(?P<change>.*)", re.S)
ADDED = re.compile(r'ADD COLUMN "(\w+)"')
INDEX = re.compile(
    rf"CREATE (?:UNIQUE )?INDEX (?P<how>CONCURRENTLY )?(?:IF NOT EXISTS )?\S+ ON {TABLE}(?P<rest>.*)",
    re.S,
)
FILLING = re.compile(rf"(?:UPDATE|DELETE FROM|INSERT INTO) {TABLE}")
PYTHON = "THIS OPERATION CANNOT BE WRITTEN AS SQL"
FORBIDDEN = {
    r"\bTYPE\b": "another type rewrites or reads the table",
    r"SET NOT NULL": "SET NOT NULL reads the table, and the old version may write nothing there",
    r"DROP COLUMN": "the old version reads the column",
    r"RENAME": "the old version knows the old name",
    r"DROP DEFAULT": "the old version does not fill the column: give it a db_default",
    r"GENERATED ALWAYS": "a stored column rewrites the table",
}


def offences(statements: list[str]) -> list[str]:
    """Of one migration; a table that it creates itself may be anything."""
    found = list(_each(statements))
    is_altering = any(_altered(statement, statements) for statement in statements)
    if is_altering and any(_fills(statement, statements) for statement in statements):
        found.append("rows are changed under the lock of an altered table: a migration of its own")
    concurrent = [statement for statement in statements if "CONCURRENTLY" in statement]
    if concurrent and len(_commands(statements)) > 1:
        found.append("a concurrent index stands alone, so that it can be tried again")
    return found


def _each(statements: list[str]) -> Iterator[str]:
    columns = {name for statement in statements for name in ADDED.findall(statement)}
    for statement in _commands(statements):
        if change := _altered(statement, statements):
            yield from (why for what, why in FORBIDDEN.items() if re.search(what, change))
            if "ADD COLUMN" in change and "NOT NULL" in change and "DEFAULT" not in change:
                yield "the old version leaves the column empty: null, or a db_default"
            if re.search(r"ADD CONSTRAINT", change) and "NOT VALID" not in change:
                yield "a constraint reads the table: NOT VALID first, validated by the next migration"
            if "VALIDATE" in change and any("ADD CONSTRAINT" in other for other in statements):
                yield "validated under the lock that added it: in the next migration"
        elif index := INDEX.match(statement):
            is_empty = set(re.findall(r'"(\w+)"', index["rest"])) <= columns
            if not (index["how"] or is_empty or index["table"] in _created(statements)):
                yield "an index reads the table: AddIndexConcurrently"
        elif statement.startswith("DROP TABLE"):
            yield "the old version reads the table"


def _commands(statements: list[str]) -> list[str]:
    return [text for statement in statements if (text := statement.strip()) and text[:2] != "--"]


def _created(statements: list[str]) -> set[str]:
    return {match["table"] for text in _commands(statements) if (match := CREATED.match(text))}


def _altered(statement: str, statements: list[str]) -> str:
    """What is altered of a table that was there before; empty otherwise."""
    match = ALTERED.match(statement.strip())
    return match["change"] if match and match["table"] not in _created(statements) else ""


def _fills(statement: str, statements: list[str]) -> bool:
    match = FILLING.match(statement.strip())
    return PYTHON in statement or bool(match and match["table"] not in _created(statements))
