"""/healthz for the supervisor of the processes, /csp-bericht for browsers that refused something."""

import json
from urllib.parse import urlsplit

import structlog
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

log = structlog.get_logger("csp")
LONGEST_SILENCE = "60 seconds"  # the worker writes every ten


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    state = {"database": False, "migrations": False, "worker": False}
    try:
        state["worker"] = worker_is_alive()
        state["database"] = True
        state["migrations"] = migrations_are_applied()
    except DatabaseError:
        state["database"] = database_answers()
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def worker_is_alive() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(last_heartbeat) > now() - %s::interval, false) FROM procrastinate_workers",
            [LONGEST_SILENCE],
        )
        return bool(cursor.fetchone()[0])


def migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


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
