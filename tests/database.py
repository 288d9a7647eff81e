"""The database of a test run, made as owner, used as app login.

Migrating takes seconds, so its result stays as a template database named after the migrations' content.
"""

import hashlib
import os
from importlib.metadata import version

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Connection, connect, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import InsufficientPrivilege

from config import postgres
from config.logins import event_tables

OWNER_URL = os.environ.get("DATABASE_OWNER_URL") or postgres.url(postgres.OWNER)
PREFIX = "test_bruecke"
NAME = f"{PREFIX}_{os.getpid()}"  # runs side by side do not meet
SETTINGS_OF = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
ONE_TEMPLATE_AT_A_TIME = 7_402_118  # key of an advisory lock
privileges_on_event_tables: dict[str, set[str]] = {}  # as migrated, before the tests' own grants


def create() -> None:
    with owner("postgres") as server:
        server.execute("SELECT pg_advisory_lock(%s)", [ONE_TEMPLATE_AT_A_TIME])
        template = f"{PREFIX}_template_{fingerprint()}"
        known = existing(server)
        for outdated in known - {template}:
            if not is_in_use(outdated):
                drop_database(server, outdated)
        if template not in known:
            copy_database(server, "template1", NAME)
            migrate()
            copy_database(server, NAME, template)
        else:
            copy_database(server, template, NAME)
    with owner(NAME) as database:
        remember_privileges(database)
        database.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {postgres.APP}")
    connection.settings_dict["NAME"] = NAME


def drop() -> None:
    connection.close()
    with owner("postgres") as server:
        drop_database(server, NAME)


def existing(server: Connection) -> set[str]:
    names = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
    return {row[0] for row in names.fetchall()}


def is_in_use(name: str) -> bool:
    """The database of a test run that is still alive."""
    pid = name.removeprefix(f"{PREFIX}_")
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def fingerprint() -> str:
    folders = settings.BASE_DIR.glob("*/migrations")
    files = sorted(path for folder in folders for path in folder.glob("*.py"))
    content = b"".join(path.read_bytes() for path in files)
    names = ("Django", "django-allauth", "django-pghistory", "procrastinate")
    packages = "".join(version(name) for name in names)
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


def remember_privileges(database: Connection) -> None:
    for table in event_tables():
        rows = database.execute(
            "SELECT privilege FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege "
            "WHERE has_table_privilege(%s, %s, privilege)",
            [postgres.APP, table],
        )
        privileges_on_event_tables[table] = {row[0] for row in rows.fetchall()}
