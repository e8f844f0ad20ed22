"""What a person may read of one report, and its history cut to that.

Words and pictures of residents, their contacts and the agents' notes each have their own right. An
outside body (a contractor, a landlord) reads what says what to do, never who said it, nor what
agents and residents write to each other: a telephone number stands in such texts more often than
not.
"""

from dataclasses import dataclass, replace

from riverain.accounts import labels
from riverain.accounts.permissions import Permission
from riverain.organisation.members import Member
from riverain.organisation.models import Membership
from riverain.reports import door
from riverain.reports.models import Picture, Report
from riverain.reports.timeline import Step, Story, story

# Between the town and the reporter, or among the town's agents.
_WITHIN = frozenset({"report.message", "report.noted", "report.undelivered"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """`texts` covers what residents wrote, their pictures, the address and the exact point."""

    texts: bool
    contacts: bool
    outside: bool

    @property
    def names(self) -> bool:
        """Whether the agents who acted are shown by name."""
        return self.texts and not self.outside

    def shows(self, picture: Picture) -> bool:
        """Whether a picture of the report may be seen. What came with a message to the town is
        part of that message: a letter, a face at a window."""
        return self.texts and not (self.outside and picture.is_of_message)


def sight_of(member: Member, report: Report) -> Sight:
    """What a member who may read this report sees of it."""
    return Sight(
        texts=door.may(member, Permission.READ_TEXTS, report),
        contacts=door.may(member, Permission.READ_CONTACTS, report),
        outside=door.is_outside(member, report),
    )


def history(member: Member, report: Report, sight: Sight) -> Story:
    """The report's story as this member may read it; one query more for an outside body."""
    whole = story(report.pk, contacts=sight.contacts, notes=sight.texts, texts=sight.texts)
    if not sight.outside:
        return whole
    colleagues = _labels_of(report.partner_id) | {member.label}
    kept = (_from_outside(step, colleagues, report.partner_id) for step in whole.steps)
    return Story(tuple(step for step in kept if step))


def _from_outside(step: Step, colleagues: set[str], partner_id: int | None) -> Step | None:
    """A step as an outside body reads it: a note only when it is theirs or came with the work."""
    if step.acting in colleagues:
        return step
    if step.kind in _WITHIN:
        return None
    if step.said.get("partner") == partner_id:
        return step
    return replace(step, words={name: text for name, text in step.words.items() if name != "note"})


def _labels_of(partner_id: int | None) -> set[str]:
    """How the log names everyone who is or was of this body."""
    if partner_id is None:
        return set()
    members = Membership.objects.filter(partner_id=partner_id).order_by("id")
    return set(map(labels.label, members.values_list("user_id", flat=True)))
