"""What an English reader of a page or a mail still meets in French."""

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser

from riverain.site.setup import messages
from tests.harness import ROOT

_SAID_ALOUD = {"alt", "aria-label", "aria-description", "content", "placeholder", "title"}
_NAME = re.compile(r"%\\\((\w+)\\\)[sd]|\\\{(\w+)\\\}")
# A sentence that is all names would match anything.
_LEAST = 6


class _Words(HTMLParser):
    """The pieces of text of a page, those of attributes that are read out too."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in {"script", "style"}
        self.found += [
            value
            for name, value in attrs
            if value and (name in _SAID_ALOUD or name.startswith("data-"))
        ]

    def handle_endtag(self, tag):
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self.silent:
            self.found.append(data)


def pieces(html):
    reader = _Words()
    reader.feed(html)
    return [text for text in map(_plain, reader.found) if text]


def french(texts):
    """The texts that are sentences of the product in French, though they have an English."""
    whole, shaped = _sentences()
    return sorted(
        {text for text in texts if text in whole or any(shape.fullmatch(text) for shape in shaped)}
    )


@cache
def _sentences():
    """The French sentences: as they are, and as patterns where they name something."""
    whole, shaped = set(), []
    for message in messages.catalogue(ROOT, "en"):
        if not message.id:
            continue
        pairs = (
            zip(message.id, message.string, strict=True)
            if isinstance(message.id, tuple)
            else [(message.id, message.string)]
        )
        for said, english in pairs:
            if _plain(said) == _plain(english):
                continue
            pattern, names = _NAME.subn(".+", re.escape(_plain(said)))
            if not names:
                whole.add(_plain(said))
            elif len(re.sub(r"\W|\.\+", "", pattern)) >= _LEAST:
                shaped.append(re.compile(pattern))
    return whole, shaped


def _plain(text):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())
