"""A server set up by the shell blocks of docs/betrieb.md, in an empty folder instead of `/`."""

import os
import re
import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from config.operations import postgres
from config.operations.postgres_programs import account
from tests.operations.machine import machine, make_programs
from tests.operations.supervisor import Supervisor, nginx_of

PAGE, FILES = postgres.ROOT / "docs" / "betrieb.md", postgres.ROOT / "docs" / "betrieb"
# Made of LAST_BEFORE, by pg_dump 15: every server reads it.
BEFORE = Path(__file__).with_name("before-0.2.zip")
BINARIES = Path("/usr/lib/postgresql/15/bin")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
FOLDERS = ("bin", "cluster", "log", "nginx/sites-available", "nginx/sites-enabled", "ssl", "units")


class Server:
    def __init__(self, folder: Path, commit: str = "") -> None:
        self.folder = folder
        self.table = machine(folder)
        self.address = self.table["https://bruecke.example"]
        for name in FOLDERS:
            (folder / name).mkdir(parents=True)
        nginx = nginx_of(folder)
        make_programs(folder, self.table, " ".join(nginx))
        self.make_certificate()
        self.offer(commit or newest())
        self.start_database()
        self.supervisor = Supervisor(folder, nginx)

    def here(self, text: str) -> str:
        for theirs, ours in self.table.items():
            text = text.replace(theirs, ours)
        return text

    def follow(self, *, since: str = "", until: str = "") -> None:
        """The blocks between two headings, one after the other in one shell, as somebody types them."""
        page = PAGE.read_text()
        part = page[page.index(since) : page.index(until) if until else None]
        self.type(self.here("\n".join(BLOCK.findall(part))))

    def type(self, commands: str) -> str:
        script = self.folder / "blocks.sh"
        script.write_text(commands)
        done = subprocess.run(
            ["bash", "-e", script],
            cwd=self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert done.returncode == 0, f"{done.stdout}\n{self.said()}"
        return done.stdout

    def environment(self) -> dict[str, str]:
        ours = ("BRUECKE", "DATABASE", "DJANGO", "VIRTUAL_ENV", "PYTHON", "PG")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return kept | {"PATH": f"{self.folder}/bin:{kept['PATH']}"}

    def make_certificate(self) -> None:
        command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
        command += " -addext subjectAltName=DNS:localhost -keyout privkey.pem -out fullchain.pem"
        run(*command.split(), cwd=self.folder / "ssl")

    def offer(self, commit: str) -> None:
        """What a clone now gets: a version of this checkout, with the values of this machine in its files."""
        source = self.folder / "source"
        if not source.exists():
            run("git", "clone", "--quiet", "--no-checkout", postgres.ROOT, source)
        run("git", "checkout", "--quiet", "--force", "-B", "main", commit, cwd=source)
        shutil.copytree(FILES, source / "docs" / "betrieb", dirs_exist_ok=True)
        for path in (source / "docs" / "betrieb").iterdir():
            path.write_text(self.here(path.read_text()))
        author = ("-c", "user.name=Betrieb", "-c", "user.email=betrieb@haus.example")
        run("git", "add", "--all", cwd=source)
        run("git", *author, "commit", "--quiet", "--message=Machine", cwd=source)

    def start_database(self) -> None:
        cluster = self.folder / "cluster"
        if os.geteuid() == 0:
            shutil.chown(cluster, account().name)
        host, _, port = self.table["127.0.0.1:5432"].partition(":")
        options = f"-c listen_addresses={host} -c port={port} -c unix_socket_directories={cluster} -c fsync=off"
        words = "--username=postgres --auth-local=trust --auth-host=scram-sha-256 --locale=C.UTF-8"
        self.database("initdb", *words.split(), "--encoding=UTF8", "-D", cluster)
        log = cluster / "server.log"
        self.database("pg_ctl", "start", "-w", "-D", cluster, "-l", log, "-o", options)

    def database(self, program: str, *words: str | Path) -> None:
        done = account().run(BINARIES / program, *words)
        assert done.returncode == 0, done.stdout

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        request = urllib.request.Request(f"{self.address}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=80, context=self.trust()) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "ssl" / "fullchain.pem"))

    def said(self) -> str:
        logs = sorted((self.folder / "log").iterdir())
        return "\n".join(f"{log.name}: {log.read_text()[-2000:]}" for log in logs)

    def shut_down(self) -> None:
        self.supervisor.shut_down()
        self.database("pg_ctl", "stop", "-m", "immediate", "-D", self.folder / "cluster")


def missing_packages() -> str:
    found = {"postgresql-15": BINARIES / "initdb", "nginx": Path("/usr/sbin/nginx")}
    return " ".join(name for name, program in found.items() if not program.exists())


def newest() -> str:
    command = ["git", "rev-parse", "HEAD"]
    return subprocess.run(
        command, cwd=postgres.ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


def run(*command: str | Path, cwd: Path | None = None) -> None:
    subprocess.run([str(word) for word in command], cwd=cwd, check=True, capture_output=True)
