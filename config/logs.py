"""Structured logs: one JSON line per event on standard error, without e-mail addresses, bodies or query strings."""

import logging
import logging.config
import re
import traceback
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured
from structlog.typing import EventDict, Processor, WrappedLogger

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def without_addresses(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    for key, value in event.items():
        if isinstance(value, str) and "@" in value:
            event[key] = ADDRESS.sub("[Adresse]", value)
    return event


def without_paths(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    if event.get("logger") == "django.request":
        event["event"] = "unhandled-error"
    return event


class WithoutUnavailable(logging.Filter):
    """A 503 is an answer that somebody meant, not an error that nobody handled."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) != 503


def with_bare_exception(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Type and place of an exception; its message may quote what somebody typed."""
    info: Any = event.pop("exc_info", None)
    if info is True or not info:
        return event
    error = info if isinstance(info, BaseException) else info[1]
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        event["exception"] = type(error).__name__
        if isinstance(error, ImproperlyConfigured):  # our own sentence to the operator
            event["reason"] = str(error)
        event["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def configure(*, verbose: bool) -> None:
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(configuration(verbose=verbose))


def configuration(*, verbose: bool) -> dict[str, Any]:
    processors = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        with_bare_exception,
        without_paths,
        without_addresses,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": processors,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "filters": {"without_unavailable": {"()": WithoutUnavailable}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            # Their messages carry paths, senders or whole jobs; RequestLogMiddleware says what is needed.
            "django.request": {"level": "ERROR", "filters": ["without_unavailable"]},
            "django.security": {"level": "CRITICAL"},
            "django.server": {"level": "INFO" if verbose else "CRITICAL"},
            "procrastinate": {"level": "WARNING"},
            "mail.log": {"level": "WARNING"},
            "gunicorn.error": {"handlers": [], "propagate": True},
        },
    }
