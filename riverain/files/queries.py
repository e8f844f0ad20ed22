"""Reading pictures. Whoever calls has already decided that this person may see this one.

Surfaces send it as `image/jpeg` with `X-Content-Type-Options: nosniff` and a private cache, so
that a picture taken off a report is not served on by someone else's cache.
"""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from riverain.core import clock
from riverain.core.refusals import NotFound
from riverain.files.models import State, StoredFile
from riverain.files.rules import Variant, storage_name
from riverain.files.storage import pictures

if TYPE_CHECKING:
    from django.core.files.base import File

# How long someone may take to correct a form without sending their photos again.
UPLOAD_LIFE = timedelta(hours=2)

_signer = Signer(salt="riverain.files.upload")


def open_variant(file: StoredFile, variant: Variant | str) -> "File[Any]":
    """The content of a kept picture, to be closed by the caller. Raises NotFound for a picture
    that is not kept (or no more), whose files are gone, or an unknown variant."""
    if file.state != State.KEPT:
        raise gone()
    return _open(file, variant)


def open_upload(token: str, variant: Variant | str) -> "File[Any]":
    """The content of a picture not yet kept, for the holder of its token. Raises NotFound."""
    file = file_for_token(token)
    if file is None:
        raise gone()
    return _open(file, variant)


def upload_token(file: StoredFile) -> str:
    """A signed text that shows its holder their own photo again after a form error, and lets the
    corrected form name it. Worth two hours, and nothing once the picture is kept."""
    until = int((clock.now() + UPLOAD_LIFE).timestamp())
    return _signer.sign_object([str(file.id), until])


def id_in_token(token: str) -> uuid.UUID | None:
    """The picture that a token names, kept or not, without a query; None when the token is
    forged or too old. Tells a repeated submission from another one."""
    try:
        identifier, until = _signer.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    if clock.now().timestamp() > until:
        return None
    return uuid.UUID(identifier)


def file_for_token(token: str) -> StoredFile | None:
    """The pending picture that a token names; None when the token is forged, too old or spent."""
    identifier = id_in_token(token)
    if identifier is None:
        return None
    return StoredFile.objects.filter(id=identifier, state=State.PENDING).first()


def _open(file: StoredFile, variant: Variant | str) -> "File[Any]":
    try:
        return pictures().open(storage_name(file.key, Variant(variant)), "rb")
    except (FileNotFoundError, ValueError) as error:
        raise gone() from error


def gone() -> NotFound:
    """The same words for a picture that never was, one that is gone, and one that is not shown."""
    return NotFound(_("Cette photo n’est pas, ou plus, disponible."), code="picture_gone")
