"""Words of the agents' pages that no room below says."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from riverain.accounts.permissions import Permission as May
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
    "to_resume": ("a-reprendre", _("À reprendre")),
    "mine": ("a-moi", _("À moi")),
    "unanswered": ("messages", _("Messages sans réponse")),
    "work_done": ("travaux-faits", _("Travaux faits, à clôturer")),
    "claims": ("reclamations", _("Réclamations")),
    "rejections": ("rejets", _("Rejets à valider")),
    "waiting": ("en-attente", _("En attente")),
    "transferred": ("transferes", _("Transférés")),
    "to_locate": ("a-localiser", _("À localiser")),
    "to_look_at": ("a-verifier", _("À vérifier")),
    "undelivered": ("mails-non-remis", _("Mails non remis")),
    "open": ("en-cours", _("En cours")),
    "closed": ("termines", _("Terminés")),
}

# The rail's headings, and the views under each.
GROUPS: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (_("Mes vues"), ("to_process", "late", "due_today", "to_resume", "mine")),
    (_("À répondre, à valider"), ("unanswered", "work_done", "claims", "rejections")),
    (_("Chez d’autres, ou plus tard"), ("waiting", "transferred")),
    (_("À compléter"), ("to_locate", "to_look_at", "undelivered")),
    (_("Tout"), ("open", "closed")),
)

# A contractor, a landlord, a network: what the town transfers is theirs to do, not another's.
GROUPS_OUTSIDE: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (_("Mes vues"), ("transferred", "to_process", "late", "due_today", "to_resume", "mine")),
    (_("À répondre, à valider"), ("work_done", "claims")),
    (_("Plus tard"), ("waiting",)),
    (_("Tout"), ("open", "closed")),
)
TO_US: Final = _("Reçus de la Ville")
NOTHING_TO_US: Final = (
    _("Rien ne vous est transmis."),
    _("Ce que la Ville transmet à votre organisme se montre ici."),
)

# What a view is for: it is shown to those who hold one of these rights. An elected official has no
# rejections to decide, a contractor no letters of residents to answer. Views not named: everyone.
NEEDED: Final[dict[str, frozenset[May]]] = {
    "to_resume": frozenset({May.TAKE, May.CLOSE}),
    "mine": frozenset({May.TAKE, May.CLOSE}),
    "unanswered": frozenset({May.WRITE_TO_REPORTER}),
    "undelivered": frozenset({May.WRITE_TO_REPORTER}),
    "work_done": frozenset({May.CLOSE, May.DECLARE_DONE}),
    "rejections": frozenset({May.REJECT, May.PROPOSE_REJECTION}),
    "to_locate": frozenset({May.CORRECT}),
    "to_look_at": frozenset({May.CORRECT}),
}

# Whoever holds one of these works on reports; the others read them.
WORK: Final = frozenset(
    {May.TAKE, May.CLOSE, May.DECLARE_DONE, May.HAND_OVER, May.WRITE_TO_REPORTER, May.REJECT}
)

# An empty view is good news, or says what would stand in it.
EMPTY: Final[dict[str, tuple[Any, Any]]] = {
    "to_process": (
        _("Tout est pris en main."),
        _("Les nouveaux signalements et les réclamations arrivent ici."),
    ),
    "late": (_("Rien n’est en retard. Bravo à l’équipe."), ""),
    "due_today": (
        _("Plus rien à rendre aujourd’hui."),
        _("Ce dont le délai finit avant minuit se montre ici."),
    ),
    "to_resume": (
        _("Rien n’est à reprendre."),
        _("Ce qui attendait revient ici le jour de sa reprise."),
    ),
    "mine": (
        _("Vous n’avez rien en main."),
        _("Prenez un signalement en charge : il vous suit ici jusqu’à sa clôture."),
    ),
    "unanswered": (
        _("Tout le monde a eu sa réponse."),
        _("Les messages des usagers attendent ici jusqu’à ce qu’un agent agisse."),
    ),
    "work_done": (
        _("Rien à clôturer."),
        _("Les travaux que les équipes et les prestataires déclarent faits se montrent ici."),
    ),
    "claims": (
        _("Aucune réclamation."),
        _("Quand un usager dit que ce n’est pas réglé, son signalement revient ici."),
    ),
    "rejections": (
        _("Aucun rejet à valider."),
        _("Les propositions de rejet attendent ici la décision d’un responsable."),
    ),
    "waiting": (
        _("Rien n’attend."),
        _("Ce qui est mis en attente reste ici jusqu’à sa reprise."),
    ),
    "transferred": (
        _("Rien chez les autres."),
        _("Ce que vous transmettez à un organisme ou à un bailleur se suit ici."),
    ),
    "to_locate": (_("Tout est situé."), _("Les demandes reçues sans lieu attendent ici.")),
    "to_look_at": (
        _("Tout est vérifié."),
        _("Les envois arrivés sans contrôle attendent ici un coup d’œil."),
    ),
    "undelivered": (
        _("Tous les mails sont arrivés."),
        _("Un mail refusé se montre ici : appelez l’usager et notez-le, ou écrivez-lui."),
    ),
    "open": (_("Rien n’est ouvert."), _("Les demandes en cours, où qu’elles soient, sont ici.")),
    "closed": (_("Rien n’est encore terminé."), _("Les demandes closes se retrouvent ici.")),
}
