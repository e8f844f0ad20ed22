"""How a service or a body is called inside a sentence: « la Direction de la voirie », « à la
Métropole », « le service Propreté ».

French asks for an article that the name does not carry. It follows the first word, where that is
a common noun of towns; any other name of a service is introduced by "le service", any other body
goes without. Other languages take the name as it is.
"""

import re

from django.utils.translation import get_language, gettext, pgettext

_FEMININE = re.compile(
    r"agence|antenne|brigade|caisse|cellule|commune|communauté|compagnie|direction|"
    r"division|équipe|mairie|maison|métropole|mission|police|préfecture|régie|région|"
    r"société|unité|ville"
)
_MASCULINE = re.compile(
    r"accueil|atelier|bureau|cabinet|centre|conseil|département|établissement|groupe|"
    r"guichet|office|pôle|port|secrétariat|secteur|service|standard|syndicat"
)
_ELIDED = re.compile(r"[aeéèêiîoôuyh]", re.IGNORECASE)


def is_feminine(name: str) -> bool:
    """Whether what agrees with the name is feminine. A name may come with its article."""
    noun = _noun(name)
    return noun == "la" or _FEMININE.fullmatch(noun) is not None


def service(name: str) -> str:
    """« la Direction de la voirie », « le service Propreté »; the town itself without a name."""
    if not name:
        return gettext("la Ville")
    return _with_article(name) or pgettext("a department", "le service %(name)s") % {"name": name}


def body(name: str) -> str:
    """« la Métropole européenne de Lille », « Habitat du Nord »."""
    return _with_article(name) or name


def to(name: str) -> str:
    """« à la Métropole européenne de Lille », « au Département », « à Habitat du Nord »."""
    noun = _noun(name)
    if _MASCULINE.fullmatch(noun) and not _ELIDED.match(noun):
        return pgettext("masculine", "au %(name)s") % {"name": name}
    return pgettext("someone", "à %(name)s") % {"name": body(name)}


def to_service(name: str) -> str:
    """« à la Direction de la voirie », « au service Propreté »."""
    if _with_article(name):
        return to(name)
    return pgettext("a department", "au service %(name)s") % {"name": name}


def _with_article(name: str) -> str:
    noun = _noun(name)
    feminine = _FEMININE.fullmatch(noun)
    if not feminine and not _MASCULINE.fullmatch(noun):
        return ""
    if _ELIDED.match(noun):
        return f"l’{name}"
    return f"la {name}" if feminine else f"le {name}"


def _noun(name: str) -> str:
    """The first word, where the language is one that looks at it."""
    if not (get_language() or "").startswith("fr"):
        return ""
    return name.partition(" ")[0].lower()
