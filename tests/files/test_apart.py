"""HEIC and AVIF, decoded in a child whose memory, time and environment are bounded."""

import io
import os
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pillow_heif
import pytest
from PIL import AvifImagePlugin, Image  # noqa: F401 - the encoder of the test's own pictures

from riverain.files import apart
from riverain.files.apart import prepare_apart
from riverain.files.pictures import Reason, Unusable, prepare
from tests.files.made import LIMIT, corners, exif, saved, seen

UPRIGHT = ["red", "green", "yellow", "blue"]
# Made by us: 121 million pixels of one colour in 2,883 bytes.
FLAT = (Path(__file__).parent / "data" / "flat-11000x11000.avif").read_bytes()


def heic(image: Image.Image, **options) -> bytes:
    output = io.BytesIO()
    pillow_heif.from_pillow(image).save(output, quality=80, **options)
    return output.getvalue()


def avif(image: Image.Image, **options) -> bytes:
    return saved(image, "AVIF", speed=10, **options)


def reason(content: bytes, max_pixels: int = LIMIT) -> Reason:
    with pytest.raises(Unusable) as caught:
        prepare_apart(content, max_pixels=max_pixels)
    return caught.value.reason


def announcing(content: bytes, width: int, height: int) -> bytes:
    """The same file, its header lying about the size of the coded picture."""
    at = content.index(b"ispe") + 8
    return content[:at] + struct.pack(">II", width, height) + content[at + 8 :]


@pytest.mark.parametrize("made", [heic, avif])
def test_photo_becomes_two_bare_jpegs(made):
    content = made(corners(2400, 1500), exif=exif().tobytes())
    assert apart.concerns(content)
    picture = prepare_apart(content, max_pixels=LIMIT)
    assert (picture.width, picture.height) == (2048, 1280)
    for kept in (picture.full, picture.thumb):
        assert seen(kept) == UPRIGHT
        assert b"PhoneOfSomeone" not in kept
        image = Image.open(io.BytesIO(kept), formats=("JPEG",))
        assert not image.getexif()
        assert image.size in {(2048, 1280), (480, 300)}


@pytest.mark.parametrize("made", [heic, avif])
@pytest.mark.parametrize("orientation", [3, 6])
def test_photo_held_another_way_is_set_upright(made, orientation):
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}[orientation]
    held = corners(320, 200).transpose(turn)
    picture = prepare_apart(made(held, exif=exif(orientation).tobytes()), max_pixels=LIMIT)
    assert (picture.width, picture.height) == (320, 200)
    assert seen(picture.full) == UPRIGHT


def test_transparency_lies_on_white():
    picture = prepare_apart(avif(Image.new("RGBA", (64, 64), (0, 0, 0, 0))), max_pixels=LIMIT)
    assert min(Image.open(io.BytesIO(picture.full)).getpixel((32, 32))) > 245


@pytest.mark.parametrize("made", [heic, avif])
def test_cut_file_is_refused(made):
    content = made(Image.effect_noise((640, 400), 50).convert("RGB"))
    assert reason(content[: len(content) // 2]) in {Reason.DAMAGED, Reason.FORMAT}


def test_film_is_refused():
    assert reason(b"\0\0\0\x18ftypisom\0\0\2\0isomiso2mp41" + b"\0" * 400) == Reason.FORMAT


def test_pixels_are_refused_from_the_header():
    assert reason(FLAT) == Reason.PIXELS


def test_lying_header_is_stopped_by_the_childs_memory():
    """The codec unfolds what the stream holds, whatever the header said: 180 MB here."""
    assert reason(announcing(FLAT, 100, 100), max_pixels=1_000_000) == Reason.DAMAGED


def test_heif_with_a_lying_header_is_refused():
    content = announcing(heic(corners(3000, 2000)), 100, 100)
    assert reason(content) == Reason.DAMAGED


def test_child_that_dies_makes_a_refusal(monkeypatch, tmp_path):
    """A codec that crashes takes its own process along, not ours."""
    stand_in = tmp_path / "python"
    stand_in.write_text("#!/bin/sh\nkill -SEGV $$\n")
    stand_in.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(stand_in))
    assert reason(heic(corners())) == Reason.DAMAGED


def test_child_that_hangs_is_stopped(monkeypatch, tmp_path):
    stand_in = tmp_path / "python"
    stand_in.write_text("#!/bin/sh\nexec sleep 600\n")
    stand_in.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(stand_in))
    monkeypatch.setattr(apart, "WALL_SECONDS", 0.3)
    assert reason(heic(corners())) == Reason.DAMAGED


def test_child_knows_no_secret(monkeypatch, tmp_path):
    """What breaks out of a codec finds no key to the database or to signatures."""
    stand_in = tmp_path / "python"
    stand_in.write_text(f"#!/bin/sh\nenv > {tmp_path}/environment\nexit 1\n")
    stand_in.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(stand_in))
    assert reason(heic(corners())) == Reason.DAMAGED
    given = (tmp_path / "environment").read_text()
    assert "PYTHONPATH=" in given
    assert os.environ["RIVERAIN_SECRET_KEY"] not in given
    assert "DATABASE_URL" not in given


def test_child_stands_without_the_application():
    """It imports neither Django nor settings: a tenth of a second, not a whole start."""
    code = "import sys, riverain.files.apart; sys.exit(any(m.startswith('django') for m in sys.modules))"
    root = Path(apart.__file__).parents[2]
    found = subprocess.run(
        [sys.executable, "-c", code], check=False, env={"PYTHONPATH": str(root)}, timeout=60
    )
    assert found.returncode == 0


def test_waiting_for_a_turn_ends_in_busy(monkeypatch):
    monkeypatch.setattr(apart, "_one_at_a_time", threading.Semaphore(0))
    with pytest.raises(Unusable) as caught:
        prepare_apart(heic(corners()), max_pixels=LIMIT, patience=0.05)
    assert caught.value.reason == Reason.BUSY


def test_these_codecs_never_run_in_our_own_process():
    for content in (heic(corners()), avif(corners())):
        with pytest.raises(Unusable) as caught:
            prepare(content, max_pixels=LIMIT)
        assert caught.value.reason == Reason.FORMAT
