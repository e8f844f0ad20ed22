"""The drawings that stand for photos."""

import io

import pytest
from PIL import Image

from riverain.files.pictures import prepare
from riverain.site.demo import scenes
from riverain.site.demo.scenes.printing import Print, prints


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_a_scene_is_a_photo_of_a_street_before_and_after(scene):
    before, after = (scenes.draw(scene, 3, after=after) for after in (False, True))
    for content in (before, after):
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.format, picture.size) == ("JPEG", (scenes.WIDTH, scenes.HEIGHT))
        assert len(content) < 160_000
    assert before != after
    assert scenes.draw(scene, 3) == before
    assert scenes.draw(scene, 4) != before


def test_other_processes_draw_the_same_in_the_order_asked():
    wanted = [
        Print("tag", 1, after=False),
        Print("sacs", 0, after=True),
        Print("trou", 2, after=False),
    ]
    drawn = list(prints(wanted))
    assert [one for one, _picture in drawn] == wanted
    here = [
        prepare(scenes.draw(one.scene, one.variant, after=one.after), max_pixels=10**6)
        for one in wanted
    ]
    assert [picture for _one, picture in drawn] == here
