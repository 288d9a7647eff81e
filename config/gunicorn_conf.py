"""gunicorn: two processes with four threads; behind a proxy that terminates TLS."""

import gc
import os
from typing import Any

from gunicorn.http.wsgi import Response

from config import logs

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("BRUECKE_WEB_PROCESSES") or 2)
threads = 4
worker_class = "config.web_worker.WebWorker"  # gthread with deadlines
preload_app = True  # loaded once and forked: a process that dies is replaced at once
timeout = 60
graceful_timeout = 10
forwarded_allow_ips = ""  # X-Forwarded-* counts only through BRUECKE_PROXIES (config/settings.py)
logconfig_dict = logs.configuration(verbose=False)
accesslog = None  # config.middleware.RequestLogMiddleware writes the request lines
control_socket_disable = True


def when_ready(server: Any) -> None:
    """What is loaded stays: the collector need not go through it, in no process, with every request."""
    gc.collect()
    gc.freeze()


with_server_header = Response.default_headers


def without_server_header(response: Response) -> list[str]:
    """Name and version of the server are nobody's business; gunicorn has no setting for it."""
    return [line for line in with_server_header(response) if not line.startswith("Server:")]


Response.default_headers = without_server_header
