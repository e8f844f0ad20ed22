"""The sentences: all of them in English, all of them in proper French."""

import re
from pathlib import Path

import pytest

from riverain.site.setup import messages

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


@pytest.fixture(scope="module")
def sentences():
    return messages.gather(ROOT)


@pytest.fixture(scope="module")
def english():
    return messages.catalogue(ROOT, "en")


def test_sentences_are_found_in_code_and_in_templates(sentences):
    said = {(sentence.singular, sentence.file) for sentence in sentences}
    assert ("Utiliser ma position", "riverain/web/ui/templates/ui/parts/place_picker.html") in said
    assert ("à l’instant", "riverain/web/ui/speech.py") in said
    # In a tag's argument, in a block with a variable, and with a plural.
    assert ("Retour à l’accueil", "riverain/web/ui/templates/ui/error.html") in said
    assert ("Étape %(step)s sur %(of)s", "riverain/web/ui/templates/ui/parts/progress.html") in said
    hours = next(s for s in sentences if s.singular == "%(count)d\u00a0heure")
    assert hours.plural == "%(count)d\u00a0heures"
    whole = next(s for s in sentences if s.singular == "G\u00a0\\h")
    assert whole.context == "whole hour"


def test_every_sentence_has_its_english(english):
    assert messages.untranslated(english) == []


def test_the_catalogues_are_as_bin_messages_writes_them():
    for locale in ("en", "fr"):
        path = ROOT / "riverain/locale" / locale / "LC_MESSAGES/django.po"
        assert path.read_bytes() == messages.written(messages.catalogue(ROOT, locale), locale)


def test_english_names_only_what_the_sentence_is_given(english):
    wrong = []
    for message in english:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        given = {name for text in ids for name in NAMED.findall(text)}
        wrong += [text for text in said if not set(NAMED.findall(text)) <= given]
    assert wrong == []


def test_french_is_typeset(sentences):
    """Unbreakable spaces before high marks and inside quotation marks, real apostrophes."""
    wrong = {
        f"{sentence.file}: {text}"
        for sentence in sentences
        for text in (sentence.singular, sentence.plural)
        if re.search(r"[ \w)][?!;](?=\s|$)|\w ?:(?=\s|$)| »|« |\w'\w", text.replace("\u00a0", "~"))
    }
    assert wrong == set()


def test_what_is_commented_out_or_computed_is_not_a_sentence(tmp_path):
    package = tmp_path / "riverain"
    package.mkdir()
    (package / "a.py").write_text(
        '_("un")\n_(name)\n# _("deux")\nngettext("a", "b", n)\n_("é" "è")\n'
    )
    (package / "a.html").write_text(
        '{% load i18n %}\n  {% translate "trois" %} l\'eau (\n'
        "{% blocktranslate trimmed count n=n %}\n  un {{ n }}\n{% plural %}\n  des {{ n }}\n"
        "{% endblocktranslate %}"
    )
    found = messages.gather(tmp_path)
    assert [(s.singular, s.plural) for s in found] == [
        ("trois", ""),
        ("un %(n)s", "des %(n)s"),
        ("un", ""),
        ("a", "b"),
        ("éè", ""),
    ]


def test_what_stands_in_english_is_kept_and_what_left_the_code_goes(tmp_path):
    package = tmp_path / "riverain"
    (package / "locale/en/LC_MESSAGES").mkdir(parents=True)
    (package / "a.py").write_text('_("un")\n_("deux")\n')
    assert messages.main(tmp_path, check=False) == 1
    path = package / "locale/en/LC_MESSAGES/django.po"
    path.write_text(path.read_text().replace('msgid "un"\nmsgstr ""', 'msgid "un"\nmsgstr "one"'))
    (package / "a.py").write_text('_("un")\n')
    assert messages.main(tmp_path, check=True) == 1
    assert messages.main(tmp_path, check=False) == 0
    assert "deux" not in path.read_text()
    assert 'msgstr "one"' in path.read_text()
    assert messages.main(tmp_path, check=True) == 0
