import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.catalogue.document import MAX_BYTES, Fields, InvalidFile, Listing, Scalar, parse


def refusal(content):
    with pytest.raises(InvalidFile) as caught:
        parse(content if isinstance(content, bytes) else content.encode())
    (problem,) = caught.value.problems
    return problem


def test_scalars_stay_the_text_that_was_typed():
    root = parse(b"a: on\nb: 12:30\nc: 007\nd: 1e3\ne:\n")
    assert isinstance(root, Fields)
    assert [(key.text, value.text) for key, value in root.entries] == [
        ("a", "on"),
        ("b", "12:30"),
        ("c", "007"),
        ("d", "1e3"),
        ("e", ""),
    ]


def test_nodes_know_their_lines():
    root = parse(b"a: 1\n\nb:\n  - x\n  - y: z\n")
    listing = root.entries[1][1]
    assert isinstance(listing, Listing)
    assert [item.line for item in listing.items] == [4, 5]
    assert root.entries[1][0] == Scalar(3, "b")


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    assert parse(b"\xef\xbb\xbfa: b").entries[0][0].text == "a"


def test_anchors_and_aliases_are_refused_with_their_line():
    assert refusal("a: 1\nb: &x [1]\n").line == 2
    # billion laughs: refused at the first anchor, before anything is multiplied
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{','.join(f'*{old}' for _ in range(9))}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "ancres" in refusal(bomb).message
    assert refusal("a: *x\n").line == 1


@pytest.mark.parametrize(
    "text", ["a: !!python/object/apply:os.system ['id']", "a: !!int 3", "!x {a: b}", "a: !t [1]"]
)
def test_tags_are_refused(text):
    assert "étiquettes" in refusal(text).message


def test_several_documents_are_refused():
    assert refusal("a: 1\n---\nb: 2\n").line == 2


def test_a_file_made_of_brackets_is_refused_at_once():
    start = time.monotonic()
    assert "imbriqué" in refusal("[" * 900_000).message
    assert "imbriqué" in refusal("{a: " * 200_000).message
    assert time.monotonic() - start < 5


def test_a_file_of_too_many_items_is_refused():
    assert "trop long" in refusal("- a\n" * 40_001).message


def test_a_file_over_the_limit_is_refused_unread():
    assert "1000" in refusal(b"a" * (MAX_BYTES + 1)).message


def test_other_encodings_are_refused_with_their_line():
    assert refusal("a: 1\nb: é\n".encode("latin-1")).line == 2
    assert refusal("a: b".encode("utf-16")).message


@pytest.mark.parametrize("text", ["a: 'b", "a: b: c", "a: [1", "\ta: 1", "a:\n - b\n c: d", "@a"])
def test_what_is_not_yaml_is_refused_in_french(text):
    assert "YAML" in refusal(text).message


def test_control_characters_are_refused():
    assert "contrôle" in refusal(b"a: \x01").message


def test_nothing_at_all_is_refused():
    assert refusal("").message
    assert refusal("# only a comment\n").message


def test_a_list_as_a_key_is_refused():
    assert refusal("a: 1\n? [b]\n: c\n").line == 2


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_refused(content):
    """Nothing else may leave `parse`, whatever PyYAML makes of the bytes."""
    with contextlib.suppress(InvalidFile):
        assert isinstance(parse(content), Scalar | Listing | Fields)
