"""What the reporter will read of a step, shown beside its form."""

from django.utils.translation import gettext as _

from riverain.reports import wording
from riverain.reports.lifecycle import Reason, Status
from riverain.web.desk.case import Case
from riverain.web.desk.step import Step


def reads(case: Case, step: Step) -> str:
    """The sentence, with what is still to be chosen in brackets; empty where the choices of the
    form say it themselves, or nothing is told."""
    if not step.tells(case) or step.to in {Status.DONE, Status.REJECTED}:
        return ""
    if step.to is None:
        return _others(case).get(step.code, "")
    if step.to is Status.WAITING:
        if step.code == "surveiller":
            reason = str(wording.REASONS[Reason.WATCHED])
        else:
            reason = _("[ce qui est choisi]")
        return _("En attente : %(reason)s, reprise le %(day)s") % {
            "reason": reason,
            "day": _("[date choisie]"),
        }
    if step.code == "prevoir":
        return _("Intervention prévue le %(day)s") % {"day": _("[date choisie]")}
    state = wording.State(
        status=step.to,
        service=case.report.service.name,
        body=_("[organisme choisi]"),
        text=_("[votre réponse]"),
    )
    return wording.for_residents(state)


def _others(case: Case) -> dict[str, str]:
    return {
        "confier": _("Confié à %(service)s") % {"service": _("[service choisi]")},
        "type": _("Votre demande a été reclassée et confiée à %(service)s")
        % {"service": _("[service du nouveau type]")},
        "ecrire": _("%(town)s vous écrit") % {"town": case.town.name},
    }
