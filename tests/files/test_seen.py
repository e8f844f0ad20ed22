"""What a picture says of where and when it was taken."""

from datetime import datetime

import pytest
from PIL import PngImagePlugin

from riverain.files.seen import Seen, seen_in
from tests.portal.pictures import photo_from
from tests.town import WAZEMMES, photo

TAKEN = "2026:11:22 14:05:00"


@pytest.mark.row("P-01")
@pytest.mark.parametrize("point", [WAZEMMES, (-61.5, 16.2), (55.5, -21.1)])
def test_a_photo_says_where_and_when(point):
    seen = seen_in(photo_from(point, taken=TAKEN))
    assert seen.lon == pytest.approx(point[0], abs=1e-6)
    assert seen.lat == pytest.approx(point[1], abs=1e-6)
    assert seen.taken == datetime(2026, 11, 22, 14, 5)  # noqa: DTZ001 - cameras write no zone


def test_a_camera_without_a_fix_says_no_place():
    assert seen_in(photo_from((0, 0), taken=TAKEN)).lon is None


@pytest.mark.parametrize("content", [b"", b"<script>", photo(), photo(kind="PNG"), photo()[:40]])
def test_what_says_nothing_breaks_nothing(content):
    assert seen_in(content) == Seen()


def test_a_moment_that_is_none_leaves_the_place():
    seen = seen_in(photo_from(WAZEMMES, taken="hier"))
    assert seen.taken is None
    assert seen.lat is not None


def test_no_picture_is_decoded_for_its_place(monkeypatch):
    decoded = []
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", decoded.append)
    assert seen_in(photo(kind="PNG")) == Seen()
    assert decoded == []
