"""What is no picture, cut, damaged or made to exhaust us is refused; memory stays bounded."""

import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from riverain.files import pictures
from riverain.files.pictures import Budget, Picture, Reason, Unusable, prepare
from tests.files.made import (
    LIMIT,
    assert_bare,
    corners,
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


def test_a_picture_that_grows_while_it_is_decoded_is_refused(monkeypatch):
    """Video codecs: the header announces a small picture, and a large one is coded."""
    small = Image.new("RGB", (10, 10))
    small.load = lambda: setattr(small, "_size", (100, 100))
    monkeypatch.setattr(pictures, "_opened", lambda *_given: small)
    assert reason(b"", max_pixels=1_000) is Reason.PIXELS


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
