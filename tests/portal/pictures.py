"""Photos as phones make them, with what they note of the place and the moment."""

import io

from PIL import Image
from PIL.TiffImagePlugin import IFDRational


def photo_from(point, *, taken, size=(60, 40)):
    """A JPEG taken at a point (longitude, latitude); `taken` as EXIF writes it."""
    lon, lat = point
    exif = Image.Exif()
    exif[0x8825] = {
        1: "N" if lat >= 0 else "S",
        2: _degrees(abs(lat)),
        3: "E" if lon >= 0 else "W",
        4: _degrees(abs(lon)),
    }
    exif[0x8769] = {0x9003: taken}
    content = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(content, "JPEG", exif=exif, quality=90)
    return content.getvalue()


def _degrees(value):
    whole, rest = int(value), (value - int(value)) * 60
    return (
        IFDRational(whole),
        IFDRational(int(rest)),
        IFDRational(round((rest - int(rest)) * 60, 4)),
    )
