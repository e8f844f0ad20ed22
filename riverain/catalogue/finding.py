"""Types found by the words that a person uses for what they see. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from riverain.catalogue.facts import TypeFacts
from riverain.core.identifiers import slug

# How much a word weighs where it is found: the type's name, its keywords, its explanation.
_WEIGHTS: Final = (4, 3, 1)
_SHORTEST: Final = 3
# Past this a question is no longer a few words.
_MOST_WORDS: Final = 12
_SAYS_NOTHING: Final = re.compile(
    "aux|avec|bonjour|cet|cette|ces|chez|dans|depuis|des|devant|est|etait|les|leur|mes|mon|notre"
    "|nous|par|pas|plus|pour|pres|que|qui|rue|ses|son|sont|sous|sur|tout|toute|tres|une|vers|vos"
    "|votre|vous"
)


def find(types: Iterable[TypeFacts], text: str) -> list[TypeFacts]:
    """The types one of whose words begins with a word of `text`, whatever accents and plurals:
    those that answer most of it first, then in the catalogue's order. Nothing for an empty text.
    """
    asked = list(dict.fromkeys(_words(text)))[:_MOST_WORDS]
    weighed = [(_weight(type_, asked), type_) for type_ in types]
    found = [one for one in weighed if one[0]]
    return [type_ for _weighs, type_ in sorted(found, key=lambda one: -one[0])]


def _weight(type_: TypeFacts, asked: list[str]) -> int:
    places = [_words(words) for words in (type_.name, " ".join(type_.keywords), type_.hint)]
    return sum(
        max(
            weight * any(known.startswith(word) for known in place)
            for weight, place in zip(_WEIGHTS, places, strict=True)
        )
        for word in asked
    )


def _words(text: str) -> list[str]:
    """Without accents, plural endings and the words that are in every sentence."""
    return [
        word.rstrip("sx") if len(word) > _SHORTEST else word
        for word in slug(text).split("-")
        if len(word) >= _SHORTEST and not _SAYS_NOTHING.fullmatch(word)
    ]
