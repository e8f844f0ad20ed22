from riverain.core.boxes import EARTH, Box

INNER, OUTER = Box(3.0, 50.0, 3.1, 50.1), Box(2.9, 50.0, 3.2, 50.2)


def test_what_is_no_box_on_earth_is_known():
    assert Box(3.0, 50.0, 3.1, 50.1).is_sound
    assert not Box(3.1, 50.0, 3.0, 50.1).is_sound
    assert not Box(3.0, 50.1, 3.1, 50.0).is_sound
    assert not Box(float("nan"), 50.0, 3.1, 50.1).is_sound
    assert not Box(-181, 50.0, 3.1, 50.1).is_sound
    assert not Box(3.0, 50.0, 3.1, float("inf")).is_sound


def test_a_box_encloses_itself_and_what_lies_within_it():
    assert OUTER.encloses(INNER)
    assert INNER.encloses(INNER)
    assert not INNER.encloses(OUTER)
    assert not INNER.encloses(Box(3.05, 50.0, 3.15, 50.1))
    assert EARTH.encloses(OUTER)


def test_a_box_holds_the_points_on_its_sides():
    assert INNER.holds(3.0, 50.1)
    assert not INNER.holds(2.999, 50.05)
    assert not INNER.holds(3.05, 50.101)
