"""Reports accepted a second through HTTP, beside the raw database writing the same rows.

Everything that guards and serves a submission is on: limits, blocked senders, locating, routing,
the log, the jobs; proof of work is off (a browser's work, not ours), there is no photo, and each
report comes from an address of its own through a trusted proxy.
"""

import argparse
from dataclasses import asdict
from typing import Any

from riverain.site.bench import ground
from riverain.site.bench.crowd import crowd

WORKERS, THREADS = 2, 4
CLIENTS = (1, 8)
# What we mean to reach on a machine with two cores (docs/bench.md).
LEAST_RATIO = 0.15
MOST_P95 = 60.0
# Inside Lille's outline as the demo draws it.
_BOX = (3.045, 50.625, 3.075, 50.64)
_TYPE = "sac-plein"


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The figures, by number of clients, and whether they are what we mean them to be."""
    ground.lay()
    found: dict[str, Any] = {"workers": WORKERS, "threads": THREADS, "seconds": args.seconds}
    with ground.serving(workers=WORKERS, threads=THREADS) as port:
        for clients in CLIENTS:
            raw = crowd(
                "riverain.site.bench.raw_client",
                {"like": _like()},
                clients=clients,
                seconds=args.seconds,
            )
            http = crowd(
                "riverain.site.bench.submit_client",
                form(port),
                clients=clients,
                seconds=args.seconds,
            )
            found[f"{clients} clients"] = {
                "http": asdict(http),
                "raw": asdict(raw),
                "ratio": round(http.rate / raw.rate, 3),
            }
    busiest = found[f"{CLIENTS[-1]} clients"]
    found["meets"] = busiest["ratio"] >= LEAST_RATIO and busiest["http"]["p95"] < MOST_P95
    return found


def form(port: int) -> dict[str, Any]:
    """What each client sends, and where."""
    return {
        "port": port,
        "path": f"/signaler/type/{_TYPE}",
        "uuid_field": "submission",
        "box": _BOX,
        "fields": {
            "address": "12 rue des Postes, 59000 Lille",
            "description": "Bonjour, la poubelle publique devant le numéro 12 déborde depuis ce"
            " matin, des sacs sont posés autour et les pigeons les ont ouverts.",
            "phone": "",
            "name": "",
        },
    }


def _like() -> dict[str, int]:
    """The identifiers that the raw rows refer to."""
    from riverain.catalogue.models import Type
    from riverain.organisation.models import ServiceCollectivity
    from riverain.territory.models import Area, Collectivity

    lille = Collectivity.objects.get(slug="lille").pk
    return {
        "collectivity": lille,
        "type": Type.objects.get(collectivity_id=lille, code=_TYPE).pk,
        "service": ServiceCollectivity.objects.get(
            collectivity_id=lille, code="proprete"
        ).service_id,
        "district": Area.objects.get(collectivity_id=lille, code="wazemmes").pk,
        "sector": Area.objects.filter(collectivity_id=lille, kind="sector").earliest("pk").pk,
    }
