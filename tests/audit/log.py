"""Entries to prove, and what someone who has the machine can do to them."""

from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import transaction

from riverain.audit.actions import record
from riverain.audit.chain import Stream
from tests.harness import SERVER

STREAM = Stream("report", 7)


def write(count: int = 3, stream: Stream = STREAM) -> None:
    with transaction.atomic():
        for number in range(count):
            record(
                stream=stream,
                kind="report.noted",
                acting="agent:1",
                payload={"number": number, "nested": {"é": [1, None, True]}},
                personal={"text": f"Bonjour n° {number}"},
            )


def as_superuser(*statements: str) -> None:
    """Past the role and past the trigger; each statement must hit something."""
    url = urlunsplit(urlsplit(SERVER)._replace(path=f"/{settings.DATABASES['default']['NAME']}"))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SET session_replication_role = replica")
        for statement in statements:
            assert server.execute(statement).rowcount > 0
