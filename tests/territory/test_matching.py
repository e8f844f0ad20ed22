"""Which known area a feature is: by key, by a former key, by name."""

from hypothesis import given
from hypothesis import strategies as st

from riverain.territory.matching import Known, Wanted, plan


def known(number, code, name="", former=(), *, retired=False):
    return Known(number, code, tuple(former), name or code.title(), 100, b"shape", retired)


def wanted(code, name="", wkb=b"shape", precedence=None):
    return Wanted(code, name or code.title(), wkb, precedence)


def test_new_area_is_created_and_a_known_one_left_unchanged():
    made = plan([known(1, "fives")], [wanted("fives"), wanted("lomme")])
    assert [area.code for area in made.created] == ["lomme"]
    assert [area.id for area in made.unchanged] == [1]
    assert made.updated == made.missing == ()


def test_key_goes_before_name():
    made = plan([known(1, "1", "Fives"), known(2, "2", "Lomme")], [wanted("2", "Fives")])
    assert [(area.id, feature.name) for area, feature in made.updated] == [(2, "Fives")]
    assert [area.id for area in made.missing] == [1]


def test_name_without_case_and_accents_finds_the_area_of_another_key():
    made = plan([known(1, "fbg", "Faubourg de Béthune")], [wanted("3", "FAUBOURG DE BETHUNE")])
    assert [(area.id, feature.code) for area, feature in made.updated] == [(1, "3")]


def test_name_that_two_bear_finds_nothing():
    in_file = plan([known(1, "a", "Centre")], [wanted("1", "Centre"), wanted("2", "Centre")])
    among_known = plan([known(1, "a", "Centre"), known(2, "b", "Centre")], [wanted("1", "Centre")])
    assert (len(in_file.created), len(among_known.created)) == (2, 1)


def test_former_code_finds_the_area_that_was_renamed():
    made = plan([known(1, "4", "Fives-Centre", ["fives"])], [wanted("fives", "Fives")])
    assert [(area.id, feature.code) for area, feature in made.updated] == [(1, "fives")]


def test_code_of_today_goes_before_a_former_one():
    there = [known(1, "fives", "Fives"), known(2, "4", "Other", ["fives"])]
    made = plan(there, [wanted("fives", "Fives")])
    assert [area.id for area in made.unchanged] == [1]


def test_former_code_of_two_areas_finds_nothing():
    there = [known(1, "x", "X", ["old"]), known(2, "y", "Y", ["old"])]
    assert len(plan(there, [wanted("old", "Z")]).created) == 1


def test_changed_shape_name_or_precedence_is_an_update():
    there = [known(1, "a", "A"), known(2, "b", "B"), known(3, "c", "C"), known(4, "d", "D")]
    made = plan(
        there,
        [
            wanted("a", "A", b"other"),
            wanted("b", "Bb"),
            wanted("c", "C", precedence=7),
            wanted("d", "D", precedence=100),
        ],
    )
    assert [area.id for area, _feature in made.updated] == [1, 2, 3]
    assert [area.id for area in made.unchanged] == [4]


def test_retired_area_comes_back_and_is_not_missed():
    there = [known(1, "a", retired=True), known(2, "b", retired=True)]
    made = plan(there, [wanted("a")])
    assert [area.id for area, _feature in made.updated] == [1]
    assert made.missing == ()


CODES = st.sampled_from([f"c{number}" for number in range(8)])
NAMES = st.sampled_from(["Fives", "FIVES", "Lomme", "Centre", "Béthune", "Bethune"])
UNIQUE = st.lists(st.tuples(CODES, NAMES), unique_by=lambda pair: pair[0], max_size=8)


@given(UNIQUE, UNIQUE, st.lists(CODES, max_size=8))
def test_every_area_and_every_feature_is_used_once(there, file, former):
    areas = [
        known(number, code, name, former[number : number + 2])
        for number, (code, name) in enumerate(there)
    ]
    features = [wanted(code, name) for code, name in file]
    made = plan(areas, features)
    used = [area.id for area, _feature in made.updated] + [area.id for area in made.unchanged]
    assert len(set(used)) == len(used)
    assert sorted(used + [area.id for area in made.missing]) == [area.id for area in areas]
    assert len(made.created) + len(used) == len(features)
    codes_after = [feature.code for feature in features] + [area.code for area in made.missing]
    assert len(set(codes_after)) == len(codes_after)
