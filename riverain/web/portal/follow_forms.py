"""What a reporter fills in after the report: the code, a message, a claim."""

from django import forms
from django.utils.translation import gettext_lazy as _

from riverain.reports.lifecycle import ClaimReason
from riverain.reports.rules import LONGEST_TEXT
from riverain.reports.wording import CLAIMS
from riverain.web.portal.photos import ReporterForm
from riverain.web.ui.typed import Words


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Votre code de suivi"),
        widget=forms.TextInput(
            attrs={
                "placeholder": "K7QX-92MP-4TFC",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    use_required_attribute = False


class MessageForm(ReporterForm):
    text = Words(
        label=_("Votre message"),
        longest=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Écrivez votre message.")},
    )

    field_order = ("text", "photos", "kept")


class ClaimForm(forms.Form):
    claim = forms.TypedChoiceField(
        label=_("Qu’est-ce qui ne va pas ?"),
        choices=list(CLAIMS.items()),
        coerce=ClaimReason,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Dites ce qui n’est pas réglé."),
            "invalid_choice": _("Choisissez parmi les réponses proposées."),
        },
    )
    text = Words(
        label=_("Dites-nous en plus"),
        longest=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    use_required_attribute = False


class ThanksForm(forms.Form):
    text = Words(
        label=_("Un mot pour l’équipe"),
        longest=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
