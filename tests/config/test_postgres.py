"""The embedded PostgreSQL survives what machines do to it. Each test drives a server of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from config.operations import postgres

pytestmark = pytest.mark.long


class Server:
    """`python -m config.operations.postgres` on a data folder of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {**os.environ, "BRUECKE_DATA_DIR": str(folder)}
        self.environment.pop("DATABASE_URL", None)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "config.operations.postgres", *arguments]

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*arguments),
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=90,
        )

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self.command(*arguments),
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=pipe,
            stderr=pipe,
            text=True,
        )

    def query(self, statement: str) -> str:
        done = self.run("psql", "-Atc", statement)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def processes(self) -> list[int]:
        """Everything that works in this cluster; the postmaster is the oldest."""
        found = Path("/proc").glob("[0-9]*")
        cluster = self.folder / "postgres"
        return sorted(int(entry.name) for entry in found if postgres.works_in(entry, cluster))


@pytest.fixture
def server(reachable_folder: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    server = Server(reachable_folder / request.node.name[-20:])
    yield server
    server.run("stop")


def test_start_twice_stop_twice(server: Server) -> None:
    assert "steht" in server.run("status").stdout
    assert "läuft" in server.run("start").stdout
    assert "läuft" in server.run("start").stdout
    assert "steht" in server.run("stop").stdout
    assert "steht" in server.run("stop").stdout


def test_data_survive_restart(server: Server) -> None:
    server.query("CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)")
    server.run("stop")

    assert server.query("SELECT id FROM kept") == "7"


def test_start_after_postmaster_was_killed(server: Server) -> None:
    server.query("CREATE TABLE kept (id int)")
    os.kill(server.processes()[0], signal.SIGKILL)

    assert "läuft" in server.run("start").stdout
    assert server.query("SELECT count(*) FROM kept") == "0"


def test_start_waits_for_a_server_that_recovers(server: Server) -> None:
    """After a crash of one session the living server lets nobody in for a while; a second one would harm."""
    server.run("start")
    living = server.processes()[0]
    os.kill(living, signal.SIGSTOP)
    try:
        starting = server.begin("start")
        time.sleep(5)
        assert starting.poll() is None
    finally:
        os.kill(living, signal.SIGCONT)

    said, _ = starting.communicate(timeout=90)
    assert "läuft" in said
    assert server.processes()[0] == living


def test_start_after_everything_was_killed(server: Server) -> None:
    server.query("CREATE TABLE kept (id int)")
    for process in server.processes():
        os.kill(process, signal.SIGKILL)

    assert "läuft" in server.run("start").stdout
    assert server.query("SELECT count(*) FROM kept") == "0"


def test_start_with_pid_file_of_a_foreign_process(server: Server) -> None:
    server.run("start")
    for process in server.processes():
        os.kill(process, signal.SIGKILL)
    pid_file = server.folder / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))

    assert "läuft" in server.run("start").stdout


def test_start_after_interrupted_initdb(server: Server) -> None:
    (server.folder / "postgres.part").mkdir(parents=True)
    (server.folder / "postgres.part" / "PG_VERSION").write_text("18")

    assert "läuft" in server.run("start").stdout


def test_two_starts_at_once_share_one_server(server: Server) -> None:
    both = [server.begin("start"), server.begin("start")]
    outputs = [process.communicate(timeout=90) for process in both]

    assert [process.returncode for process in both] == [0, 0], outputs
    assert server.query("SELECT count(*) FROM pg_database WHERE datname = 'bruecke'") == "1"


def test_long_path_gets_a_short_socket(reachable_folder: Path) -> None:
    far = Server(reachable_folder / ("lang" * 12) / ("weit" * 12))
    try:
        assert "läuft" in far.run("start").stdout
    finally:
        far.run("stop")


def test_broken_cluster_is_explained(server: Server) -> None:
    server.run("start")
    server.run("stop")
    (server.folder / "postgres" / "global" / "pg_control").unlink()

    done = server.run("start")

    assert done.returncode == 1
    assert "PostgreSQL startet nicht" in done.stderr
    assert "Ausweg" in done.stderr
    assert "Traceback" not in done.stderr


def test_folder_without_programs_is_explained(server: Server) -> None:
    server.environment["BRUECKE_POSTGRES_BINARIES"] = "/nirgendwo"

    done = server.run("start")

    assert done.returncode == 1
    assert "In /nirgendwo liegt kein PostgreSQL-Server" in done.stderr


def test_server_listens_on_no_port(server: Server) -> None:
    assert server.query("SHOW listen_addresses") == ""
    assert server.query("SHOW fsync") == "on"


def test_logins_have_no_power(server: Server) -> None:
    powers = "rolsuper, rolcreaterole, rolbypassrls, rolreplication"
    names = f"'{postgres.OWNER}', '{postgres.APP}'"

    rows = server.query(f"SELECT DISTINCT {powers} FROM pg_roles WHERE rolname IN ({names})")

    assert rows == "f|f|f|f"


def test_socket_is_private(server: Server) -> None:
    server.run("start")

    assert (server.folder / "socket").stat().st_mode & 0o077 == 0


def test_wanted_only_without_database_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert postgres.is_wanted()

    monkeypatch.setenv("DATABASE_URL", "postgresql://x@/y")
    assert not postgres.is_wanted()


def test_not_wanted_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for mode in postgres.MODES:
        monkeypatch.delenv(mode, raising=False)

    assert not postgres.is_wanted()


def test_conninfo_is_understood_by_psycopg() -> None:
    parts = psycopg.conninfo.conninfo_to_dict(postgres.url(postgres.APP))

    assert parts["user"] == postgres.APP
    assert parts["host"] == str(postgres.socket_folder())
