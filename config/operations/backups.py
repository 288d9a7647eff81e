"""`manage.py backup`, by PostgreSQL's own programs and with the owner login; what `restore` needs of them, too."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from config.operations import archive, checksums, postgres
from config.operations.archive import ArchiveError, Manifest
from ui import disk

PARTS = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
NOT_LIBPQ = {"options", "pool"}
DUMP_OPTIONS = ("--format=custom", "--no-owner", "--no-comments", "--compress=6")


@dataclass(frozen=True)
class Programs:
    """pg_dump, pg_restore and psql of one folder, told by the environment where the database is."""

    folder: Path
    environment: dict[str, str]

    def run(self, name: str, *arguments: str | Path, **options: Any) -> None:
        done = subprocess.run(
            self.command(name, *arguments),
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )
        if done.returncode:
            raise failure(name, done.returncode, done.stderr)

    def command(self, name: str, *arguments: str | Path) -> list[str]:
        return [str(self.folder / name), *map(str, arguments)]


def failure(name: str, code: int, said: str) -> ArchiveError:
    is_full = disk.tells_full(said) or code == -signal.SIGXFSZ
    reason = f"{disk.FULL} Bitte Platz schaffen und den Befehl wiederholen.\n" if is_full else ""
    return ArchiveError(f"{name} ist fehlgeschlagen: {reason}{said.strip()}")


def documents() -> Path:
    """Where uploaded files lie, beside nothing else."""
    return Path(settings.DATA_DIR) / archive.DOCUMENTS


def conninfo() -> str:
    """The database of Django's alias, without the limits that suit web requests."""
    parts = {PARTS[name]: connection.settings_dict[name] for name in PARTS}
    options = connection.settings_dict["OPTIONS"]
    extra = {name: value for name, value in options.items() if name not in NOT_LIBPQ}
    return make_conninfo(**{name: value for name, value in (parts | extra).items() if value})


@contextmanager
def owner() -> Iterator["psycopg.Connection[Any]"]:
    with psycopg.connect(conninfo(), autocommit=True) as database:
        yield database


def programs(database: "psycopg.Connection[Any]") -> Programs:
    """Those of the server's own version, else the next newer ones."""
    server = database.info.server_version // 10_000
    known = {version: folder for folder in folders() if (version := version_of(folder)) >= server}
    if not known:
        raise ArchiveError(
            f"pg_dump, pg_restore und psql der Version {server} fehlen. Bitte das Paket "
            f"postgresql-client-{server} installieren."
        )
    return Programs(known[min(known)], environment())


def folders() -> Iterator[Path]:
    """Later ones win: what is on the PATH, for the same version."""
    with suppress(postgres.PostgresError):  # not installed
        yield postgres.binaries()
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if found := shutil.which("pg_restore"):
        yield Path(found).parent


def version_of(folder: Path) -> int:
    """0 where something is missing."""
    if not all((folder / name).exists() for name in ("pg_dump", "pg_restore", "psql")):
        return 0
    said = subprocess.run([str(folder / "pg_dump"), "--version"], capture_output=True, text=True)
    found = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(found[1]) if found else 0


def environment() -> dict[str, str]:
    """libpq reads it; on a command line everybody could read the password."""
    options = pq.Conninfo.parse(conninfo().encode())
    given = {o.envvar.decode(): o.val.decode() for o in options if o.val and o.envvar}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | given


def backup(target: Path) -> Manifest:
    if target.exists():
        raise ArchiveError(f"{target} gibt es schon. Bitte einen anderen Namen wählen.")
    if not target.parent.is_dir():
        raise ArchiveError(f"Den Ordner {target.parent} gibt es nicht.")
    with archive.explained():
        return archive.write(target, documents(), dump)


def note_time() -> None:
    """For /healthz; web and backup share the folder of the documents."""
    last_time().write_text(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")


def last_time() -> Path:
    return Path(settings.DATA_DIR) / "last-backup"


def dump(path: Path) -> Manifest:
    """List and dump see the same moment, whoever writes meanwhile."""
    with owner() as database, database.transaction():
        database.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = database.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        manifest = checksums.manifest(database)
        snapshot = f"--snapshot={row[0]}"
        programs(database).run("pg_dump", *DUMP_OPTIONS, snapshot, f"--file={path}")
    return manifest
