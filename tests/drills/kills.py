"""kill -9, of processes of one trial only, and how long its service is away."""

import os
import random
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import psycopg

from tests.drills.visitor import Visitor
from tests.trial import Trial

LONGEST = 60.0
T = TypeVar("T")
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE usename = 'bruecke_app'"
HEARTBEAT = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > to_timestamp(%s)"


def web_server(trial: Trial) -> list[int]:
    """gunicorn itself: the one whose parent is not gunicorn."""
    everybody = trial.descendants("config.wsgi")
    return [pid for pid in everybody if parent(pid) not in everybody]


def web_process(trial: Trial) -> list[int]:
    everybody = trial.descendants("config.wsgi")
    return (
        [random.choice(found)]
        if (found := [p for p in everybody if parent(p) in everybody])
        else []
    )


def worker(trial: Trial) -> list[int]:
    return trial.descendants("manage.py", "worker")


def database(trial: Trial) -> list[int]:
    return [trial.database_server()]


def database_session(trial: Trial) -> list[int]:
    """One backend; PostgreSQL then throws all sessions out and recovers."""
    return [row[0] for row in trial.rows(BACKENDS)][:1]


KINDS: dict[str, Callable[[Trial], list[int]]] = {
    "Webserver": web_server,
    "Webprozess": web_process,
    "Worker": worker,
    "Datenbank": database,
    "Datenbanksitzung": database_session,
}


def kill(trial: Trial, kind: str, visitors: Sequence[Visitor]) -> float:
    """Seconds until everything is there again and a write that was begun afterwards is answered."""
    victims = wait_for(lambda: KINDS[kind](trial))
    killed, clock = time.monotonic(), time.time()
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: wrote_since(visitors, killed))
    wait_for(lambda: is_whole(trial, clock if kind == "Worker" else 0))
    return time.monotonic() - killed


def wrote_since(visitors: Sequence[Visitor], moment: float) -> bool:
    return any(begun > moment for visitor in visitors for begun, _ in visitor.written[-3:])


def is_whole(trial: Trial, since: float) -> bool:
    """Two web processes under one server, and a worker that has reported since then."""
    try:
        reported = trial.rows(HEARTBEAT, since)[0][0]
    except psycopg.Error:
        return False
    return bool(reported) and len(trial.descendants("config.wsgi")) == 3 and bool(worker(trial))


def wait_for(condition: Callable[[], T]) -> T:
    deadline = time.monotonic() + LONGEST
    while not (found := condition()):
        assert time.monotonic() < deadline, "Brücke did not come back"
        time.sleep(0.1)
    return found


def parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
