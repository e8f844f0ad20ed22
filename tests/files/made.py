"""Pictures made for the tests: none comes from a person's phone."""

import io
import struct
import zlib

from PIL import ExifTags, Image

LIMIT = 60_000_000

# The four corners of `corners`, told apart after any loss of JPEG.
RED, GREEN, BLUE, YELLOW = (220, 20, 20), (20, 200, 20), (20, 20, 220), (230, 220, 20)


def corners(width: int = 320, height: int = 200) -> Image.Image:
    """Red top left, green top right, blue bottom left, yellow bottom right."""
    image = Image.new("RGB", (width, height))
    half = (width // 2, height // 2)
    for colour, at in (
        (RED, (0, 0)),
        (GREEN, (half[0], 0)),
        (BLUE, (0, half[1])),
        (YELLOW, half),
    ):
        image.paste(colour, (*at, at[0] + half[0], at[1] + half[1]))
    return image


def seen(content: bytes) -> list[str]:
    """The colours of the corners of a JPEG, clockwise from the top left, by name."""
    image = Image.open(io.BytesIO(content))
    right, bottom = image.width * 7 // 8, image.height * 7 // 8
    points = (
        (image.width // 8, image.height // 8),
        (right, image.height // 8),
        (right, bottom),
        (image.width // 8, bottom),
    )
    names = {"red": RED, "green": GREEN, "yellow": YELLOW, "blue": BLUE}
    return [
        min(
            names,
            key=lambda name: sum(
                abs(a - b) for a, b in zip(names[name], image.getpixel(point), strict=True)
            ),
        )
        for point in points
    ]


def saved(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    output = io.BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: the position of the place, its make, the way it was held."""
    data = Image.Exif()
    data[ExifTags.Base.Orientation] = orientation
    data[ExifTags.Base.Make] = "PhoneOfSomeone"
    position = data.get_ifd(ExifTags.IFD.GPSInfo)
    position[ExifTags.GPS.GPSLatitudeRef] = "N"
    position[ExifTags.GPS.GPSLatitude] = (50.0, 38.0, 12.5)
    position[ExifTags.GPS.GPSLongitudeRef] = "E"
    position[ExifTags.GPS.GPSLongitude] = (3.0, 3.0, 48.25)
    return data


def png_announcing(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header announces a huge picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def many_scans(times: int) -> bytes:
    """A progressive JPEG whose last scan comes `times` times: small, and a long work to decode."""
    content = saved(corners(640, 400), progressive=True)
    start = content.rindex(b"\xff\xda")
    return content[:start] + content[start:-2] * times + b"\xff\xd9"


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content), formats=("JPEG",))
    image.load()
    return image


def assert_bare(content: bytes) -> None:
    """Nothing but pixels: the segments that a JPEG needs, and not one byte after its end."""
    image = opened(content)
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not image.getexif()
    assert [name for name, _ in image.applist] == ["APP0"]
    assert content.endswith(b"\xff\xd9")
