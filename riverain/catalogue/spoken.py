"""From what a person types to stems that compare: case, accents, forms, spelling by ear. Pure.

French only has stems here; a word of another language, whatever its script, stays itself.
"""

import re
import threading
import unicodedata
from typing import Final

import snowballstemmer

# What turns a sentence: "plus de lumière", "jamais ramassée". It means nothing alone, and only
# counts inside phrases ("pas de sac"), where all of these are one.
NOT: Final = "pas"
_NEGATIONS: Final = frozenset(
    {"pas", "plus", "jamais", "aucun", "aucune", "non", "sans", "no", "not"}
)

_SHORT: Final = 3
# Thanks that end a message or ask for something are no praise.
_POLITE: Final = re.compile(
    r"\b(?:d avance merci|merci d avance|merci de (?!votre|notre)(?=\w+(?:er|ir|re)\b))"
    r"|(?<=\w )merci(?: beaucoup| bien| a vous)?$"
)

# The stemmer leaves the verbs of a plural alone, for fear of nouns: here both would do.
_THEY: Final = re.compile(r"(?<=\w{4})(?<!m)ent$")
_stemmer: Final = snowballstemmer.stemmer("french")
# The stemmer keeps the word it works on in itself.
_stemming: Final = threading.Lock()

# A word as French ears hear it. The order counts: longer spellings first.
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?:ent|es|s|x)$", ""),
        (r"ph", "f"),
        (r"sch|ch|sh", "C"),
        (r"ill(?=[aeiou]|$)", "y"),
        (r"h", ""),
        (r"eau|au", "o"),
        (r"oi|oy", "wa"),
        (r"ou", "u"),
        (r"(?:ain|ein|in|im|un|yn)(?![aeiouynm])", "I"),
        (r"(?:an|am|en|em)(?![aeiouynm])", "A"),
        (r"(?:on|om)(?![aeiouynm])", "O"),
        (r"ai|ei|ay|ey|er$|ez$|et$|ee$", "e"),
        (r"gu(?=[ei])", "g"),
        (r"ge(?=[aou])|g(?=[eiy])", "j"),
        (r"qu|q|ck|cc|c(?![eiyC])", "k"),
        (r"c|ss|z|t(?=io)", "s"),
        (r"y", "i"),
        (r"(.)\1+", r"\1"),
        (r"[estdp]+$", ""),
    )
)


def words(text: str) -> list[str]:
    """Its words in order, small and without accents: "L’Éclairage" → ["l", "eclairage"]."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return re.findall(r"[^\W_]+", letters.lower())


# In every sentence, French, English, and French as it is typed on a telephone.
_SAYS_NOTHING: Final = frozenset(
    words(
        """
        a ai ait alors an and apres are as at au aucunement aussi autre autres aux avait avant
        avec avoir ayant bcp beaucoup bien bon bonjour bonsoir by c ca car ce cela ces cet cette
        chez ci comme comment constate d dans de deja depuis des desormais deux devenu dit dois
        donc dont du elle elles en encore entre es est et etaient etait etant ete etre eu euh
        faire fait faite faites faut fois font for from gens grand grande gros grosse has have
        hello here hi hier i ici il ils in is it j ja je jour jours jusque juste k ke ki l la
        laisse le les leur leurs lui m ma madame mais malgre me meme mes messieurs mettre moi
        mois mon monsieur my n ne near nos notre nous nouveau of on ont ou our par parce partout
        pendant petit petite peu peut peuvent pk please pour pourquoi pourrait pourriez presque
        probleme puis qu quand que quel quelle quelqu quelque quelques qui quoi rien s sa sais
        se semaine semaines ses si signale signaler slt soit some son sont sous souvent
        suis suite sur svp t ta tas tellement the there this tjrs to toujours tous tout toute
        toutes tres trois trop un une urgence urgent va vers veulent veux vieille vieilles vient
        vieux voici voila voir vois vont vos votre voudrais vous vraiment vu was with y ya
        """
    )
)


def telling(text: str) -> list[str]:
    """The words of `text` that tell something, negations all turned into `NOT`."""
    plain = _POLITE.sub(" ", " ".join(words(text)))
    told = (NOT if word in _NEGATIONS else word for word in plain.split())
    return [word for word in told if word not in _SAYS_NOTHING and not word.isdecimal()]


def stem(word: str) -> str:
    """What the forms of a word share: "éclairer", "éclairés" → "eclair". `word` is as `words`
    gives it. Doubled letters are one, since who types in a hurry forgets one of the two. A word of
    three letters is marked, so that "PAV" is not what remains of "pavé".
    """
    short = word.rstrip("sx")
    if len(short) <= _SHORT:
        return f"{short}."
    with _stemming:
        found: str = _stemmer.stemWord(_THEY.sub("e", word))
    found = re.sub(r"(.)\1", r"\1", found)
    return re.sub(r"(?<=..)(?:e|(?<=[gq])u|(?<=[ea]u)x)$", "", found)


def stems_of(text: str) -> frozenset[str]:
    """The stems of all its words, those that say nothing too."""
    return frozenset(map(stem, words(text)))


def sound(word: str) -> str:
    """What a word sounds like, roughly: "lampadère" and "lampadaire" are the same."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word
