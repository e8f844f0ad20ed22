"""Status changes a second through HTTP, beside the raw database writing the same rows.

Eight agents' browsers, two web workers: each takes its reports in hand, puts them off, takes them
in hand again. Everything that a step asks for is on: the session, the rights, the form, the row
locked, the log with its words, the job for the mail.
"""

import argparse
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final

from riverain.core import clock
from riverain.core.refusals import Refused
from riverain.site.bench import agent, ground, pages
from riverain.site.bench.crowd import crowd
from riverain.site.bench.raw_move_client import TEXT

WORKERS, THREADS, CLIENTS = 2, 4, 8
# What we mean to reach on a machine with two cores (docs/bench.md).
LEAST_RATE: Final = 250.0
_AGENT: Final = "coordination@demo.example"
_SERVICE: Final = "proprete"
# Of each client.
_REPORTS: Final = 5


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The figures, and whether they are what we mean them to be."""
    pages.lay(args.reports)
    shares = deal()
    half = len(shares) // 2
    raw = crowd(
        "riverain.site.bench.raw_move_client",
        {"shares": shares[half:]},
        clients=CLIENTS,
        seconds=args.seconds,
    )
    with ground.serving(workers=WORKERS, threads=THREADS) as port:
        http = crowd(
            "riverain.site.bench.move_client",
            browsers(port, shares[:half]),
            clients=CLIENTS,
            seconds=args.seconds,
        )
    return {
        "workers": WORKERS,
        "threads": THREADS,
        "clients": CLIENTS,
        "seconds": args.seconds,
        "reports": args.reports,
        "http": asdict(http),
        "raw": asdict(raw),
        "ratio": round(http.rate / raw.rate, 3),
        "a second at least": LEAST_RATE,
        "meets": http.rate >= LEAST_RATE,
    }


def browsers(port: int, shares: list[list[tuple[str, int]]]) -> dict[str, Any]:
    """What each client is told: where, who it is, its reports and what it does with them."""
    put_off = {
        "reason": "material",
        "resume_on": (clock.now() + timedelta(days=30)).date().isoformat(),
        "text": TEXT,
        "note": "",
    }
    return {
        "port": port,
        "cookie": agent.cookie(_AGENT),
        "csrf": agent.CSRF,
        "shares": shares,
        "steps": [("prendre", {}), ("attente", put_off)],
    }


def deal() -> list[list[tuple[str, int]]]:
    """For each client of both sides its own reports to process, each with the number of its last
    entry: nobody waits for another's row."""
    from riverain.reports.models import Report

    rows = Report.objects.filter(
        collectivity__slug="lille", service__code=_SERVICE, status="to_process", nature="report"
    ).order_by("pk")
    wanted = 2 * CLIENTS * _REPORTS
    held = list(rows.values_list("number", "seq")[:wanted])
    if len(held) < wanted:
        raise Refused(f"Too few reports to process, {len(held)} of {wanted}: ask for more.")
    return [held[client :: 2 * CLIENTS] for client in range(2 * CLIENTS)]
