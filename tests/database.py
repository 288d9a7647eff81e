"""The databases of a test run, made as owner, used as app login.

Filling one takes seconds, copying it a tenth of one. So what tests begin with stays on the server as
templates, named after what they were made of: migrated and empty, the world of the harness, the real
register. A process of the run has a copy of each it asks for.

    python -m tests.database

makes the empty one before the tests begin, and a copy of it for `manage.py`.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Connection, connect, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import InsufficientPrivilege

from config.operations import postgres
from ministries.clock import today
from tests import server

OWNER_URL = os.environ.get("DATABASE_OWNER_URL") or postgres.url(postgres.OWNER)
PREFIX = "test_bruecke"
NAME = f"{PREFIX}_{os.getpid()}"  # runs side by side do not meet
SETTINGS_OF = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
ONE_TEMPLATE_AT_A_TIME = 7_402_118  # key of an advisory lock
from_migrations: set[str] = set()  # tables with rows that every test finds
PACKAGES = ("Django", "django-allauth", "django-pghistory", "procrastinate")
# What the templates are made of, beside the migrations.
WORLD = ("tests/*factories.py", "tests/harness/*.py", "tests/harness/*.csv")
REGISTER = ("data/register/*.csv", "*/*/loading.py", "*/*/*/loading.py", "ministries/loading/*.py")


def create() -> None:
    """The empty one, and with it the database that Django's alias is."""
    with owner("postgres") as server:
        server.execute("SELECT pg_advisory_lock(%s)", [ONE_TEMPLATE_AT_A_TIME])
        known = existing(server)
        for outdated in known - {empty(), world(), register()}:
            if not is_in_use(outdated):
                drop_database(server, outdated)
        if empty() in known:
            copy_database(server, empty(), NAME)
        else:
            copy_database(server, "template1", NAME)
            migrate()
            copy_database(server, NAME, empty())
    connection.settings_dict["NAME"] = NAME
    with owner(NAME) as database:
        from_migrations.update(tables_with_rows(database))


def renew() -> None:
    """As empty as it was created. To copy the template anew takes ten times longer."""
    connection.close()
    with owner(NAME) as database:
        used = sql.SQL(", ").join(map(sql.Identifier, tables_with_rows(database) - from_migrations))
        if used.as_string(database):
            database.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(used))


def tables_with_rows(database: Connection) -> set[str]:
    tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    asked = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, sql.Identifier(name))
        for (name,) in tables.fetchall()
    ]
    return {row[0] for row in database.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall()}


@contextmanager
def filled(template: str, fill: Callable[[], None]) -> Iterator[None]:
    """Meanwhile Django's alias is this process's copy of the template, which `fill` makes if need be."""
    name = f"{NAME}_{template.split('_')[2]}"
    with owner("postgres") as server:
        server.execute("SELECT pg_advisory_lock(%s)", [ONE_TEMPLATE_AT_A_TIME])
        known = existing(server)
        if template not in known:
            copy_database(server, empty(), name)
            with connected_to(name):
                fill()
            analyse(name)
            copy_database(server, name, template)
        elif name not in known:
            copy_database(server, template, name)
    with connected_to(name):
        yield


def analyse(name: str) -> None:
    """What autovacuum does within minutes; only the owner of a table may."""
    with owner(name) as database:
        database.execute("ANALYZE")


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def drop() -> None:
    connection.close()
    with owner("postgres") as server:
        for name in existing(server):
            if name == NAME or name.startswith(f"{NAME}_"):
                drop_database(server, name)


def existing(server: Connection) -> set[str]:
    names = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
    return {row[0] for row in names.fetchall()}


def is_in_use(name: str) -> bool:
    """The database of a test run that is still alive."""
    pid = name.removeprefix(f"{PREFIX}_").partition("_")[0]
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def empty() -> str:
    return f"{PREFIX}_template_{fingerprint()}"


def world() -> str:
    """Of one day: deadlines and periods lie around it."""
    return f"{PREFIX}_world_{fingerprint(*WORLD)}_{today():%Y%m%d}"


def register() -> str:
    return f"{PREFIX}_register_{fingerprint(*REGISTER)}_{today():%Y%m%d}"


@cache
def fingerprint(*patterns: str) -> str:
    root = Path(settings.BASE_DIR)
    paths = {path for pattern in ("*/migrations/*.py", *patterns) for path in root.glob(pattern)}
    content = b"".join(path.read_bytes() for path in sorted(paths))
    packages = "".join(version(name) for name in PACKAGES)
    return hashlib.sha256(content + packages.encode()).hexdigest()[:12]


def owner(database: str) -> Connection:
    return connect(make_conninfo(OWNER_URL, dbname=database), autocommit=True)


def drop_database(server: Connection, name: str) -> None:
    """An autovacuum that looks at it cannot be ended by `FORCE`; without, the server waits for it."""
    command = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    try:
        server.execute(command + sql.SQL(" WITH (FORCE)"))
    except InsufficientPrivilege:
        server.execute(command)


def copy_database(server: Connection, source: str, target: str) -> None:
    command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    server.execute(command.format(sql.Identifier(target), sql.Identifier(source)))


def migrate() -> None:
    """Django's alias borrows the owner login for this one command."""
    app_login = dict(connection.settings_dict)
    use_owner_login(connection)
    call_command("migrate", verbosity=0)
    connection.close()
    connection.settings_dict.update(app_login)


def use_owner_login(alias: BaseDatabaseWrapper) -> None:
    parts = conninfo_to_dict(OWNER_URL)
    login = {setting: str(parts.get(part) or "") for setting, part in SETTINGS_OF.items()}
    alias.settings_dict.update(login, NAME=NAME)


def main() -> None:
    """While one process of a run migrates, the other waits: `.ci/run` does it beside the linters."""
    server.start()
    django.setup()
    create()
    drop()
    with owner("postgres") as there:
        drop_database(there, postgres.DATABASE)
        copy_database(there, empty(), postgres.DATABASE)


if __name__ == "__main__":
    main()
