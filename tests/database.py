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

from config import postgres
from config.logins import event_tables

OWNER_URL = os.environ.get("DATABASE_OWNER_URL") or postgres.url(postgres.OWNER)
NAME = settings.DATABASES["default"]["TEST"]["NAME"] + os.environ.get("PYTEST_XDIST_WORKER", "")
SETTINGS_OF = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
privileges_on_event_tables: dict[str, set[str]] = {}  # as migrated, before the tests' own grants


def create() -> None:
    template = f"{NAME}_{fingerprint()}"
    with owner("postgres") as server:
        drop_database(server, NAME)
        made = server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{NAME}\\_%"]
        )
        known = {row[0] for row in made.fetchall()}
        for outdated in known - {template}:
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
    connection.close()  # whatever state the last test left it in
    end_other_sessions()
    connection.close()
    with owner("postgres") as server:
        drop_database(server, NAME)


def end_other_sessions() -> None:
    """Threads of a live server may outlive their test; only the app login may end its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


def fingerprint() -> str:
    folders = settings.BASE_DIR.glob("*/migrations")
    files = sorted(path for folder in folders for path in folder.glob("*.py"))
    content = b"".join(path.read_bytes() for path in files)
    packages = "".join(version(name) for name in ("Django", "procrastinate", "django-pghistory"))
    return hashlib.sha256(content + packages.encode()).hexdigest()[:12]


def owner(database: str) -> Connection:
    return connect(make_conninfo(OWNER_URL, dbname=database), autocommit=True)


def drop_database(server: Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


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
