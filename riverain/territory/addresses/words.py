"""How names of streets compare: without accents, abbreviations written out, numbers in figures.

The Base Adresse Nationale writes "Boulevard Général Charles De Gaulle", residents "bd gal de
gaulle": both become the same words. Pure. `plain` of what is stored (`Street.plain`) is computed
at import: a change of these tables asks for a new import.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from riverain.core.spelling import slips
from riverain.core.texts import composed

# How a street's kind is written for short, as its first word (after "ancienne", "petite"…): the
# postal abbreviations (AFNOR XP Z10-011) and those that people make.
_KINDS: Final = {
    "all": "allee",
    "av": "avenue",
    "ave": "avenue",
    "aven": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blv": "boulevard",
    "blvd": "boulevard",
    "boul": "boulevard",
    "bvd": "boulevard",
    "ch": "chemin",
    "che": "chemin",
    "chem": "chemin",
    "crs": "cours",
    "dom": "domaine",
    "esp": "esplanade",
    "fbg": "faubourg",
    "faub": "faubourg",
    "fg": "faubourg",
    "ham": "hameau",
    "imp": "impasse",
    "lot": "lotissement",
    "mte": "montee",
    "pas": "passage",
    "pass": "passage",
    "pl": "place",
    "plc": "place",
    "prom": "promenade",
    "q": "quai",
    "qu": "quai",
    "r": "rue",
    "res": "residence",
    "rle": "ruelle",
    "rpt": "rondpoint",
    "rte": "route",
    "sq": "square",
    "trav": "traverse",
    "ven": "venelle",
    "vla": "villa",
}
_TITLES: Final = {
    "adj": "adjudant",
    "amal": "amiral",
    "cap": "capitaine",
    "capt": "capitaine",
    "cdt": "commandant",
    "cmdt": "commandant",
    "col": "colonel",
    "cpt": "capitaine",
    "dr": "docteur",
    "fbg": "faubourg",
    "fg": "faubourg",
    "gal": "general",
    "gen": "general",
    "gd": "grand",
    "gde": "grande",
    "lt": "lieutenant",
    "mal": "marechal",
    "mgr": "monseigneur",
    "mlle": "mademoiselle",
    "mme": "madame",
    "nd": "notre dame",
    "pdt": "president",
    "pr": "professeur",
    "prof": "professeur",
    "sgt": "sergent",
    "st": "saint",
    "ste": "sainte",
    "stes": "saintes",
    "sts": "saints",
}
_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate(
        [
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "9",  # "neuf" is more often what is new
            "dix",
            "onze",
            "douze",
            "treize",
            "quatorze",
            "quinze",
            "seize",
        ],
        start=2,
    )
} | {"premier": "1", "premiere": "1", "1er": "1", "1ere": "1", "vingt": "20", "trente": "30"}

KINDS: Final = frozenset(_KINDS.values()) | {
    "carrefour",
    "chaussee",
    "cite",
    "clos",
    "corniche",
    "cote",
    "cour",
    "parvis",
    "placette",
    "pont",
    "port",
    "quartier",
    "rampe",
    "rocade",
    "rue",
    "ruelle",
    "sentier",
    "sente",
    "voie",
}
# Before a kind: "Ancien chemin des Emeyères", "Petite rue".
_BEFORE_KINDS: Final = frozenset(
    [
        "ancien",
        "ancienne",
        "grand",
        "grande",
        "nouveau",
        "nouvelle",
        "petit",
        "petite",
        "vieille",
        "vieux",
    ]
)
# Say nothing of which street it is; left out where something else is said.
_ARTICLES: Final = frozenset(
    ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"]
)

_COMMON: Final = frozenset(_TITLES.values()) | {"saint", "sainte", "jean"}
_SHORTEST_SPELT: Final = 3
_SHORTEST_KIND: Final = 4
_SAME_KIND: Final = 0.7
_HAIR: Final = 1e-9

# "d’Embrun", "l’Abbé": the elided article goes with its apostrophe.
_ELIDED: Final = re.compile(r"\b[dl]['’ʼ`´]")
_APART: Final = re.compile(r"[^0-9a-z]+")
# Past this a line is no address, and would only be work.
_LONGEST: Final = 250


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case ASCII, elided articles left out; nothing expanded."""
    text = composed(text[:_LONGEST]).casefold().replace("œ", "oe").replace("æ", "ae")
    folded = unicodedata.normalize("NFKD", _ELIDED.sub("", text))
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return [word for word in _APART.split(bare.casefold()) if word]


def written_out(words: list[str]) -> list[str]:
    """The words of a street's name with abbreviations written out and numbers in figures."""
    done: list[str] = []
    for word in words:
        first = all(before in _BEFORE_KINDS for before in done)
        whole = (first and _KINDS.get(word)) or _TITLES.get(word) or _NUMBERS.get(word) or word
        if whole == "point" and done[-1:] == ["rond"]:
            done[-1] = "rondpoint"
        else:
            done += whole.split()
    return done


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A street's name as it is compared: "Bd. Gal de Gaulle" → "boulevard general de gaulle"."""
    return " ".join(written_out(plain_words(name)))[:_LONGEST]


def kind_of(words: list[str]) -> str:
    """The kind that a name begins with ("rue", "avenue"), or an empty text."""
    for word in words:
        if word in KINDS:
            return word
        if word not in _BEFORE_KINDS:
            return ""
    return ""


def core(words: list[str]) -> list[str]:
    """What tells a street from others: its words without kind and articles, which people leave
    out or mistake. Never empty where there are words: "Grande Rue" stays whole."""
    kind = kind_of(words)
    place = words.index(kind) + 1 if kind else 0
    after = [word for word in words[place:] if word not in _ARTICLES]
    if not after:
        return [word for word in words if word not in _ARTICLES] or words
    return [word for word in words[: max(place - 1, 0)] if word in _BEFORE_KINDS] + after


def spellings(words: list[str]) -> list[str]:
    """What the words of a core share with themselves after one slip: each word, and each word
    without one of its letters. A letter added, dropped, changed, doubled or swapped leaves at least
    one in common. Titles ("general") are in too many streets to find one by."""
    found: dict[str, None] = {}
    for word in words:
        if len(word) < _SHORTEST_SPELT or word.isdigit() or word in _COMMON:
            continue
        found[word] = None
        if len(word) > _SHORTEST_SPELT:
            found |= dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word)))
    return list(found)


def kinds_like(word: str) -> list[str]:
    """The kinds that a word is a slip of: "baulevard" is a boulevard."""
    if len(word) < _SHORTEST_KIND:
        return []
    alike = [(likeness(word, kind, _SAME_KIND), kind) for kind in sorted(KINDS)]
    return [kind for like, kind in sorted(alike, reverse=True)[:1] if like]


@lru_cache(maxsize=16_384)
def likeness(typed: str, known: str, least: float = 0.0) -> float:
    """From 0 to 1: how like two words are, by the letters to add, drop, change or swap (optimal
    string alignment, over the longer length). What is under `least` is 0, and soon known."""
    longest = max(len(typed), len(known))
    if typed == known or not longest:
        return 1.0
    # A hair more: what computers make of one third must not cost a slip.
    away = slips(typed, known, int((1.0 - least) * longest + _HAIR))
    alike = 1.0 - away / longest
    return alike if alike >= least else 0.0
