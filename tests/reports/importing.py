"""A small export of another tool, its mapping, and the run of both, for the tests of imports."""

import csv
import io
from textwrap import dedent

from riverain.reports.acting import System
from riverain.reports.imports import loading, mapping
from riverain.territory.queries import collectivity_by_slug

MAPPING = dedent(
    """
    source: dansmarue
    identifiant: id_dmr
    reçu le: {colonne: datedecl, format: "%Y-%m-%d"}
    adresse: adresse
    description: soustype
    position:
      colonne: geo_point_2d
      motif: "'lon': (?P<lon>-?[0-9.]+), 'lat': (?P<lat>-?[0-9.]+)"
    canal:
      colonne: prefixe
      valeurs: {Android: mobile, Page DMR Paris.fr: web}
    types:
      - {si: {type: "Graffitis*"}, type: nid-de-poule}
      - {si: {type: Propreté, soustype: "[] Patrouille*"}, type: depot}
      - {si: {type: Propreté}, type: sac-plein}
      - {si: {type: Inconnu}, type: type-sans-nom}
      - {si: {type: Sans suite}, type: encombrants}
      - {si: {type: Bravo}, type: bravo-proprete}
    """
)
FIELDS = ("id_dmr", "type", "soustype", "adresse", "datedecl", "prefixe", "geo_point_2d")


def point(lon=3.045, lat=50.63) -> str:
    return f"{{'lon': {lon}, 'lat': {lat}}}"


def row(external_id: str, **said: str) -> dict[str, str]:
    """One line of the export, in Wazemmes and right unless said."""
    return {
        "id_dmr": external_id,
        "type": "Propreté",
        "soustype": "Déjections canines",
        "adresse": "1 rue Henner, 75009 PARIS",
        "datedecl": "2026-03-10",
        "prefixe": "Android",
        "geo_point_2d": point(),
        **said,
    }


def text(*rows: dict[str, str], fields=FIELDS) -> str:
    """The rows as a CSV file."""
    content = io.StringIO(newline="")
    writer = csv.DictWriter(content, fields, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return content.getvalue()


class InterruptedRunError(Exception):
    """Stands for Ctrl-C or a power cut between two batches."""


def load(
    content: str | io.StringIO, *, town="lille", plan=MAPPING, progress=None
) -> loading.Outcome:
    said = {"progress": progress} if progress else {}
    return loading.load(
        acting=System("import"),
        collectivity=collectivity_by_slug(town),
        mapping=mapping.read(plan),
        lines=io.StringIO(content, newline="") if isinstance(content, str) else content,
        **said,
    )


def reasons(outcome: loading.Outcome) -> dict[str, str]:
    """Why each identifier was refused."""
    return {one.external_id: one.reason for one in outcome.refused}
