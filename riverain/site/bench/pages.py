"""Pages at a hundred thousand reports, each beside an empty page and the best hand-written SQL for
what it shows, in turns.

One client, one signed-in agent of a front desk who sees all of Lille; residents' pages by their
tracking code. Everything that guards a page is on.
"""

import argparse
import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import urlencode

from riverain.core.refusals import Refused
from riverain.site.bench import agent, ground, places, streets, years
from riverain.site.bench.crowd import WARM_SECONDS
from riverain.site.bench.figures import figures
from riverain.site.bench.measured import Measure

WORKERS, THREADS = 1, 4
MOST_TIMES: Final = 3.0
AGENT: Final = "accueil@demo.example"
# Reports and codes that are opened in turn.
_OPENED: Final = 200

_NARROWED: Final = """
 WHERE r.collectivity_id = %(town)s AND t.family_id = %(family)s AND r.sector_id = %(sector)s
 AND r.channel = 'web' AND r.status IN ('to_process', 'waiting', 'in_progress', 'transferred',
 'landlord', 'rejection_proposed', 'claimed')"""
_KEYS: Final = "SELECT r.id FROM reports_report r JOIN catalogue_type t ON t.id = r.type_id"
_ORDER: Final = " ORDER BY r.priority, r.due_at, r.id"
_ROWS: Final = """
SELECT r.id, r.number, r.status, r.reason, r.resume_on, r.priority, r.channel, r.due_at,
 r.received_at, r.received_has_time, r.address, r.quadkey, r.service_id, r.partner_id, r.sector_id,
 t.name, t.family_id, d.name,
 (SELECT min(one.id) FROM reports_picture one WHERE one.report_id = r.id AND one.seq = 1)
 FROM reports_report r JOIN catalogue_type t ON t.id = r.type_id
 LEFT JOIN territory_area d ON d.id = r.district_id WHERE r.id IN """
_LISTED: Final = f"{_ROWS}({_KEYS}{_NARROWED}{_ORDER} LIMIT 50){_ORDER}"
_COUNT: Final = """
SELECT count(*) FROM reports_report r JOIN catalogue_type t ON t.id = r.type_id"""
_VIEWS: Final = """
SELECT r.status, count(*), count(*) FILTER (WHERE r.due_at < now()),
 count(*) FILTER (WHERE r.due_at >= now() AND r.due_at < current_date + 1),
 count(*) FILTER (WHERE r.agent_id = 1), count(*) FILTER (WHERE r.unanswered),
 count(*) FILTER (WHERE r.work_done_at IS NOT NULL), count(*) FILTER (WHERE r.quadkey IS NULL),
 count(*) FILTER (WHERE NOT r.looked_at), count(*) FILTER (WHERE r.undelivered)
 FROM reports_report r
 WHERE r.collectivity_id = %(town)s AND r.status IN ('to_process', 'waiting', 'in_progress',
 'transferred', 'landlord', 'rejection_proposed', 'claimed') GROUP BY r.status"""
_ONE: Final = """
SELECT r.*, t.name, s.name, p.name, d.name FROM reports_report r
 JOIN catalogue_type t ON t.id = r.type_id JOIN organisation_service s ON s.id = r.service_id
 LEFT JOIN organisation_partner p ON p.id = r.partner_id
 LEFT JOIN territory_area d ON d.id = r.district_id"""
_BY_NUMBER: Final = f"{_ONE} WHERE r.number = %(key)s"
_BY_CODE: Final = f"{_ONE} WHERE r.tracking_code = %(key)s"
_ENTRIES: Final = """
SELECT e.seq, e.kind, e.acting, e.payload, e.at FROM audit_entry e
 WHERE e.stream_kind = 'report' AND e.stream_id = %(id)s ORDER BY e.seq"""
_SAID: Final = """
SELECT v.seq, v.name, v.value FROM audit_personalvalue v
 WHERE v.stream_kind = 'report' AND v.stream_id = %(id)s ORDER BY v.seq, v.name"""


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The figures of each page, and whether they are what we mean them to be."""
    lay(args.reports, houses=streets.HOUSES)
    found: dict[str, Any] = {
        "workers": WORKERS,
        "threads": THREADS,
        "seconds": args.seconds,
        "reports": args.reports,
        "houses": streets.HOUSES,
    }
    with ground.serving(workers=WORKERS, threads=THREADS) as port:
        measures = {
            "worklist": worklist(),
            "report": report(),
            "follow": follow(),
            "map": places.boxes(AGENT),
            "addresses": places.addresses(),
        }
        for name, measure in measures.items():
            found[name] = _measured(measure, port, args.seconds)
    found["meets"] = all(found[name]["meets"] for name in measures)
    return found


def lay(count: int, *, houses: int = 0) -> None:
    """The demo's towns and agents, `count` reports, and `houses` beside the demo's own. Reports
    last: then the database learns what it holds."""
    from riverain.site.demo import people

    ground.lay()
    people.make()
    if houses:
        streets.fill(houses)
    years.fill(count)


def worklist() -> Measure:
    """The open reports of a family, in a sector, from the web: three filters and a view."""
    from riverain.catalogue.models import Family
    from riverain.reports.models import Report

    chosen = _fullest()
    family = Family.objects.get(pk=chosen["type__family_id"])
    address = {
        "vue": "en-cours",
        "famille": family.pk,
        "secteur": chosen["sector_id"],
        "canal": "web",
    }
    first = Report.objects.filter(
        collectivity_id=chosen["collectivity_id"],
        type__family=family,
        sector_id=chosen["sector_id"],
        channel="web",
        closed_at=None,
    ).order_by("priority", "due_at", "id")
    return Measure(
        most=20.0,
        paths=[f"/agents/?{urlencode(address)}"],
        holds=[first[49].number],
        queries=[_LISTED, _COUNT + _NARROWED, _VIEWS],
        values=[
            {
                "town": chosen["collectivity_id"],
                "family": family.pk,
                "sector": chosen["sector_id"],
            }
        ],
        cookie=agent.cookie(AGENT),
        # the same page without a row: no report came by social networks
        empty=f"/agents/?{urlencode(address | {'canal': 'social'})}",
        most_times=MOST_TIMES,
    )


def report() -> Measure:
    """Reports of Lille, ended and not, each by itself."""
    rows = _some()
    return Measure(
        most=12.0,
        paths=[f"/agents/signalements/{number}" for _id, number, _code in rows],
        holds=[number for _id, number, _code in rows],
        queries=[_BY_NUMBER, _ENTRIES, _SAID],
        values=[{"id": pk, "key": number} for pk, number, _code in rows],
        cookie=agent.cookie(AGENT),
    )


def follow() -> Measure:
    """The same reports as their reporters open them."""
    rows = _some()
    return Measure(
        most=10.0,
        paths=[f"/suivi/{code}" for _id, _number, code in rows],
        holds=[number for _id, number, _code in rows],
        queries=[_BY_CODE, _ENTRIES, _SAID],
        values=[{"id": pk, "key": code} for pk, _number, code in rows],
    )


def _fullest() -> dict[str, Any]:
    """The family and sector of Lille with the most open reports from the web."""
    from django.db.models import Count

    from riverain.reports.models import Report

    found = (
        Report.objects.filter(collectivity__slug="lille", channel="web", closed_at=None)
        .values("collectivity_id", "type__family_id", "sector_id")
        .annotate(held=Count("pk"))
        .order_by("-held")
        .first()
    )
    if found is None or found["held"] < years.PAGE:
        raise Refused("Too few reports for a page of 50 with three filters: ask for more.")
    return dict(found)


def _some() -> list[tuple[int, str, str]]:
    from riverain.reports.models import Report

    rows = Report.objects.filter(collectivity__slug="lille").order_by("tracking_code")
    return list(rows.values_list("pk", "number", "tracking_code")[:_OPENED])


def _measured(measure: Measure, port: int, seconds: float) -> dict[str, Any]:
    """Medians and their ratio. Raises RuntimeError when the client met anything but the page."""
    asked = asdict(measure) | {
        "port": port,
        "warm": WARM_SECONDS,
        "seconds": seconds,
    }
    run = subprocess.run(
        [sys.executable, "-m", "riverain.site.bench.page_client"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + 60,
    )
    if run.returncode:
        raise RuntimeError(f"the client failed: {run.stderr.strip()[-2000:]}")
    found = {side: figures(spans, sum(spans)) for side, spans in json.loads(run.stdout).items()}
    times = found["page"].median / (found["raw"].median + found["empty"].median)
    return {
        **{side: asdict(one) for side, one in found.items()},
        "times raw and empty": round(times, 2),
        "median under": measure.most,
        "meets": found["page"].median < measure.most
        and (measure.most_times is None or times <= measure.most_times),
    }
