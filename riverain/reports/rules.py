"""What a submission may say. Pure: texts in, clean texts out, or a refusal that names the field."""

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riverain.core.refusals import Invalid
from riverain.core.texts import UNSEEN, composed

MOST_PICTURES = 4  # S1-08
TOO_MANY_PICTURES = gettext_lazy("Quatre photos au plus : gardez les plus parlantes.")
LONGEST_TEXT = 4_000
LONGEST_ADDRESS = 300
LONGEST_NAME = 120
# Pages say it before a form is sent, too.
INCOMPLETE_EMAIL = gettext_lazy(
    "Cette adresse e-mail ne semble pas complète. Exemple : camille@exemple.fr"
)

_KEPT_UNSEEN = {"\n", "\t", "\u200d"}  # the joiner holds emoji together
_PHONE = re.compile(r"\+?\d{6,15}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to tell the reporter; all of it may be left out."""

    name: str = ""
    email: str = ""
    phone: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.email or self.phone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A report as it is submitted, before anything is decided about it.

    `submission_id` is made by whoever submits, so that a repeat returns the first answer.
    `lon` and `lat` are degrees, WGS84, both or neither. `answers` are the raw values of the
    type's questions. `proved` says that a proof of work came with it.
    """

    submission_id: UUID
    collectivity_id: int
    type_code: str
    channel: str
    description: str = ""
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    answers: dict[str, list[str]] = field(default_factory=dict)
    pictures: tuple[UUID, ...] = ()
    contact: Contact = Contact()
    language: str = "fr"
    proved: bool = True

    def digest(self) -> bytes:
        """SHA-256 of all that was said; the proof and the pictures' new identifiers, which a
        repeat brings anew, do not count, but their number does."""
        said = [
            self.collectivity_id,
            self.type_code,
            self.channel,
            self.description,
            self.address,
            None if self.lon is None else round(self.lon, 7),
            None if self.lat is None else round(self.lat, 7),
            sorted(self.answers.items()),
            len(self.pictures),
            [self.contact.name, self.contact.email, self.contact.phone],
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).digest()


def clean_text(text: str, *, field_name: str, longest: int, one_line: bool = False) -> str:
    """Text without control or invisible characters, NFC, trimmed. Raises Invalid when too long.

    Bidirectional overrides go too: they make agents read another text than what is stored.
    """
    kept = composed(text.replace("\r\n", "\n")).strip()
    if not kept.isprintable():  # as most texts are; line ends and fixed blanks are not either
        kept = "".join(
            character
            for character in kept
            if unicodedata.category(character) not in UNSEEN or character in _KEPT_UNSEEN
        ).strip()
    if one_line:
        kept = " ".join(kept.split())
    if len(kept) > longest:
        raise Invalid(
            _("Ce texte est trop long : %(length)d caractères, pour %(longest)d au plus.")
            % {"length": len(kept), "longest": longest},
            field=field_name,
        )
    return kept


def clean_email(email: str) -> str:
    """The address, its domain in lower case; empty stays empty."""
    email = clean_text(email, field_name="email", longest=254, one_line=True)
    if not email:
        return ""
    refusal = Invalid(str(INCOMPLETE_EMAIL), field="email")
    # Between quotation marks an address may hold a second one: programs differ on who is meant.
    if '"' in email:
        raise refusal
    try:
        validate_email(email)
    except ValidationError as error:
        raise refusal from error
    local, _at, domain = email.rpartition("@")
    return f"{local}@{domain.lower()}"


def clean_phone(phone: str) -> str:
    """Digits with an optional leading +; a French number becomes +33…"""
    phone = clean_text(phone, field_name="phone", longest=40, one_line=True)
    digits = re.sub(r"[\s.\-()/]", "", phone)
    if not digits:
        return ""
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return "+33" + digits[1:]
    if not _PHONE.fullmatch(digits):
        raise Invalid(
            _("Ce numéro de téléphone ne semble pas complet. Exemple : 06 12 34 56 78"),
            field="phone",
        )
    return digits


def clean_draft(draft: Draft) -> Draft:
    """The same draft, clean. Raises Invalid naming the first field at fault."""
    description = clean_text(draft.description, field_name="description", longest=LONGEST_TEXT)
    address = clean_text(
        draft.address, field_name="address", longest=LONGEST_ADDRESS, one_line=True
    )
    if not description and not draft.pictures:
        raise Invalid(
            _("Dites en quelques mots ce que vous voyez, ou joignez une photo."),
            field="description",
        )
    if len(draft.pictures) > MOST_PICTURES:
        raise Invalid(str(TOO_MANY_PICTURES), field="photos")
    if (draft.lon is None) != (draft.lat is None):
        raise Invalid(_("La position est incomplète : recommencez."), field="place")
    return replace(
        draft,
        description=description,
        address=address,
        contact=Contact(
            name=clean_text(
                draft.contact.name, field_name="name", longest=LONGEST_NAME, one_line=True
            ),
            email=clean_email(draft.contact.email),
            phone=clean_phone(draft.contact.phone),
        ),
        language=draft.language if draft.language in {"fr", "en"} else "fr",
    )
