"""Words that people administer pass through a filter wherever a page shows them: `town` in the
page (typeset, French on English pages), `fr` in titles and attributes (typeset)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "riverain" / "web"
TEMPLATES = sorted((ROOT / "portal").rglob("*.html")) + sorted((ROOT / "desk").rglob("*.html"))
_SHOWN = re.compile(r"\{\{.*?\}\}|\{% (?!if|elif|for|with|url|cycle|include)\w+.*?%\}", re.DOTALL)
_WORDS = re.compile(
    r"\b(?:type|family|service|partner|category)\."
    r"(?:name|hint|team_name|hours|emergency|dead_end|competent_body)\b(?!\|(?:town|fr)\b)"
)
_IN_ATTRIBUTE = re.compile(r'<[a-z][^<>]*\s[\w-]+="[^"<>]*\|town\b')
_IN_TITLE = re.compile(r"block title %\}(?:(?!endblock).)*\|town\b")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_words_of_the_town_pass_through_a_filter(template):
    text = template.read_text(encoding="utf-8")
    bare = [(shown, word) for shown in _SHOWN.findall(text) for word in _WORDS.findall(shown)]
    assert bare == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_markup_is_put_in_an_attribute_or_a_title(template):
    text = re.sub(r"\{%.*?%\}", lambda m: "" if "block" not in m[0] else m[0], template.read_text())
    assert _IN_ATTRIBUTE.findall(text) == []
    assert _IN_TITLE.findall(text) == []
