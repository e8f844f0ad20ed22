"""Where and when a picture was taken, as its camera wrote it: offered to its sender as the place of
their report, then dropped with the rest of the metadata (`pictures.prepare` keeps pixels alone)."""

import io
import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from PIL import Image

from riverain.files.pictures import FORMATS

# EXIF 2.32 (CIPA DC-008), 4.6.3 and 4.6.6.
_GPS: Final = 0x8825
_EXIF: Final = 0x8769
_TAKEN: Final = 0x9003
_SOUTH_OR_NORTH, _LATITUDE, _EAST_OR_WEST, _LONGITUDE = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Seen:
    """Degrees (WGS 84) as they stand there, and the camera's own time, which has no zone. None: it
    does not say."""

    lon: float | None = None
    lat: float | None = None
    taken: datetime | None = None


def seen_in(content: bytes) -> Seen:
    """Reads the header alone: nothing is decoded before `pictures.prepare` has room for it. Raises
    nothing, whatever the content: a picture without a place is a picture all the same."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            # Pillow decodes a whole PNG in search of an EXIF that does not stand before its pixels.
            if image.format == "PNG" and "exif" not in image.info:
                return Seen()
            exif = image.getexif()
            lon, lat = _point(exif.get_ifd(_GPS))
            return Seen(lon, lat, _moment(exif.get_ifd(_EXIF).get(_TAKEN)))
    except Exception:  # noqa: BLE001 - decoders raise whatever a hostile file makes them
        return Seen()


def _point(gps: Mapping[int, Any]) -> tuple[float | None, float | None]:
    with suppress(KeyError, TypeError, ValueError, ZeroDivisionError):
        lat = _degrees(gps[_LATITUDE]) * (-1 if gps[_SOUTH_OR_NORTH] == "S" else 1)
        lon = _degrees(gps[_LONGITUDE]) * (-1 if gps[_EAST_OR_WEST] == "W" else 1)
        # Cameras without a fix write zeros.
        if (lat, lon) != (0, 0):
            return lon, lat
    return None, None


def _degrees(parts: Any) -> float:
    whole, minutes, seconds = (float(part) for part in parts)
    return whole + minutes / 60 + (0 if math.isnan(seconds) else seconds) / 3600


def _moment(text: Any) -> datetime | None:
    with suppress(TypeError, ValueError):
        return datetime.strptime(text.strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - no zone is said
    return None
