"""Only the pixels of a picture survive, upright and in sRGB; what is no picture is refused."""

import io
import zipfile

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from riverain.files.pictures import Picture, prepare
from tests.files.made import (
    LIMIT,
    assert_bare,
    corners,
    exif,
    opened,
    saved,
    seen,
)

UPRIGHT = ["red", "green", "yellow", "blue"]


def prepared(content: bytes) -> Picture:
    return prepare(content, max_pixels=LIMIT)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_accepted_format_becomes_jpeg(kind):
    picture = prepared(saved(corners(), kind))
    assert (picture.width, picture.height) == (320, 200)
    for content in (picture.full, picture.thumb):
        assert seen(content) == UPRIGHT
        assert_bare(content)


def test_large_photo_is_reduced_to_both_sizes():
    picture = prepared(saved(corners(5000, 3000)))
    assert (picture.width, picture.height) == (2048, 1229)
    assert opened(picture.full).size == (2048, 1229)
    assert opened(picture.thumb).size == (480, 288)
    assert seen(picture.thumb) == UPRIGHT


def test_small_photo_is_not_enlarged():
    picture = prepared(saved(corners(64, 48)))
    assert opened(picture.full).size == opened(picture.thumb).size == (64, 48)


def test_line_of_one_pixel_stays_a_picture():
    picture = prepared(saved(Image.new("RGB", (9000, 1), "red"), "PNG"))
    assert (picture.width, picture.height) == (2048, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_is_set_upright(orientation):
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = corners(1200, 800)
    if orientation in turns:
        held = held.transpose(turns[orientation])
    picture = prepared(saved(held, exif=exif(orientation)))
    assert (picture.width, picture.height) == (1200, 800)
    assert seen(picture.full) == seen(picture.thumb) == UPRIGHT


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_meaningless_orientation_is_left_aside(orientation):
    data = exif()
    data[ExifTags.Base.Orientation] = orientation
    assert seen(prepared(saved(corners(), exif=data)).full) == UPRIGHT


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # as the application sets it
def test_broken_exif_does_not_refuse_the_photo():
    content = saved(corners(), exif=b"Exif\0\0MM\0*\xff\xff\xff\xffnonsense")
    assert seen(prepared(content).full) == UPRIGHT


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_position_and_device_are_gone(kind):
    """FixMyStreet 2134 and 5841: the position stayed in pictures, then again in imported ones."""
    content = saved(corners(), kind, exif=exif(), xmp=b"<x:xmpmeta>Secret place</x:xmpmeta>")
    original = Image.open(io.BytesIO(content)).getexif()
    assert original.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] == "N"
    picture = prepared(content)
    for kept in (picture.full, picture.thumb):
        assert_bare(kept)
        assert b"PhoneOfSomeone" not in kept
        assert b"Secret" not in kept


def archive() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as file:
        file.writestr("run.php", "<?php system($_GET['c']); ?>")
    return output.getvalue()


@pytest.mark.parametrize(
    "trailer",
    [archive(), b"<html><script>alert(1)</script></html>", b"<?php system('id'); ?>", b"#!/bin/sh"],
    ids=["zip", "html", "php", "shell"],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_follows_the_picture_is_gone(kind, trailer):
    """FixMyStreet 1.8.2: polyglot files."""
    picture = prepared(saved(corners(), kind) + trailer)
    for kept in (picture.full, picture.thumb):
        assert trailer not in kept
        assert not zipfile.is_zipfile(io.BytesIO(kept))
        assert_bare(kept)


def test_code_in_a_jpeg_comment_is_gone():
    """Pillow carries a comment over to what it saves unless told otherwise."""
    content = saved(corners(), comment=b"<?php system($_GET['c']); ?>")
    assert b"<?php" in content
    picture = prepared(content)
    assert b"<?php" not in picture.full + picture.thumb


def test_text_of_a_png_is_gone():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Someone")
    texts.add_itxt("Comment", "<script>alert(1)</script>")
    picture = prepared(saved(corners(), "PNG", pnginfo=texts))
    assert b"Someone" not in picture.full
    assert b"<script>" not in picture.full


def test_second_picture_of_a_file_is_gone():
    """Phones add a second picture (depth, wider view) after the first: an MPO."""
    output = io.BytesIO()
    corners().save(
        output, "MPO", save_all=True, append_images=[Image.new("RGB", (320, 200), "black")]
    )
    picture = prepared(output.getvalue())
    assert seen(picture.full) == UPRIGHT
    assert picture.full.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_first_frame_of_an_animation_is_taken(kind):
    content = saved(
        corners(),
        kind,
        save_all=True,
        append_images=[Image.new("RGB", (320, 200), "black")],
        duration=100,
        **({"lossless": True} if kind == "WEBP" else {}),
    )
    assert Image.open(io.BytesIO(content)).n_frames == 2
    assert seen(prepared(content).full) == UPRIGHT


def in_the_middle(image: Image.Image, kind: str, **options) -> tuple[int, int, int]:
    full = opened(prepared(saved(image, kind, **options)).full)
    return full.getpixel((full.width // 2, full.height // 2))


def near(found: tuple[int, int, int], expected: tuple[int, int, int], by: int = 6) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("image", "kind", "options", "expected"),
    [
        (Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG", {}, (255, 255, 255)),
        (Image.new("RGBA", (40, 40), (200, 0, 0, 128)), "PNG", {}, (227, 127, 127)),
        (Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "WEBP", {"lossless": True}, (255, 255, 255)),
        (Image.new("LA", (40, 40), (0, 0)), "PNG", {}, (255, 255, 255)),
        (Image.new("L", (40, 40), 90), "PNG", {}, (90, 90, 90)),
        (Image.new("L", (40, 40), 90), "PNG", {"transparency": 90}, (255, 255, 255)),
        (Image.new("1", (40, 40), 1), "PNG", {}, (255, 255, 255)),
        (Image.new("I;16", (40, 40), 32768), "PNG", {}, (128, 128, 128)),
        (Image.new("RGB", (40, 40), (10, 150, 60)).quantize(8), "PNG", {}, (10, 150, 60)),
        (Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG", {}, (255, 0, 0)),
    ],
    ids=[
        "clear",
        "half-clear",
        "clear-webp",
        "clear-grey",
        "grey",
        "grey-with-clear-level",
        "one-bit",
        "sixteen-bits",
        "palette",
        "cmyk",
    ],
)
def test_every_mode_becomes_colours_on_white(image, kind, options, expected):
    assert near(in_the_middle(image, kind, **options), expected)


def test_palette_with_clear_entry_lies_on_white():
    image = Image.new("P", (40, 40), 0)
    image.putpalette([200, 0, 0, 0, 200, 0])
    for kind in ("PNG", "GIF"):
        assert near(in_the_middle(image, kind, transparency=0), (255, 255, 255))


def test_colour_profile_is_applied():
    """The profile is sRGB with red and green exchanged: ignoring it shows."""
    exchanged = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = (exchanged.index(tag, 128) for tag in (b"rXYZ", b"gXYZ"))
    exchanged[red : red + 4], exchanged[green : green + 4] = b"gXYZ", b"rXYZ"
    found = in_the_middle(
        Image.new("RGB", (40, 40), (230, 20, 30)), "PNG", icc_profile=bytes(exchanged)
    )
    assert near(found, (20, 230, 30), by=12)


@pytest.mark.parametrize("profile", [b"nonsense", b"\0" * 4000])
def test_profile_that_does_not_fit_is_left_aside(profile):
    assert near(
        in_the_middle(Image.new("RGB", (40, 40), (10, 150, 60)), "JPEG", icc_profile=profile),
        (10, 150, 60),
    )
