"""`make run` and `make stop`: one process that prepares the trial and keeps database, web server and worker together.

Whoever holds the lock file is the running Brücke; the kernel frees it when that process dies, however it dies,
and takes web server and worker with it.
"""

import contextlib
import ctypes
import errno
import fcntl
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import IO

from config.operations import postgres
from config.operations.preflight import Obstacle, port, require_free_port, require_space

LOCK = postgres.DATA / "run.lock"
LOGS = postgres.DATA / "log"
BOOT_SECONDS, STOP_SECONDS = 60, 20
LOOK_EVERY = 1.0
SHORTEST_LIFE, GIVE_UP_AFTER = 10.0, 3  # seconds, and how often in a row
PR_SET_PDEATHSIG = 1  # of Linux' prctl


def run() -> None:
    started = time.monotonic()
    os.environ["BRUECKE_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # nohup
            signal.signal(number, interrupt)
    with sole_process():
        require_free_port(port())
        require_space(200, str(postgres.DATA))
        os.environ["BRUECKE_SECRET_KEY"] = kept("secret-key", secrets.token_urlsafe(60))
        try:
            prepare()
            with children() as (web, worker):
                logins = manage("load_trial")
                await_first_answer(web)
                worker.start()  # later: two cores are busy enough until somebody can sign in
                announce(logins, time.monotonic() - started)
                watch((web, worker))
        except KeyboardInterrupt:
            pass
        finally:
            ignore_signals()
            if postgres.is_wanted():
                postgres.stop()
            say(f"Brücke ist beendet. Die Daten bleiben in {postgres.DATA} erhalten.")


def prepare() -> None:
    if postgres.is_wanted():
        postgres.start()
    manage("migrate", "--verbosity=0", "--skip-checks")


def manage(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=postgres.ROOT,
        text=True,
        stdout=subprocess.PIPE,
    )
    if done.returncode:
        raise Obstacle(
            f"`manage.py {' '.join(arguments)}` ist fehlgeschlagen; der Grund steht darüber.\n{done.stdout}"
        )
    return done.stdout


@contextlib.contextmanager
def sole_process() -> Iterator[None]:
    postgres.DATA.mkdir(parents=True, exist_ok=True)
    with LOCK.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Obstacle("Brücke läuft in diesem Ordner schon. Ausweg: make stop") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def kept(name: str, value: str) -> str:
    """A secret of this clone, made once."""
    path = postgres.DATA / name
    if not path.exists() or not path.read_text():
        path.touch(mode=0o600)
        path.write_text(value)
    return path.read_text()


@contextlib.contextmanager
def children() -> Iterator[tuple["Child", "Child"]]:
    LOGS.mkdir(exist_ok=True)
    web = Child(
        "Webserver", "web", ["-m", "gunicorn", "-c", "config/gunicorn_conf.py", "config.wsgi"]
    )
    worker = Child("Worker", "worker", ["manage.py", "worker"])
    try:
        web.start()
        yield web, worker
    finally:
        ignore_signals()
        for child in (web, worker):
            child.ask_to_stop()
        for child in (web, worker):
            child.wait()


class Child:
    """A process of its own session, so that Ctrl-C reaches it only through us, and dying with us."""

    def __init__(self, title: str, name: str, arguments: list[str]) -> None:
        self.title, self.arguments = title, arguments
        self.log = LOGS / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.started, self.short_lives = 0.0, 0

    def start(self) -> None:
        self.started = time.monotonic()
        with self.log.open("wb") as log:
            self.process = self.spawn(log)

    def revive(self) -> None:
        was_short = time.monotonic() - self.started < SHORTEST_LIFE
        self.short_lives = self.short_lives + 1 if was_short else 0
        if self.short_lives >= GIVE_UP_AFTER:
            raise Obstacle(
                f"{self.title} fällt immer wieder aus ({self.log}):\n{self.last_words()}"
            )
        say(f"{self.title} war weg und wird neu gestartet.")
        self.end_group()
        self.start()

    def end_group(self) -> None:
        """What the dead one left behind would hold the port; its session is its group."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def spawn(self, log: IO[bytes]) -> "subprocess.Popen[bytes]":
        command = [sys.executable, *self.arguments]
        return subprocess.Popen(
            command,
            cwd=postgres.ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def ask_to_stop(self) -> None:
        if self.process and not self.has_ended():
            self.process.terminate()

    def wait(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])


def die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def await_first_answer(web: Child) -> None:
    deadline = time.monotonic() + BOOT_SECONDS
    while time.monotonic() < deadline:
        if web.has_ended():
            raise Obstacle(f"Der Webserver startet nicht ({web.log}):\n{web.last_words()}")
        with contextlib.suppress(OSError):
            if answers(f"http://127.0.0.1:{port()}/healthz"):
                return
        time.sleep(0.2)
    raise Obstacle(f"Der Webserver antwortet nicht ({web.log}):\n{web.last_words()}")


def answers(address: str) -> bool:
    with contextlib.suppress(urllib.error.HTTPError):  # 503 while the worker has not reported yet
        urllib.request.urlopen(address, timeout=5)  # noqa: S310 - our own loopback address
    return True


def watch(services: Sequence["Child"]) -> None:
    """Until somebody ends it: whatever dies comes back, unless it dies again and again."""
    while True:
        time.sleep(LOOK_EVERY)
        if postgres.is_wanted() and not postgres.is_ready():
            say("Die Datenbank war weg und wird neu gestartet.")
            postgres.start()
        for service in services:
            if service.has_ended():
                service.revive()


def announce(logins: str, seconds: float) -> None:
    say(logins.rstrip())
    say(f"\nBrücke läuft nach {seconds:.0f} s auf http://127.0.0.1:{port()}/")
    say(f"Beenden mit Strg+C oder `make stop`. Protokolle: {LOGS}")


def stop() -> None:
    os.environ["BRUECKE_DEMO"] = "1"
    if pid := running_pid():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 3 * STOP_SECONDS
    while running_pid():
        if time.monotonic() > deadline:
            raise Obstacle(
                f"Prozess {pid} endet nicht. Ausweg: kill -9 {pid}, dann noch einmal make stop"
            )
        time.sleep(0.2)
    if postgres.is_wanted() and postgres.DATA.exists():
        postgres.stop()
    say("Brücke ist beendet.")


def running_pid() -> int | None:
    """The process that holds the lock; a pid alone would prove nothing."""
    if not LOCK.exists():
        return None
    with LOCK.open("r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(lock.read() or 0) or None
    return None


def interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    try:
        stop() if sys.argv[1:] == ["stop"] else run()
    except PermissionError as error:
        sys.exit(
            f"{error.filename} gehört einem anderen Benutzer. Bitte mit diesem starten oder den Ordner löschen."
        )
    except (Obstacle, postgres.PostgresError) as obstacle:
        sys.exit(str(obstacle))
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        sys.exit(
            f"Der Datenträger von {postgres.DATA} ist voll. Bitte Platz schaffen und erneut starten."
        )


if __name__ == "__main__":
    main()
