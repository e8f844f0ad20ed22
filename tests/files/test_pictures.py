"""Only the pixels of a picture survive, upright and in sRGB; what is no picture is refused."""

import io
import threading
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from riverain.files.pictures import Budget, Picture, Reason, Unusable, prepare
from tests.files.made import (
    LIMIT,
    corners,
    exif,
    many_scans,
    png_announcing,
    saved,
    seen,
)

UPRIGHT = ["red", "green", "yellow", "blue"]


def prepared(content: bytes) -> Picture:
    return prepare(content, max_pixels=LIMIT)


def reason(content: bytes, max_pixels: int = LIMIT) -> Reason:
    with pytest.raises(Unusable) as caught:
        prepare(content, max_pixels=max_pixels)
    return caught.value.reason


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


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
        b"<!DOCTYPE html><html><body><img src=x onerror=alert(1)></body></html>",
        b"<?php system($_GET['c']); ?>",
        b"GIF89a/*<script>*/=1;alert(1)//",
        b"push graphic-context\nfill 'url(https://example.com/x\"|id\")'\npop graphic-context",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n(%pipe%id) (w) file\n",
        b"\0" * 64,
        b"\xff\xd8",
        b"\xff\xd8\xff\xe0JFIF",
        b"a",
        b"RIFF\0\0\0\0WEBPVP8 ",
    ],
    ids=[
        "svg",
        "pdf",
        "html",
        "php",
        "gif-script",
        "imagemagick",
        "postscript",
        "zeros",
        "jpeg-start",
        "jpeg-cut",
        "letter",
        "webp-cut",
    ],
)
def test_what_is_no_picture_is_refused(content):
    assert reason(content) in {Reason.FORMAT, Reason.DAMAGED}


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "PPM", "TGA", "ICO", "JPEG2000", "PDF", "EPS"])
def test_other_decoders_are_never_tried(kind):
    """Pillow knows forty formats; each is surface. EPS would even run Ghostscript."""
    assert reason(saved(corners(64, 64), kind)) == Reason.FORMAT


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_cut_file_is_refused(kind, part):
    content = saved(Image.effect_noise((640, 400), 50), kind)
    assert reason(content[: int(len(content) * part)]) in {Reason.DAMAGED, Reason.FORMAT}


def test_cut_large_jpeg_is_refused_though_it_is_decoded_small():
    content = saved(Image.effect_noise((6000, 4000), 20))
    assert reason(content[: len(content) * 9 // 10]) == Reason.DAMAGED


@pytest.mark.parametrize(
    "content",
    [png_announcing(30_000, 30_000), png_announcing(2**31 - 1, 2**31 - 1)],
    ids=["large", "largest"],
)
def test_size_is_refused_from_the_header(content):
    started = time.process_time()
    assert reason(content) in {Reason.PIXELS, Reason.FORMAT}
    assert time.process_time() - started < 0.5


def test_pixels_are_counted_to_the_last_one():
    content = saved(Image.new("L", (1000, 1000)), "PNG")
    assert prepare(content, max_pixels=1_000_000).width == 1000
    assert reason(content, max_pixels=999_999) == Reason.PIXELS


def test_limit_holds_though_a_jpeg_would_be_decoded_small():
    assert reason(saved(Image.new("L", (5000, 5000))), max_pixels=20_000_000) == Reason.PIXELS


def test_jpeg_of_thousands_of_scans_is_refused_at_once():
    content = many_scans(3000)
    started = time.process_time()
    assert reason(content) == Reason.DAMAGED
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize("times", [1, 20])
def test_jpeg_of_few_scans_passes(times):
    assert seen(prepared(many_scans(times)).full) == UPRIGHT


def test_scans_of_the_thumbnail_inside_the_metadata_do_not_count():
    hidden = b"Exif\0\0" + b"\xff\xda" * 500
    assert seen(prepared(saved(corners(), exif=hidden)).full) == UPRIGHT


def test_what_lies_after_the_end_of_a_jpeg_does_not_count_as_scans():
    """A moving photo carries its film after the picture: megabytes in which any byte may come."""
    assert seen(prepared(saved(corners()) + b"\xff\xda\0\2" * 5000).full) == UPRIGHT


_JPEG, _PNG, _WEBP, _GIF = (saved(corners(48, 32), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF"))


@settings(max_examples=150, deadline=None)
@given(
    content=st.sampled_from([_JPEG, _PNG, _WEBP, _GIF]),
    edits=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=12),
    cut=st.integers(0, 3000),
)
def test_any_damage_gives_a_bare_picture_or_a_refusal(content, edits, cut):
    changed = bytearray(content)
    for at, value in edits:
        changed[at % len(changed)] = value
    try:
        picture = prepare(bytes(changed[: cut + 8]), max_pixels=1_000_000, patience=1)
    except Unusable:
        return
    assert_bare(picture.full)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_without_another_error(content):
    with pytest.raises(Unusable):
        prepare(content, max_pixels=1_000_000)


def test_four_threads_get_the_same_picture_as_one():
    contents = [saved(corners(1600 + 10 * i, 1000)) for i in range(8)]
    alone = [prepared(content) for content in contents]
    together: dict[int, Picture] = {}

    def work(first: int) -> None:
        for index in range(first, 8, 4):
            together[index] = prepared(contents[index])

    threads = [threading.Thread(target=work, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[index] for index in range(8)] == alone


def test_budget_never_lets_more_pixels_in_than_allowed():
    budget, inside, most = Budget(), [], []
    lock = threading.Lock()

    def work() -> None:
        for _ in range(20):
            with budget.take(30, of=100, patience=10):
                with lock:
                    inside.append(30)
                    most.append(sum(inside))
                time.sleep(0.0005)
                with lock:
                    inside.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 90
    assert len(most) == 160


def test_picture_larger_than_the_whole_budget_is_decoded_alone():
    budget = Budget()
    with (
        budget.take(150, of=100, patience=1),
        pytest.raises(Unusable) as caught,
        budget.take(1, of=100, patience=0.05),
    ):
        pass
    assert caught.value.reason == Reason.BUSY


def test_room_is_given_back_after_a_failure():
    budget = Budget()
    with pytest.raises(ValueError, match="broken"), budget.take(100, of=100, patience=1):
        raise ValueError("broken")
    with budget.take(100, of=100, patience=0.05):
        pass
