"""Photos that residents send: kept, within a limit, over a form that comes back."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from riverain.core.refusals import TooMany
from riverain.reports import intake
from riverain.reports.acting import Reporter
from riverain.web.ui.pictures import PhotosForm


@dataclass(frozen=True, slots=True)
class Waiting:
    """A photo that came before, with the box that keeps it."""

    token: str
    label: str
    src: str


class ReporterForm(PhotosForm):
    """A form of a resident, who has no account behind them: `client` is the network address that
    limits count by."""

    use_required_attribute = False
    _took = False

    def take_photos(self, *, acting: str = Reporter().label) -> tuple[UUID, ...]:
        self._took = True
        return super().take_photos(acting=acting)

    def keep_photos(self, *, client: str) -> None:
        """For a form that comes back: stores what came with it, unless that is done, within the
        limit on photos without a report."""
        if self._took or not (self.files or self.has_tokens):
            return
        if self.files:
            try:
                intake.spend_upload(client)
            except TooMany:
                self.add_error("photos", _("Choisissez de nouveau vos photos."))
        self.take_photos()

    @property
    def has_tokens(self) -> bool:
        return self.add_prefix("kept") in self.data

    def waiting(self) -> list[Waiting]:
        """The photos that are kept, for the page to show."""
        boxes = self.fields["kept"].widget
        choices = boxes.choices if isinstance(boxes, forms.CheckboxSelectMultiple) else []
        return [
            Waiting(
                token=str(token),
                label=str(label),
                src=f"{reverse('portal:waiting-photo')}?{urlencode({'jeton': token})}",
            )
            for token, label in choices
        ]
