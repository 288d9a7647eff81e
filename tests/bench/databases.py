"""Databases of the bench's own, in a cluster of its own: one for each size, filled by `generate_load`."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from psycopg import connect, sql

from config.operations import postgres

FOREIGN = (
    "BRUECKE_TEST", "BRUECKE_DEBUG", "BRUECKE_LOGIN", "BRUECKE_HOSTS", "DATABASE_URL", "DATABASE_OWNER_URL",
)  # fmt: skip
SECRET_KEY = "only-for-measuring-" * 4


@dataclass(frozen=True)
class Database:
    size: int
    url: str
    # Rows besides the partnerships, and the seconds it took to write all of them; 0 when kept.
    dependent: int = 0
    seconds: float = 0.0

    def environment(self, settings: str) -> dict[str, str]:
        return environment(settings, DATABASE_URL=self.url)


def environment(settings: str, **more: str) -> dict[str, str]:
    """That of `make run`, with another database."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {
        **kept,
        "BRUECKE_DEMO": "1",
        "BRUECKE_DATA_DIR": str(postgres.DATA),
        "BRUECKE_SECRET_KEY": SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": settings,
        **more,
    }


def prepared(size: int, *, keep: bool = False) -> Database:
    """Made anew, because the seconds of `generate_load` are one of the figures, or kept from before."""
    name = f"bruecke_bench_{size}"
    if keep and exists(name):
        return Database(size, postgres.url(postgres.APP, name))
    with connect(postgres.url("postgres", "postgres"), autocommit=True) as server:
        known = sql.Identifier(name)
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(known))
        owner = sql.Identifier(postgres.OWNER)
        server.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(known, owner))
    owner_url, app_url = postgres.url(postgres.OWNER, name), postgres.url(postgres.APP, name)
    own = environment("config.settings", DATABASE_URL=app_url)
    as_owner = {"BRUECKE_LOGIN": "owner", "DATABASE_OWNER_URL": owner_url}
    manage({**own, **as_owner}, "migrate", "--verbosity=0")
    manage(own, "load_register")
    started = time.monotonic()
    said = manage(own, "generate_load", f"--partnerships={size}", "--rounds=2")
    seconds = time.monotonic() - started
    with connect(owner_url, autocommit=True) as database:
        database.execute("VACUUM ANALYZE")  # what autovacuum does within minutes
    found = re.search(r"abhängige Zeilen: (\d+)", said)
    assert found, said
    return Database(size, app_url, int(found[1]), seconds)


def exists(name: str) -> bool:
    with connect(postgres.url("postgres", "postgres")) as server:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        return server.execute(query, [name]).fetchone() is not None


def manage(variables: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=postgres.ROOT, env=variables, text=True, capture_output=True)
    if done.returncode:
        sys.exit(f"manage.py {' '.join(arguments)}:\n{done.stdout}{done.stderr}")
    return done.stdout


def logs() -> Path:
    folder = postgres.DATA / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
