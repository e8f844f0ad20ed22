"""Unicode as a weapon: marks that hold the processor, signs that are not seen, addresses that
look like others."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.catalogue.reading import read
from riverain.core.identifiers import slug
from riverain.core.refusals import Invalid
from riverain.core.texts import MOST_MARKS, composed
from riverain.core.typography import french
from riverain.reports.rules import clean_email, clean_text
from riverain.territory.rules import one_line

# Out of order, so that composing sorts them: in the square of their number.
MARKS = "\u0301" * 40_000 + "\u0323" * 40_000
SECONDS = 3


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "M"])))
def test_texts_without_endless_marks_are_composed_as_unicode_says(text):
    assert composed(text) == unicodedata.normalize("NFC", text)


@given(st.text(alphabet="ae\u0301\u0323\u0f73\u0f71\u200b ", max_size=200))
def test_composing_gives_the_composed_form_and_nothing_else_to_do(text):
    once = composed(text)
    assert once == unicodedata.normalize("NFC", once)
    assert composed(once) == once
    runs = "".join("m" if unicodedata.combining(sign) else " " for sign in once).split()
    assert all(len(run) <= MOST_MARKS * 2 for run in runs)


@pytest.mark.parametrize("sign", ["\u0301", "\u0f73", "\u0f75", "\u0f81", "\u0344"])
def test_no_sign_makes_composing_slow(sign):
    """Some signs count as letters and are taken apart into marks."""
    began = time.perf_counter()
    composed(f"a{sign * 200_000}")
    composed(f"a{sign}\u0323\u0301" * 50_000)
    assert time.perf_counter() - began < SECONDS


def test_no_file_that_a_town_brings_holds_the_processor():
    """The names of a GeoJSON file, the lines of the BAN, a geocoder's answer; the catalogue."""
    began = time.perf_counter()
    one_line(f"a{MARKS}")
    assert slug(f"a{MARKS}") == "a"
    taken = read(f'familles: [{{code: a, nom: "a{MARKS}"}}]'.encode())
    assert len(taken.spec.families[0].name) <= 1 + MOST_MARKS
    assert time.perf_counter() - began < SECONDS


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/signaler/type/sac-plein", "description"),
        ("/signaler/type/sac-plein", "address"),
        ("/signaler/type/sac-plein", "name"),
        ("/signaler/type/sac-plein", "email"),
        ("/signaler/type/depot", "q-quoi"),
        ("/signaler/type/depot", "q-combien"),
        ("/langue", "next"),
        ("/agents/connexion/", "login"),
        ("/agents/connexion/", "password"),
        ("/agents/connexion/code/", "email"),
    ],
)
def test_no_form_that_anyone_may_send_holds_the_processor(site, path, field):
    """One such request took half a minute, and a form of a megabyte an hour."""
    began = time.perf_counter()
    answer = site.post(path, [(field, "a" + MARKS), ("q-nature", "autre")])
    assert answer.status < 500
    assert time.perf_counter() - began < SECONDS


def test_typography_does_not_hold_the_processor():
    began = time.perf_counter()
    for text in (" " * 4_000, "« " * 2_000, "? " * 2_000, "\u00a0" * 4_000, "9 " * 2_000 + "x"):
        french(text)
    assert time.perf_counter() - began < SECONDS


@given(st.text(max_size=300))
def test_what_agents_read_is_what_is_stored(text):
    """No override of the direction, nothing invisible but the joiner of emoji."""
    clean = clean_text(text, field_name="text", longest=10_000)
    unseen = {sign for sign in clean if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"}}
    assert unseen <= {"\n", "\t", "\u200d"}


@pytest.mark.parametrize(
    "email",
    [
        '"victime@mairie.example,x"@mal.example',
        '"<victime@mairie.example>"@mal.example',
        "a@mal.example, victime@mairie.example",
        "a@mal.example;victime@mairie.example",
        "<victime@mairie.example>",
        "a@[127.0.0.1",
        "a@mal.example\u2028bcc: victime@mairie.example",
    ],
)
def test_a_reporters_address_names_one_mailbox(email):
    with pytest.raises(Invalid):
        clean_email(email)


def test_an_address_cannot_carry_a_header():
    """Control characters go before the address is looked at: what is left is no address."""
    with pytest.raises(Invalid):
        clean_email("a@mal.example\r\nBcc: victime@mairie.example")
    assert "\n" not in clean_email("a@mal.example\n")
