"""What a catalogue must be as a whole, and the words of deadlines and closures. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from riverain.catalogue.facts import (
    CatalogueSpec,
    Counts,
    Deadline,
    Level,
    Outcome,
    RuleSpec,
    TypeSpec,
    Unit,
)

_DEADLINE = re.compile(
    r"(?P<amount>[0-9]{1,4})\s*(?:(?P<hours>h|heures?)|(?:j|jours?)(?P<working>\s+ouvr[ée]s?)?)",
    re.IGNORECASE,
)

# What residents read when a type has no words of its own for a closure.
_ANSWERS: Final[Mapping[Outcome, Promise]] = {
    Outcome.DONE: _("Nos équipes sont passées et ont fait le nécessaire."),
    Outcome.NOTHING_FOUND: _(
        "Nos équipes sont passées et n’ont rien trouvé à l’endroit indiqué. Si le problème est"
        " toujours là, dites-le-nous avec une photo ou un repère : nous y retournerons."
    ),
    Outcome.ALREADY_DONE: _("C’était déjà réglé à notre arrivée."),
    Outcome.NOT_PLANNED: _(
        "Nous n’interviendrons pas pour l’instant : ces travaux ne sont pas prévus. Votre"
        " signalement compte dans les choix des prochains programmes."
    ),
    Outcome.NOT_OURS: _(
        "Cela ne relève pas de la Ville : nous ne pouvons pas intervenir à cet endroit."
    ),
    Outcome.INCOMPLETE: _(
        "Il nous manque une précision pour intervenir. Avec l’adresse exacte ou une photo, un"
        " nouveau signalement nous permettra d’y aller."
    ),
}


def answer(type_: TypeSpec, outcome: Outcome) -> str:
    """What the reporter is told at closure: the type's own words, else words true of any."""
    return type_.answers.get(outcome) or str(_ANSWERS[outcome])


def deadline_from(text: str) -> Deadline:
    """Reads "24 h", "5 jours ouvrés", "15 jours". Raises ValueError for anything else."""
    found = _DEADLINE.fullmatch(text.strip())
    if not found:
        raise ValueError("not a deadline")
    unit = Unit.HOURS if found["hours"] else Unit.DAYS
    counts = Counts.WORKING if found["working"] else Counts.ELAPSED
    return Deadline(int(found["amount"]), unit, counts)


def deadline_text(deadline: Deadline) -> str:
    """The catalogue file's words for a deadline; `deadline_from` reads them back."""
    if deadline.unit is Unit.HOURS:
        return f"{deadline.amount} h"
    plural = "s" if deadline.amount > 1 else ""
    working = f" ouvré{plural}" if deadline.counts is Counts.WORKING else ""
    return f"{deadline.amount} jour{plural}{working}"


def unrouted(spec: CatalogueSpec, *, usable: Callable[[RuleSpec], bool]) -> Iterator[TypeSpec]:
    """The types whose reports would reach nobody: a report may lack a place, so only rules
    without an area count. `usable` leaves out rules that lead to a closed service.
    """
    targets = {
        (rule.level, rule.target) for rule in spec.rules if rule.area is None and usable(rule)
    }
    for family in spec.families:
        for type_ in family.types:
            leads = {
                (Level.TYPE, type_.code),
                (Level.CATEGORY, type_.category or ""),
                (Level.FAMILY, family.code),
                (Level.DEFAULT, ""),
            }
            if type_.makes_reports and not leads & targets:
                yield type_


def repeated(values: Iterable[str]) -> list[str]:
    """The values that come more than once, each named once."""
    return [value for value, count in Counter(values).items() if count > 1]
