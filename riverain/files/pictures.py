"""From the bytes that someone sent to two clean JPEGs, or a typed reason why not.

Nothing of the original file survives but its pixels: no EXIF (the position of a home), XMP, ICC,
comment, hidden second picture or appended archive. This module knows neither Django nor the
database, so that the codecs of video (HEIC, AVIF) can run it in a process of their own
(`apart.py`).
"""

import io
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PIL import (
    Image,
    ImageCms,
    UnidentifiedImageError,
    WebPImagePlugin,  # noqa: F401 - registers its decoder
)

# Long side of each variant, in pixels, and the quality of its JPEG.
FULL_SIDE: Final = 2048
THUMB_SIDE: Final = 480
FULL_QUALITY: Final = 82
THUMB_QUALITY: Final = 78

# The decoders that may run in this process. Pillow tries no other, whatever the name or the
# declared type of the file.
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")

# A progressive photo has about ten scans. Each costs a pass over the whole picture, so a small
# file of thousands of empty ones holds a processor for minutes.
MAX_SCANS: Final = 64

# Seconds to wait for room to decode before we say that too many pictures arrive.
PATIENCE: Final = 30.0

_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# The next segment of a JPEG: in compressed data 0xFF is followed by 0x00 or a restart mark.
_SEGMENT: Final = re.compile(rb"\xff+([\x02-\xcf\xd9-\xfe])")
_END_OF_IMAGE: Final = b"\xd9"
_START_OF_SCAN: Final = b"\xda"


class Reason(StrEnum):
    """Why a file cannot be used."""

    FORMAT = "format"
    PIXELS = "pixels"
    DAMAGED = "damaged"
    BUSY = "busy"


class Unusable(Exception):  # noqa: N818 - it says what the file is, as refusals do
    """The file cannot be used, for `reason`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Picture:
    """Both variants as JPEG content; width and height are the full one's, upright."""

    width: int
    height: int
    full: bytes
    thumb: bytes


class Budget:
    """How many pixels may be decoded at one time in this process, so that memory stays bounded.

    A decoded pixel takes four bytes, eight where transparency is flattened: with the default of
    60 million pixels a process needs at most 480 MB for pictures, however many threads it has.
    """

    def __init__(self) -> None:
        self._taken = 0
        self._changed = threading.Condition()

    @contextmanager
    def take(self, pixels: int, *, of: int, patience: float) -> Iterator[None]:
        """Waits for room for `pixels` among `of`. Raises Unusable(BUSY) after `patience` s."""
        with self._changed:
            free = self._changed.wait_for(
                lambda: self._taken == 0 or self._taken + pixels <= of, timeout=patience
            )
            if not free:
                raise Unusable(Reason.BUSY)
            self._taken += pixels
        try:
            yield
        finally:
            with self._changed:
                self._taken -= pixels
                self._changed.notify_all()


_budget = Budget()


def guard_pillow(max_pixels: int) -> None:
    """Sets Pillow's own limit for the whole process, so that code which opens a picture without
    passing here is stopped too; and keeps its remarks on broken metadata out of the journal."""
    Image.MAX_IMAGE_PIXELS = max_pixels
    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def prepare(
    content: bytes,
    *,
    max_pixels: int,
    formats: tuple[str, ...] = FORMATS,
    patience: float = PATIENCE,
) -> Picture:
    """Decodes, sets upright, flattens on white, converts to sRGB and re-encodes.

    Of an animation the first frame is taken. Raises Unusable when no decoder of `formats` knows
    the content, when its header announces more than `max_pixels`, when it is cut or damaged, or
    when there was no room to decode it in time. Raises nothing else, whatever the content.
    """
    try:
        with _opened(content, formats) as image:
            _check_size(image, max_pixels)
            _shrink_while_decoding(image)
            with _budget.take(image.width * image.height, of=max_pixels, patience=patience):
                return _encoded(image, max_pixels)
    except Unusable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unusable(Reason.PIXELS) from error
    except UnidentifiedImageError as error:
        raise Unusable(Reason.FORMAT) from error
    except Exception as error:  # decoders raise whatever a hostile file makes them
        raise Unusable(Reason.DAMAGED) from error


def _opened(content: bytes, formats: tuple[str, ...]) -> Image.Image:
    if content.startswith(b"\xff\xd8") and _scans(content) > MAX_SCANS:
        raise Unusable(Reason.DAMAGED)
    return Image.open(io.BytesIO(content), formats=formats)


def _check_size(image: Image.Image, max_pixels: int) -> None:
    if image.width * image.height > max_pixels:
        raise Unusable(Reason.PIXELS)


def _scans(content: bytes) -> int:
    """How many scans a JPEG has up to its end, without decoding any; those of the pictures inside
    its metadata do not count. Stops past MAX_SCANS."""
    count, at = 0, 2
    while count <= MAX_SCANS and (segment := _SEGMENT.search(content, at)):
        if segment[1] == _END_OF_IMAGE:
            break
        count += segment[1] == _START_OF_SCAN
        at = segment.end() + int.from_bytes(content[segment.end() : segment.end() + 2], "big")
    return count


def _shrink_while_decoding(image: Image.Image) -> None:
    """Lets the JPEG decoder leave out what is scaled away: a quarter of the memory for a photo of
    twice the kept size. Other formats ignore it."""
    scale = FULL_SIDE / max(image.size)
    if scale < 1:
        image.draft(None, (max(1, int(image.width * scale)), max(1, int(image.height * scale))))


def _encoded(image: Image.Image, max_pixels: int) -> Picture:
    profile = image.info.get("icc_profile")
    turn = _TURNS.get(_orientation(image))
    image.load()
    _check_size(image, max_pixels)  # a frame may be larger than its header said
    full = _plain_mode(image)
    full.thumbnail((FULL_SIDE, FULL_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    full = _srgb(_on_white(full), profile)
    if turn is not None:
        full = full.transpose(turn)
    thumb = full.copy()
    thumb.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Picture(
        width=full.width,
        height=full.height,
        full=_jpeg(full, FULL_QUALITY),
        thumb=_jpeg(thumb, THUMB_QUALITY),
    )


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - a broken EXIF is no reason to refuse the photo
        return 1
    return value if isinstance(value, int) else 1


def _plain_mode(image: Image.Image) -> Image.Image:
    """A mode that resizes well, with transparency as a band where there is any."""
    if image.mode.startswith("I;16"):
        # Pillow clips sixteen bits to eight; we scale.
        return image.point(lambda level: level / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in {"L", "RGB", "CMYK"}:
        return image
    return image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _srgb(image: Image.Image, profile: object) -> Image.Image:
    """Colours as they were meant: phones take photos in wider spaces than screens assume. Best
    effort: a profile that does not fit the picture is left aside."""
    if isinstance(profile, bytes) and profile:
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    """The pixels alone: what Pillow would carry over from the original (a comment) is dropped."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    output = io.BytesIO()
    bare.save(output, "JPEG", quality=quality)
    return output.getvalue()
