"""Opens a page over and over, beside an empty page and the database's own answer, in turns: what
the neighbours of this machine cost falls on all three alike."""

import http.client
import json
import os
import random
import sys
import time
from typing import Any

import psycopg

from riverain.site.bench.turns import given

_FINE = 200


class Reader:
    """One kept-alive connection of one signed-in browser."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", asked["port"], timeout=30)
        self.cookie = asked["cookie"]
        self.random = random.Random(1)

    def open(self, path: str, holds: str) -> None:
        """Reads one page whole. Raises RuntimeError unless it is fine and `holds` these words."""
        self.connection.request(
            "GET",
            path,
            headers={
                "Accept-Language": "fr",
                "Cookie": self.cookie,
                # another visitor each time: no limit is met
                "X-Forwarded-For": ".".join(str(self.random.randrange(1, 255)) for _ in range(4)),
            },
        )
        response = self.connection.getresponse()
        content = response.read()
        if response.status != _FINE or holds.encode() not in content:
            raise RuntimeError(f"{path}: {response.status}, {content[:300]!r}")


def main() -> None:
    """Prints the durations, in seconds, of the page, the empty page and the query."""
    asked = given()
    reader = Reader(asked)
    durations: dict[str, list[float]] = {"page": [], "empty": [], "raw": []}
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as raw:
        warm = time.monotonic() + asked["warm"]
        until = warm + asked["seconds"]
        turn = 0
        while (now := time.monotonic()) < until:
            place = turn % len(asked["paths"])
            turn += 1
            begun = time.perf_counter()
            reader.open(asked["empty"], "")
            emptied = time.perf_counter()
            reader.open(asked["paths"][place], asked["holds"][place])
            opened = time.perf_counter()
            for query in asked["queries"]:
                rows = raw.execute(query, asked["values"][place], prepare=True).fetchall()
                if not rows:
                    raise RuntimeError("the query found nothing")
            ended = time.perf_counter()
            if now >= warm:
                durations["empty"].append(emptied - begun)
                durations["page"].append(opened - emptied)
                durations["raw"].append(ended - opened)
    sys.stdout.write(json.dumps(durations))


if __name__ == "__main__":
    main()
