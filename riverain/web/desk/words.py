"""Words of the agents' pages that no room below says."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from riverain.catalogue.facts import Priority

PRIORITIES: Final[dict[Priority, Any]] = {
    Priority.URGENT: _("Urgente"),
    Priority.HIGH: _("Prioritaire"),
    Priority.NORMAL: _("Normale"),
    Priority.LOW: _("Peut attendre"),
}

# Code of the view in `reports.queries.VIEWS` -> its address (?vue=) and its name.
VIEWS: Final[dict[str, tuple[str, Any]]] = {
    "to_process": ("a-traiter", _("À traiter")),
    "late": ("en-retard", _("En retard")),
    "due_today": ("aujourd-hui", _("À échéance aujourd’hui")),
    "mine": ("a-moi", _("À moi")),
    "unanswered": ("messages", _("Messages sans réponse")),
    "work_done": ("travaux-faits", _("Travaux faits, à clôturer")),
    "claims": ("reclamations", _("Réclamations")),
    "rejections": ("rejets", _("Rejets à valider")),
    "waiting": ("en-attente", _("En attente")),
    "transferred": ("transferes", _("Transférés")),
    "to_locate": ("a-localiser", _("À localiser")),
    "to_look_at": ("a-verifier", _("À vérifier (envoi sans contrôle)")),
    "undelivered": ("mails-non-remis", _("Mails non remis")),
    "open": ("en-cours", _("En cours (tout)")),
    "closed": ("termines", _("Terminés")),
}

# The rail's headings, and the views under each.
GROUPS: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (_("Mes vues"), ("to_process", "late", "due_today", "mine")),
    (_("À répondre, à valider"), ("unanswered", "work_done", "claims", "rejections")),
    (_("Chez d’autres, ou plus tard"), ("waiting", "transferred")),
    (_("À compléter"), ("to_locate", "to_look_at", "undelivered")),
    (_("Tout"), ("open", "closed")),
)

# What concerns the town's agents alone: letters with residents, places, validations.
INSIDE_ONLY: Final = frozenset(
    {"unanswered", "rejections", "to_locate", "to_look_at", "undelivered"}
)
