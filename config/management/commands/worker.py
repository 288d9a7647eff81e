import asyncio
import os
import signal
import sys
import time
from typing import Any

import psycopg
import structlog
from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections, connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from config.demonstration import refuse_demonstration
from config.logins import refuse_too_much_power

log = structlog.stdlib.get_logger("worker")
PAUSE = 1.0
ENDINGS = (signal.SIGINT, signal.SIGTERM)
LOST = (psycopg.OperationalError, psycopg.InterfaceError)


class Command(BaseCommand):
    """A worker that loses the database waits for it and begins anew, with nothing left of what it knew."""

    help = "Arbeitet Aufträge ab: Mails, Erinnerungen, lange Arbeiten."

    def handle(self, *args: Any, **options: Any) -> None:
        await_database()
        refuse_too_much_power()
        refuse_demonstration()
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL's connection has one
        if asyncio.run(work()):
            return
        log.warning("database-lost")
        time.sleep(PAUSE)
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - ourselves, as we were called


def await_database() -> None:
    while True:
        try:
            connection.ensure_connection()
        except OperationalError:
            log.warning("database-does-not-answer")
            time.sleep(PAUSE)
        else:
            return


async def work() -> bool:
    """True when somebody asked for the end, False when the database was lost."""
    jobs, is_asked = asyncio.create_task(take_jobs()), False
    loop = asyncio.get_running_loop()

    def end() -> None:
        nonlocal is_asked
        is_asked = True
        for number in ENDINGS:
            loop.remove_signal_handler(number)  # who asks twice does not want to wait
        jobs.cancel()  # those that run are finished

    for number in ENDINGS:
        loop.add_signal_handler(number, end)
    try:
        await jobs
    except asyncio.CancelledError:
        pass
    except (ConnectorException, psycopg.Error) as error:
        if not is_asked and not isinstance(error.__cause__ or error, LOST):
            raise
    return is_asked


async def take_jobs() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as current:  # type: ignore[attr-defined]
        async with current.open_async():
            await current.run_worker_async(
                concurrency=2,
                delete_jobs="never",
                install_signal_handlers=False,
                task_middleware=[with_living_connection],
            )


def with_living_connection(run: Any, context: Any, worker: Any) -> Any:
    """In the thread of the job; its connection goes back to the pool, which knows a dead one."""
    close_old_connections()
    try:
        return run()
    finally:
        close_old_connections()
