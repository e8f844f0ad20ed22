"""Types found by the words that a person uses for what they see. Pure, in memory.

A `Finder` is made once for a catalogue and answers in a millisecond or two. What is typed becomes
concepts (a word, or a phrase such as "nid de poule"); each concept weighs the types that it
speaks of, by where the type says it (name, keywords, explanation), directly or through the
glossary, and by how few types share it. A word that nothing knows is taken for the nearest one:
heard alike, begun alike, or mistyped.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from riverain.catalogue import spoken
from riverain.catalogue.facts import Nature, TypeSpec
from riverain.core.spelling import slips

T = TypeVar("T", bound=TypeSpec)

# By position of a type: how much a concept speaks of it.
Weights = dict[int, float]

# How much a word weighs where it is found.
_NAME: Final = 4.0
_KEYWORD: Final = 3.0
_HINT: Final = 1.0
# A word of a phrase is not the phrase: "poubelle" in the keyword "poubelle pleine".
_PART: Final = 0.55
# A word of a long name tells less than one of a short name.
_LONG_NAME: Final = -0.15
# What the glossary leads to, for a word that the catalogue does not say, and for one that it says.
_MEANT: Final = 0.85
_ALSO_MEANT: Final = 0.75
# A phrase says more than a word, and takes most of the sense of its words.
_PHRASE: Final = 1.35
_SPENT: Final = 0.3
# Its words may stand apart: "la poubelle du square déborde".
_APART: Final = 0.7
# Guesses, by how they were made.
_HEARD: Final = 0.85
_BEGUN: Final = 0.75
_MISTYPED: Final = {1: 0.8, 2: 0.6}
# French begins with the thing: "corbeille cassée devant l’école".
_LATER: Final = 0.06

_LONGEST_PHRASE: Final = 4
# Past these a text is no longer a few words, and would only be work.
_MOST_WORDS: Final = 24
_MOST_LETTERS: Final = 1_000
# From this many letters on, a beginning is taken for the word, one letter may be wrong, or two.
_BEGINNING: Final = 3
_ONE_WRONG: Final = 4
_TWO_WRONG: Final = 8
# A type that answers this much less than the best one is noise.
_FLOOR: Final = 0.18
# A danger that is named goes first, unless it answers this much less.
_ALARM: Final = 0.35

# Where the thing is, and in what state: they tell types apart, but never make one by themselves.
_AROUND: Final = spoken.stems_of(
    """
    allée angle appartement avenue bâtiment boulevard carrefour chemin cité coin commerce
    commerçant cour crèche école église entrée face fenêtre gare hauteur immeuble impasse
    jardin lycée mairie maison marche matin numéro parc parking passage place porte pont
    près quai quartier résidence rue soir sol sortie square sud nord terrain terre trottoir
    ville voisin voiture house street face mur arrêt bord milieu travers
    """
)
_STATE: Final = spoken.stems_of(
    """
    abîmé arraché bloqué cassé couché dangereux danger déborde gêne mort panne plein
    sale tombé tordu ouvert public publique énorme broken electrique vide fermé
    """
)
_WEIGHT_AROUND: Final = 0.3
_WEIGHT_STATE: Final = 0.6

# Reports are what most people come for: ideas and thanks come when they are said to be such.
_IDEA: Final = spoken.stems_of(
    """
    idée faudrait serait suggère suggestion propose proposition ajouter installer planter
    créer souhait
    """
)
_PRAISE: Final = spoken.stems_of("merci bravo félicitations félicite remercie remerciement")
_UNSAID: Final = 0.4
_SAID: Final = 2.5


@dataclass(frozen=True, slots=True)
class _Word:
    stem: str
    sure: float  # 1 for a word that is known, less for a guess


class Finder(Generic[T]):
    """The types of one catalogue, ready to be found. Never changes; threads may share it."""

    def __init__(self, types: Iterable[T], glossary: Mapping[str, Sequence[str]]) -> None:
        self._types = tuple(types)
        # by stems joined by blanks: one word, or a phrase
        self._said: dict[str, Weights] = defaultdict(dict)
        self._names: list[frozenset[str]] = []
        forms: dict[str, str] = {}
        for position, type_ in enumerate(self._types):
            self._names.append(
                frozenset(self._take(position, type_.name, _NAME, forms)) - {spoken.NOT}
            )
            for keyword in type_.keywords:
                self._take(position, keyword, _KEYWORD, forms)
            for word in _stems(type_.hint, forms):
                self._add(word, position, _HINT)
        meant = {
            " ".join(_stems(said, forms)): [_stems(one, {}) for one in means]
            for said, means in glossary.items()
        }
        self._concepts = {
            term: weights
            for term in (*self._said, *meant)
            if (weights := self._weighed(term, meant.get(term, ())))
        }
        self._alarms = {term: found for term in self._said if (found := self._alarm(term))}
        self._longest = max((term.count(" ") + 1 for term in self._concepts), default=1)
        self._forms = {form: stem for form, stem in forms.items() if len(form) >= _BEGINNING}
        self._sorted = sorted(self._forms)
        self._letters = [(form, len(form), _bits(form)) for form in self._sorted]
        self._sounds = {spoken.sound(form): stem for form, stem in reversed(self._forms.items())}

    def find(self, text: str, *, among: Callable[[T], bool] = lambda _type: True) -> list[T]:
        """The types that answer `text`, best first, then in the catalogue's order; none for a text
        that says nothing. `among` leaves out those that are not offered. Syringes in a playground
        are syringes: what only a dangerous type is called goes before the rest.
        """
        typed = spoken.telling(text[:_MOST_LETTERS])[:_MOST_WORDS]
        if not typed:
            return []
        heard = [
            self._known(word, is_last=number == len(typed)) for number, word in enumerate(typed, 1)
        ]
        scores: dict[int, float] = defaultdict(float)
        for term, weight in self._read(heard):
            concept = self._concepts.get(term)
            if concept is None:
                continue
            for position, value in concept.items():
                scores[position] += weight * value
        stems = {word.stem for word in heard}
        offered = {
            position: score * self._fits(position, stems)
            for position, score in scores.items()
            if among(self._types[position])
        }
        best = max(offered.values(), default=0.0)
        floor = best * _FLOOR
        named = {at for word in heard if word.sure == 1.0 for at in self._alarms.get(word.stem, ())}
        pressing = {at for at in named if offered.get(at, 0.0) >= best * _ALARM}
        ranked = sorted(
            offered.items(), key=lambda one: (one[0] not in pressing, -round(one[1], 6), one[0])
        )
        return [self._types[position] for position, score in ranked if score > floor]

    # The catalogue, taken in

    def _take(self, position: int, words: str, weight: float, forms: dict[str, str]) -> list[str]:
        """A name or a keyword: as a phrase, and word by word."""
        stems = _stems(words, forms)
        if len(stems) > 1:
            if len(stems) <= _LONGEST_PHRASE:
                self._add(" ".join(stems), position, weight * _PHRASE)
            weight *= (
                _PART if weight < _NAME else (len(stems) - stems.count(spoken.NOT)) ** _LONG_NAME
            )
        for stem in stems:
            if stem != spoken.NOT:
                self._add(stem, position, weight)
        return stems

    def _add(self, term: str, position: int, weight: float) -> None:
        weights = self._said[term]
        weights[position] = max(weights.get(position, 0.0), weight)

    def _alarm(self, term: str) -> frozenset[int]:
        """The dangerous types that a word names, where names and keywords of no other type have
        it; none for a word that only says where or in what state."""
        said = {position: value for position, value in self._said[term].items() if value > _HINT}
        if term in _AROUND or term in _STATE:
            return frozenset()
        if not all(self._types[position].dangerous for position in said):
            return frozenset()
        return frozenset(position for position, value in said.items() if value >= _KEYWORD)

    def _weighed(self, term: str, meant: Iterable[Sequence[str]]) -> Weights:
        """What a term speaks of, itself and by the glossary, the rarer the more."""
        weights = dict(self._said.get(term, {}))
        said = max(weights.values(), default=0.0) >= _KEYWORD
        for stems in meant:
            for position, weight in self._meaning(stems).items():
                discounted = weight * (_ALSO_MEANT if said else _MEANT)
                weights[position] = max(weights.get(position, 0.0), discounted)
        if not weights:
            return weights
        spread = sum(weights.values()) / max(weights.values())
        rarity = math.log(1 + len(self._types) / spread)
        return {position: weight * rarity for position, weight in weights.items()}

    def _meaning(self, stems: Sequence[str]) -> Weights:
        """The types that say a phrase of the glossary: as it stands, else all of its words."""
        whole = self._said.get(" ".join(stems))
        parts = [self._said.get(stem, {}) for stem in stems if stem != spoken.NOT]
        shared = set.intersection(*map(set, parts)) if parts else set()
        weights = {
            position: sum(part[position] for part in parts) / len(parts) for position in shared
        }
        for position, weight in (whole or {}).items():
            weights[position] = max(weights.get(position, 0.0), weight)
        return weights

    # What a person typed, read

    def _read(self, heard: list[_Word]) -> Iterator[tuple[str, float]]:
        """The terms of a text with their weights: the longest phrases first, and their words again
        for the little that they still tell.
        """
        at = 0
        while at < len(heard):
            rank = 1 / (1 + _LATER * at)
            length = self._phrase_at(heard, at)
            words = heard[at : at + length]
            sure = min(word.sure for word in words)
            if length > 1:
                yield " ".join(word.stem for word in words), _PHRASE * sure * rank
            for word in words:
                if word.stem != spoken.NOT:
                    spent = _SPENT if length > 1 else 1.0
                    yield word.stem, spent * word.sure * rank * _tells(word.stem)
            at += length
        yield from self._apart(heard)

    def _apart(self, heard: list[_Word]) -> Iterator[tuple[str, float]]:
        """The phrases of two words that stand in the text with others between them."""
        for first, one in enumerate(heard):
            for other in heard[first + 2 :]:
                phrase = f"{one.stem} {other.stem}"
                if phrase in self._concepts:
                    yield phrase, _PHRASE * _APART * min(one.sure, other.sure)

    def _phrase_at(self, heard: list[_Word], at: int) -> int:
        """How many words the longest known phrase that begins here has; 1 when there is none."""
        for length in range(min(self._longest, len(heard) - at), 1, -1):
            if " ".join(word.stem for word in heard[at : at + length]) in self._concepts:
                return length
        return 1

    def _known(self, word: str, *, is_last: bool) -> _Word:
        """The word as the catalogue or the glossary knows it, else the nearest that they know."""
        if word == spoken.NOT:
            return _Word(word, 1.0)
        stem = spoken.stem(word)
        if stem in self._concepts or stem in _AROUND or stem in _STATE or len(word) < _BEGINNING:
            return _Word(stem, 1.0)
        heard = self._sounds.get(spoken.sound(word))
        if heard is not None:
            return _Word(heard, _HEARD)
        begun = self._begun(word) if is_last or len(word) >= _ONE_WRONG else None
        if begun is not None:
            return _Word(begun, _BEGUN)
        return self._mistyped(word) or _Word(stem, 1.0)

    def _begun(self, word: str) -> str | None:
        at = bisect_left(self._sorted, word)
        if at < len(self._sorted) and self._sorted[at].startswith(word):
            return self._forms[self._sorted[at]]
        return None

    def _mistyped(self, word: str) -> _Word | None:
        """The nearest form at one letter, or at two when it is long and begins alike."""
        if len(word) < _ONE_WRONG:
            return None
        limit = 2 if len(word) >= _TWO_WRONG else 1
        length, bits = len(word), _bits(word)
        best, nearest = limit + 1, ""
        for form, size, letters in self._letters:
            # a letter changed alters two bits of the set of letters, so most forms need no look
            if abs(size - length) > limit or (letters ^ bits).bit_count() > 2 * limit:
                continue
            away = slips(word, form, limit)
            if away < best and (away == 1 or form[0] == word[0]):
                best, nearest = away, form
        return _Word(self._forms[nearest], _MISTYPED[best]) if nearest else None

    def _fits(self, position: int, stems: set[str]) -> float:
        """How well the type's name is covered, and whether its nature was asked for."""
        type_, name = self._types[position], self._names[position]
        covered = 1 + 0.15 * len(name & stems) / len(name) if name else 1.0
        if type_.nature is Nature.SUGGESTION:
            return covered * (_SAID if stems & _IDEA else _UNSAID)
        if type_.nature is Nature.PRAISE:
            return covered * (_SAID if stems & _PRAISE else _UNSAID)
        return covered


def _tells(stem: str) -> float:
    if stem in _AROUND:
        return _WEIGHT_AROUND
    return _WEIGHT_STATE if stem in _STATE else 1.0


def _stems(text: str, forms: dict[str, str]) -> list[str]:
    """The stems of the telling words of `text`; notes in `forms` which stem each word has."""
    found = []
    for word in spoken.telling(text):
        stem = spoken.stem(word) if word != spoken.NOT else word
        forms.setdefault(word, stem)
        found.append(stem)
    return found


def _bits(word: str) -> int:
    """The set of its letters."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
