"""What a reporter fills in after the report: the code, a message, a claim."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from riverain.reports.lifecycle import ClaimReason
from riverain.reports.rules import LONGEST_TEXT, clean_email
from riverain.reports.wording import CLAIMS
from riverain.web.portal.photos import ReporterForm
from riverain.web.ui.typed import CleanedBy, Words


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Votre code de suivi"),
        error_messages={"required": _("Tapez votre code de suivi.")},
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


class ClaimForm(ReporterForm):
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
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    field_order = ("claim", "text", "photos", "kept")

    def __init__(self, *args: Any, contesting: bool = False, **options: Any) -> None:
        """`contesting` a refusal asks one thing, why: what was not done cannot be badly done."""
        super().__init__(*args, **options)
        if contesting:
            self.fields["claim"].widget = forms.HiddenInput()
            self.fields["claim"].initial = ClaimReason.NOT_DONE.value
            self.fields["text"].required = True
            self.fields["text"].label = _("Vos raisons")
            self.fields["text"].error_messages["required"] = _("Dites-nous pourquoi.")


class ThanksForm(forms.Form):
    text = Words(
        label=_("Un mot pour l’équipe"),
        longest=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    use_required_attribute = False


class EmailForm(forms.Form):
    email = CleanedBy(
        clean_email,
        label=_("Votre e-mail"),
        error_messages={"required": _("Écrivez votre adresse e-mail.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    use_required_attribute = False
