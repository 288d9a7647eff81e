"""A database and a data folder of a test's own, as `manage.py` would be given them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from psycopg import Connection, connect, sql

from config.operations import checksums, postgres
from config.operations.archive import Table
from tests import database

APP_URL = os.environ.get("DATABASE_URL") or postgres.url(postgres.APP)
# Everything beside the rows: who may do what, what new objects will be given, triggers and rules.
# PostgreSQL words a condition differently once it was restored, so rules are compared by name.
FRAME = """
SELECT relname, relacl::text, pg_get_userbyid(relowner) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v')
UNION ALL SELECT proname, proacl::text, pg_get_userbyid(proowner) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole
UNION ALL SELECT nspname, nspacl::text, '' FROM pg_namespace WHERE nspname = 'public'
UNION ALL SELECT defaclobjtype::text, defaclacl::text, '' FROM pg_default_acl
UNION ALL SELECT tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT conname, contype::text, convalidated::text FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexname, '', '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT extname, '', '' FROM pg_extension
ORDER BY 1, 2, 3
"""


class Place:
    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        folder.mkdir(exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "BRUECKE_TEST": "1",
            "BRUECKE_DATA_DIR": str(self.folder),
            "DATABASE_URL": named(APP_URL, self.name),
            "DATABASE_OWNER_URL": named(database.OWNER_URL, self.name),
        }

    def manage(self, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
        )

    @contextmanager
    def started(
        self, module: str, *arguments: str | Path, **variables: str
    ) -> "Iterator[subprocess.Popen[str]]":
        """`python -m …`, its errors in a file beside the place; it ends with the block."""
        with (self.folder.with_name(f"{self.folder.name}.err")).open("a+") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *map(str, arguments)],
                cwd=settings.BASE_DIR,
                env=self.environment | variables,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
            try:
                yield process
            finally:
                process.terminate()
                process.communicate(timeout=30)

    def app(self) -> Connection:
        return connect(named(APP_URL, self.name), autocommit=True)

    def owner(self) -> Connection:
        return database.owner(self.name)

    def tables(self) -> dict[str, Table]:
        with self.owner() as owner:
            return checksums.tables(owner)

    def frame(self) -> list[Any]:
        with self.owner() as owner:
            return owner.execute(FRAME).fetchall()


def named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextmanager
def place(name: str, folder: Path, *, template: str = "template1") -> Iterator[Place]:
    """Empty, as an administrator makes it after docs/betrieb.md, or a copy of `template`."""
    name = f"{name}_bruecke_{os.getpid()}"
    with database.owner("postgres") as server:
        database.drop_database(server, name)
        database.copy_database(server, template, name)
        for command in (
            "REVOKE ALL ON DATABASE {} FROM PUBLIC",
            f"GRANT CONNECT ON DATABASE {{}} TO {postgres.APP}",
        ):
            server.execute(sql.SQL(command).format(sql.Identifier(name)))
    yield Place(name, folder)
    with database.owner("postgres") as server:
        database.drop_database(server, name)


@contextmanager
def used(name: str) -> Iterator[None]:
    """Django works on that database for a while."""
    former = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = former
