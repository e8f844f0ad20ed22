"""The forms of the sign-in pages: the library's, with our words and stricter about addresses."""

from typing import Any

from allauth.account import app_settings
from allauth.account import forms as library
from allauth.account.adapter import get_adapter
from allauth.account.fields import SetPasswordField
from django import forms
from django.utils.translation import gettext_lazy as _

from riverain.accounts.rules import EMAIL_LENGTH, normal_email
from riverain.core.refusals import Refused, TooMany
from riverain.guard import limits

# What the library allows one code: tries, and seconds.
_TRIES: int = app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS
_LIFE: int = app_settings.LOGIN_BY_CODE_TIMEOUT


class _EveryValue(forms.EmailInput):
    """Hands on every value that came under its name, where Django would keep the last."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        values = data.getlist(name) if hasattr(data, "getlist") else []
        return values if len(values) > 1 else super().value_from_datadict(data, files, name)

    def format_value(self, value: Any) -> str | None:
        return None if isinstance(value, list) else super().format_value(value)


class OneEmail(forms.CharField):
    """One plain address, given once.

    A parameter sent twice (`email=a&email=b`) would let two readers of the same form disagree on
    which one counts, and so send A's code to B.
    """

    def __init__(self) -> None:
        super().__init__(
            label=_("Adresse e-mail"),
            max_length=EMAIL_LENGTH,
            widget=_EveryValue(attrs={"autocomplete": "username", "autocapitalize": "none"}),
            error_messages={"required": _("Écrivez votre adresse e-mail.")},
        )

    def clean(self, value: Any) -> str:
        if isinstance(value, list):
            raise forms.ValidationError(_("Donnez une seule adresse e-mail."), code="repeated")
        try:
            return normal_email(super().clean(value))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal


class SignInForm(library.LoginForm):  # type: ignore[misc] # the library has no types
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Écrivez votre mot de passe.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = OneEmail()
        self.order_fields(["login", "password"])


class CodeRequestForm(library.RequestLoginCodeForm):  # type: ignore[misc] # as above
    email = OneEmail()


class CodeForm(library.BaseConfirmCodeForm):  # type: ignore[misc] # as above
    code = forms.CharField(
        label=_("Code reçu par mail"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Écrivez le code reçu.")},
    )

    def clean_code(self) -> str:
        """The library counts tries in the session, where those that come together do not see each
        other: PostgreSQL counts them too. Past the last one the right code is as wrong as any, in
        the words of an address without an account, whose code nobody can find."""
        if self.expected_code:
            try:
                limits.spend("sign-in-code", self.expected_code, limit=_TRIES, per_seconds=_LIFE)
            except TooMany as refusal:
                raise get_adapter().validation_error("incorrect_code") from refusal
        code: str = super().clean_code()
        return code


class ResetForm(library.ResetPasswordForm):  # type: ignore[misc] # as above
    email = OneEmail()


class NewPasswordForm(library.ResetPasswordKeyForm):  # type: ignore[misc] # as above
    password1 = SetPasswordField(
        label=_("Nouveau mot de passe"),
        help_text=_(
            "Au moins 12 caractères, pas seulement des chiffres, rien de courant, pas votre nom."
        ),
        error_messages={"required": _("Écrivez un nouveau mot de passe.")},
    )
    password2 = forms.CharField(
        label=_("Le même, une seconde fois"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Écrivez-le une seconde fois.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The library repeats the label inside the field.
        self.fields["password1"].widget.attrs.pop("placeholder", None)
