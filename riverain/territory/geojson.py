"""Reading a GeoJSON file (RFC 7946, and the `crs` member of the 2008 format that French open data
still carries). Only the envelope is judged here; each geometry is in `geometry`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from riverain.core.refusals import Invalid

# All communes of the largest metropolis, undigested, take about 20 MB.
MAX_BYTES = 40_000_000
MAX_FEATURES = 10_000


@dataclass(frozen=True, slots=True)
class RawFeature:
    """A feature as the file has it, unchecked. `position` counts from 1."""

    position: int
    properties: Mapping[str, object]
    geometry: object


@dataclass(frozen=True, slots=True)
class FeatureFile:
    """`crs` is what the file says of its coordinates, empty when it says nothing; `digest` is the
    SHA-256 of its bytes.
    """

    features: tuple[RawFeature, ...]
    crs: str
    digest: str


def open_file(path: Path) -> FeatureFile:
    """Reads a file from disk. Raises Invalid for one that is missing, unreadable or too large."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Invalid(
            _("Le fichier « %(path)s » n’existe pas.") % {"path": path}, field="file"
        ) from None
    except OSError as error:
        raise Invalid(
            _("Le fichier « %(path)s » ne peut pas être lu : %(reason)s.")
            % {"path": path, "reason": error.strerror},
            field="file",
        ) from None
    return read(content)


def read(content: bytes) -> FeatureFile:
    """The features of a Feature or FeatureCollection.

    Raises Invalid for what is too large, not UTF-8, not JSON, too deep, or not GeoJSON.
    """
    document = _parsed(content)
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection":
        raw = document.get("features")
    elif kind == "Feature":
        raw = [document]
    else:
        raise Invalid(
            _(
                "Ce fichier n’est pas un GeoJSON de zones : il doit être une « FeatureCollection »"
                " ou une « Feature »."
            ),
            field="file",
        )
    if not isinstance(raw, list) or not raw:
        raise Invalid(_("Ce fichier ne contient aucune entité."), field="file")
    if len(raw) > MAX_FEATURES:
        raise Invalid(
            _("Ce fichier contient %(count)d entités ; la limite est de %(limit)d.")
            % {"count": len(raw), "limit": MAX_FEATURES},
            field="file",
        )
    features = tuple(_feature(position, item) for position, item in enumerate(raw, start=1))
    return FeatureFile(
        features=features, crs=_crs(document), digest=hashlib.sha256(content).hexdigest()
    )


def _parsed(content: bytes) -> Any:
    if len(content) > MAX_BYTES:
        raise Invalid(
            _("Ce fichier dépasse %(limit)d Mo.") % {"limit": MAX_BYTES // 1_000_000},
            field="file",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            _(
                "Ce fichier n’est pas en UTF-8 (octet %(offset)d) : enregistrez-le dans cet"
                " encodage, puis recommencez."
            )
            % {"offset": error.start},
            field="file",
        ) from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Invalid(
            _("Ce fichier n’est pas du JSON valide (ligne %(line)d, colonne %(column)d).")
            % {"line": error.lineno, "column": error.colno},
            field="file",
        ) from None
    except (RecursionError, ValueError):
        # Brackets nested without end, or a number of thousands of digits.
        raise Invalid(
            _("Ce fichier n’est pas un GeoJSON : ses crochets ou ses nombres sont démesurés."),
            field="file",
        ) from None


def _feature(position: int, item: object) -> RawFeature:
    if not isinstance(item, dict) or item.get("type") != "Feature":
        raise Invalid(
            _("L’élément n° %(position)d du fichier n’est pas une « Feature ».")
            % {"position": position},
            field="file",
        )
    properties = item.get("properties")
    return RawFeature(
        position=position,
        properties=properties if isinstance(properties, dict) else {},
        geometry=item.get("geometry"),
    )


def _crs(document: Mapping[str, Any]) -> str:
    """The name in `{"crs": {"type": "name", "properties": {"name": …}}}`; another form (a link)
    comes back as it is written, for `projections.epsg` to refuse: guessing would put a town in
    the sea.
    """
    crs = document.get("crs")
    if crs is None:
        return ""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else repr(crs)[:80]
