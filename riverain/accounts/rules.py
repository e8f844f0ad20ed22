"""What an e-mail address of an account may look like."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from riverain.core.refusals import Invalid

# The longest that SMTP carries (RFC 5321, 4.5.3.1.3, errata 1690).
EMAIL_LENGTH = 254


def normal_email(text: str) -> str:
    """The address as we store and compare it: trimmed, lower case.

    Raises Invalid for what is not one plain address. Letters beyond ASCII are refused, since two
    addresses that look alike must not be two accounts; quoted local parts too, since they may
    hold an at sign, a comma or a second address.
    """
    plain = text.strip()
    refusal = Invalid(
        _("Cette adresse e-mail n’est pas valable. Écrivez une seule adresse, sans accent."),
        field="email",
        code="email",
    )
    if len(plain) > EMAIL_LENGTH or not plain.isascii() or '"' in plain:
        raise refusal
    try:
        validate_email(plain)
    except ValidationError as error:
        raise refusal from error
    return plain.lower()
