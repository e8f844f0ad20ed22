"""A worker, run in the test's own process until no job is due."""

import asyncio

from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params


def work_off() -> None:
    """Does every job that is due. For tests that commit: the worker has connections of its own."""
    database = connections.settings["default"]
    kept = database["CONN_MAX_AGE"]
    # Jobs run in threads that end with this call: none may leave its connection open.
    database["CONN_MAX_AGE"] = 0
    try:
        asyncio.run(_work())
    finally:
        database["CONN_MAX_AGE"] = kept


async def _work() -> None:
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2)
    worker = app.with_connector(connector)
    async with worker.open_async():
        await worker.run_worker_async(
            wait=False, listen_notify=False, install_signal_handlers=False
        )
    await sync_to_async(connections.close_all)()
