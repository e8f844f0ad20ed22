"""Photos that agents send with a step or a request that they enter."""

from uuid import UUID

from riverain.core.refusals import TooMany
from riverain.organisation.members import Member
from riverain.reports import intake
from riverain.web.ui.pictures import PhotosForm


def take(form: PhotosForm, member: Member) -> tuple[UUID, ...]:
    """As `PhotosForm.take_photos`, within the limit on one agent's photos. Past it the form says so
    beside its field, and the photos that came before stay."""
    if arrived := form.cleaned_data.get("photos"):
        try:
            intake.spend_agent_uploads(member.label, len(arrived))
        except TooMany as refusal:
            form.add_error("photos", str(refusal))
    return form.take_photos(acting=member.label)
