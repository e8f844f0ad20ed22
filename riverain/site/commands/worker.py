"""Does the background work: events told on, mails, periodic jobs.

Run at least one. Jobs wait in PostgreSQL while none runs, and are done when one comes back.
"""

import argparse
import asyncio
import contextlib
import logging
import signal
from typing import Any

from riverain.site import commands

EXAMPLE = "riverain worker --concurrency 4"

_LOG = logging.getLogger("riverain.worker")
_STOP_SECONDS = 15.0  # what a running job gets to finish in
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 15.0  # seconds between two tries to reach the database


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--concurrency", type=commands.count, default=4, help="jobs at once (%(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    for handler in logging.getLogger().handlers:
        handler.addFilter(without_trace)
    asyncio.run(Work(args.concurrency).forever())
    return 0


def without_trace(record: logging.LogRecord) -> bool:
    """One line for a lost database: a trace of the library's inside tells an operator nothing."""
    import django.db
    import psycopg
    from procrastinate import exceptions

    lost = (exceptions.ConnectorException, psycopg.OperationalError, django.db.OperationalError)
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, lost):
        record.msg, record.args = " ".join(record.getMessage().split()), None
        record.exc_info = record.exc_text = None
    return True


class Work:
    def __init__(self, concurrency: int) -> None:
        self.concurrency = concurrency
        self.stopping = asyncio.Event()
        self.current: asyncio.Task[None] | None = None

    def stop(self) -> None:
        self.stopping.set()
        if self.current is not None:
            self.current.cancel()

    async def forever(self) -> None:
        """Works until a signal asks to stop, through every absence of the database."""
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, self.stop)
        wait = _FIRST_WAIT
        while not self.stopping.is_set():
            started = loop.time()
            self.current = asyncio.create_task(self.once())
            with contextlib.suppress(asyncio.CancelledError):
                await self.current
            if self.stopping.is_set():
                return
            if loop.time() - started > _LONGEST_WAIT:
                wait = _FIRST_WAIT
            _LOG.warning("The worker lost the database and tries again in %.1f seconds.", wait)
            self.current = asyncio.create_task(asyncio.sleep(wait))
            with contextlib.suppress(asyncio.CancelledError):
                await self.current
            wait = min(wait * 2, _LONGEST_WAIT)

    async def once(self) -> None:
        """Works until it is cancelled or the database goes away; cancelled, it ends its jobs.

        The tasks keep Django's connection, so that what they defer is part of their transaction;
        only the worker itself uses the pool.
        """
        import psycopg
        import psycopg_pool
        from asgiref.sync import sync_to_async
        from django.db import connections
        from procrastinate import PsycopgConnector, exceptions
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.utils import connector_params

        # Periodic jobs are deferred on Django's connection of this thread: a dead one is let go.
        await sync_to_async(connections.close_all)()
        connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4, timeout=10)
        worker: Any = app.with_connector(connector)
        try:
            async with worker.open_async():
                await worker.run_worker_async(
                    concurrency=self.concurrency,
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=_STOP_SECONDS,
                )
        except (exceptions.ConnectorException, psycopg.Error, psycopg_pool.PoolTimeout) as error:
            _LOG.warning("The worker stopped: %s", error.__cause__ or error)
