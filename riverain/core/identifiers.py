"""Identifiers: codes that people read, keys that nobody guesses, the quadkey of a point."""

import math
import re
import secrets
import unicodedata

from riverain.core.texts import composed

# 27 symbols, without those that are mistaken for another when read aloud or copied by hand:
# of 0/O, 1/I/L, 5/S none, of 8/B only B, of U/V only V.
ALPHABET = "234679ABCDEFGHJKMNPQRTVWXYZ"
CODE_LENGTH = 12

# The quadkey's depth: 31 levels of two bits fit a signed 64-bit integer.
LEVELS = 31
# Web Mercator is square between these latitudes (EPSG:3857).
MAX_LATITUDE = 85.05112878


def tracking_code() -> str:
    """A new tracking code, `K7QX-92MP-4TFC`: 57 bits, so that guessing one among ten million
    takes more tries than the limits on `/suivi` let through in centuries."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(symbols[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def normal_code(text: str) -> str | None:
    """The code as we store it, from what a person typed (case, blanks, dashes, quotation marks and
    full stops do not count); None when it cannot be one."""
    symbols = re.sub(r"[\W_]", "", text).upper()
    if len(symbols) != CODE_LENGTH or any(symbol not in ALPHABET for symbol in symbols):
        return None
    return "-".join(symbols[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def random_key() -> str:
    """A key of 192 bits, safe in addresses and file names."""
    return secrets.token_urlsafe(24)


def quadkey(lon: float, lat: float) -> int:
    """The Web-Mercator tile of depth 31 that holds a point, as one sortable integer.

    All points of a tile of depth d share the integer's first 2d bits, so that a tile, a box or a
    neighbourhood is a range of a B-tree. `lon` and `lat` are degrees, WGS84.
    """
    lat = max(-MAX_LATITUDE, min(MAX_LATITUDE, lat))
    size = 1 << LEVELS
    x = int((lon + 180.0) / 360.0 * size)
    sine = math.sin(math.radians(lat))
    y = int((0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * size)
    return interleaved(min(max(x, 0), size - 1), min(max(y, 0), size - 1))


def interleaved(column: int, row: int) -> int:
    """The quadkey of a tile of depth 31, from its two numbers (Morton order)."""
    return _spread(column) | (_spread(row) << 1)


def slug(text: str) -> str:
    """Lower-case ASCII words joined by dashes: "Faubourg de Béthune" → "faubourg-de-bethune"."""
    whole = composed(text.replace("œ", "oe").replace("Œ", "oe"))
    plain = unicodedata.normalize("NFKD", whole)
    ascii_text = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")


def _spread(value: int) -> int:
    """Puts a zero bit between the bits of a 32-bit value."""
    value = (value | (value << 16)) & 0x0000FFFF0000FFFF
    value = (value | (value << 8)) & 0x00FF00FF00FF00FF
    value = (value | (value << 4)) & 0x0F0F0F0F0F0F0F0F
    value = (value | (value << 2)) & 0x3333333333333333
    return (value | (value << 1)) & 0x5555555555555555
