"""Stands in for systemd where none runs: `systemctl` for the unit files that docs/betrieb.md installs.

It keeps sockets open while their service restarts, gives a service nothing but its EnvironmentFile, and ends it
with SIGTERM. Accounts and sandboxes of the units are not its business.
"""

import configparser
import os
import shlex
import signal
import socket
import socketserver
import subprocess
import sys
import threading
from pathlib import Path

SYSTEMCTL = """#!{python}
import socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect("{address}")
    server.sendall(" ".join(sys.argv[1:]).encode() + b"\\n")
    sys.exit(server.makefile().read() or None)
"""
# Socket activation: https://www.freedesktop.org/software/systemd/man/latest/sd_listen_fds.html
WITH_SOCKET = 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@" 3<&{number}'


class Supervisor:
    def __init__(self, folder: Path, nginx: list[str]) -> None:
        self.units, self.logs = folder / "units", folder / "log"
        self.nginx = nginx
        self.sockets: dict[str, socket.socket] = {}
        self.services: dict[str, subprocess.Popen[bytes]] = {}
        address = folder / "systemd.sock"
        self.server = socketserver.UnixStreamServer(str(address), self.handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        program = folder / "bin" / "systemctl"
        program.write_text(SYSTEMCTL.format(python=sys.executable, address=address))
        program.chmod(0o755)

    def handler(self) -> type[socketserver.StreamRequestHandler]:
        supervisor = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                try:
                    supervisor.obey(self.rfile.readline().decode().split())
                except Exception as error:
                    self.wfile.write(repr(error).encode())

        return Handler

    def obey(self, words: list[str]) -> None:
        match words:
            case ["daemon-reload"]:
                pass
            case ["reload", "nginx"]:
                signal_it = ["-s", "reload"] if self.nginx_runs() else []
                subprocess.run([*self.nginx, *signal_it], check=True)
            case ["enable", "--now", *units] | ["restart", *units]:
                for unit in units:
                    self.restart(unit)
            case _:
                raise ValueError(words)

    def nginx_runs(self) -> bool:
        """`nginx -t` leaves an empty file."""
        pid = self.units.parent / "nginx" / "nginx.pid"
        return pid.exists() and bool(pid.read_text().strip())

    def restart(self, unit: str) -> None:
        parts = configparser.ConfigParser(interpolation=None)
        parts.optionxform = str  # type: ignore[assignment,method-assign]
        assert parts.read(self.units / unit), unit
        if unit.endswith(".socket"):
            host, _, port = parts["Socket"]["ListenStream"].partition(":")
            self.sockets[unit] = socket.create_server((host, int(port)), backlog=4096)
        else:
            self.stop(unit)
            opened = self.sockets.get(parts["Unit"].get("Requires", ""))
            self.services[unit] = self.start(unit, parts["Service"], opened)

    def start(
        self, unit: str, service: configparser.SectionProxy, opened: socket.socket | None
    ) -> "subprocess.Popen[bytes]":
        command, kept = shlex.split(service["ExecStart"]), tuple[int, ...]()
        if opened:
            kept = (opened.fileno(),)
            command = ["bash", "-c", WITH_SOCKET.format(number=kept[0]), "bash", *command]
        lines = Path(service["EnvironmentFile"]).read_text().splitlines()
        with (self.logs / f"{unit}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=service["WorkingDirectory"],
                env={"PATH": os.defpath, **dict(line.split("=", 1) for line in lines)},
                stdout=log,
                stderr=log,
                pass_fds=kept,
                start_new_session=True,
            )

    def stop(self, unit: str) -> None:
        process = self.services.pop(unit, None)
        if process is None:
            return
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def shut_down(self) -> None:
        for process in self.services.values():
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if self.nginx_runs():
            subprocess.run([*self.nginx, "-s", "quit"], check=False)
        for opened in self.sockets.values():
            opened.close()
        self.server.shutdown()
        self.server.server_close()


def nginx_of(folder: Path) -> list[str]:
    """Debian's nginx with the files it would find under /etc/nginx and /var in a folder of the test's own."""
    home = folder / "nginx"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    spools = "".join(f"{kind}_temp_path {home}/{kind};" for kind in kinds)
    (home / "nginx.conf").write_text(
        f"pid {home}/nginx.pid; error_log {folder}/log/nginx.log; worker_processes 2;"
        f"events {{ worker_connections 768; }}"
        f"http {{ access_log {folder}/log/access.log; {spools} include {home}/sites-enabled/*; }}"
    )
    return ["/usr/sbin/nginx", "-c", str(home / "nginx.conf")]
