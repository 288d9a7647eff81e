"""/healthz for the supervisor of the processes, /csp-bericht for browsers that refused something."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import psycopg
import structlog
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from config.operations import backups, squashed

log = structlog.stdlib.get_logger("csp")
LONGEST_SILENCE = "60 seconds"  # the worker writes every ten
PATIENCE = 1.5  # seconds; whoever asks is answered within two
ASKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="healthz")
WAITING = """
SELECT count(*), extract(epoch FROM now() - min(coalesce(scheduled_at, deferred.at)))::integer
FROM procrastinate_jobs
LEFT JOIN LATERAL (
    SELECT max(at) AS at FROM procrastinate_events WHERE job_id = procrastinate_jobs.id
) AS deferred ON true
WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
"""


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The numbers are for who asks past the proxy: how much is waiting tells when something happened."""
    is_there = database_answers()
    state = {"database": is_there, "migrations": False, "worker": False}
    numbers: dict[str, Any] = {"queue": None, "oldest_job_seconds": None}
    if is_there:
        with suppress(DatabaseError):
            state["worker"] = worker_is_alive()
            numbers = waiting_jobs()
            state["migrations"] = migrations_are_applied()
    if "X-Forwarded-For" in request.headers:
        numbers = {}
    else:
        numbers["last_backup"] = last_backup()
    return JsonResponse(state | numbers, status=200 if all(state.values()) else 503)


def database_answers() -> bool:
    """Within PATIENCE, by a connection of its own: to wait for one of the pool takes longer."""
    answer = ASKER.submit(ask_database, backups.conninfo())
    try:
        return answer.result(PATIENCE)
    except TimeoutError:
        answer.cancel()  # if one before it is still waiting
        return False


def ask_database(conninfo: str) -> bool:
    try:
        with psycopg.connect(conninfo, connect_timeout=2, tcp_user_timeout=2000) as database:
            database.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


def worker_is_alive() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(last_heartbeat) > now() - %s::interval, false) FROM procrastinate_workers",
            [LONGEST_SILENCE],
        )
        return bool(cursor.fetchone()[0])


def waiting_jobs() -> dict[str, Any]:
    """What could begin now and has not; a job that waits for its hour is not late."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return dict(zip(("queue", "oldest_job_seconds"), cursor.fetchone(), strict=True))


def migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    loader = executor.loader
    waiting = executor.migration_plan(loader.graph.leaf_nodes())
    return not (waiting or squashed.refusal(loader, loader.applied_migrations))


def last_backup() -> str | None:
    try:
        return backups.last_time().read_text()
    except OSError:
        return None


@login_not_required
@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Logs which rule refused what kind of source; addresses of pages stay out of the log."""
    if len(request.headers.get("Content-Length", "")) > 4:
        return HttpResponse(status=413)
    try:
        report = json.loads(request.body)["csp-report"]
        directive = str(report["effective-directive"])[:60]
        source = urlsplit(str(report.get("blocked-uri", "")))
    except (ValueError, KeyError, TypeError, AttributeError, RawPostDataException):
        return HttpResponse(status=400)
    log.warning("csp-report", directive=directive, blocked=(source.hostname or source.path)[:60])
    return HttpResponse(status=204)
