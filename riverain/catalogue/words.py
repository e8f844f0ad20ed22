"""The French words of the catalogue's file, and what they stand for.

The functional administrator edits the file, so its words are those of the town hall, not ours.
Reading forgives case and accents; writing uses exactly these.
"""

from typing import Final

from riverain.catalogue.facts import NO, YES, Nature, Outcome, Priority, QuestionKind

NATURES: Final = {
    "signalement": Nature.REPORT,
    "suggestion": Nature.SUGGESTION,
    "félicitation": Nature.PRAISE,
}
PRIORITIES: Final = {
    "urgente": Priority.URGENT,
    "haute": Priority.HIGH,
    "normale": Priority.NORMAL,
    "basse": Priority.LOW,
}
QUESTION_KINDS: Final = {
    "texte": QuestionKind.TEXT,
    "choix": QuestionKind.CHOICE,
    "plusieurs": QuestionKind.MULTI,
    "oui-non": QuestionKind.YES_NO,
    "nombre": QuestionKind.NUMBER,
}
OUTCOMES: Final = {
    "fait": Outcome.DONE,
    "rien trouvé": Outcome.NOTHING_FOUND,
    "déjà fait": Outcome.ALREADY_DONE,
    "pas prévu": Outcome.NOT_PLANNED,
    "pas à nous": Outcome.NOT_OURS,
    "incomplet": Outcome.INCOMPLETE,
}
AREA_KINDS: Final = {
    "commune": "commune",
    "quartier": "district",
    "secteur": "sector",
    "zone de marché": "contract_zone",
    "pôle": "hub",
}
FLAGS: Final = {"oui": True, "non": False}
YES_NO: Final = {"oui": YES, "non": NO}

FAMILY_KEYS: Final = ("code", "nom", "aide", "icône", "catégories", "types")
CATEGORY_KEYS: Final = ("code", "nom")
TYPE_KEYS: Final = (
    "code",
    "nom",
    "catégorie",
    "nature",
    "aide",
    "icône",
    "mots",
    "réservé aux agents",
    "sans suite ici",
    "organisme compétent",
    "danger",
    "consigne",
    "foyer ou commerce",
    "priorité",
    "délai",
    "questions",
    "réponses",
)
QUESTION_KEYS: Final = ("code", "question", "aide", "réponse", "obligatoire", "choix", "si")
CONDITION_KEYS: Final = ("question", "vaut")
RULE_KEYS: Final = ("type", "catégorie", "famille", *AREA_KINDS, "service", "partenaire")
FILE_KEYS: Final = ("familles", "routage")
