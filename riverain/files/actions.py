"""Receiving, keeping and erasing pictures: the only way in.

The life of a picture: `store_picture` commits a pending row, then writes its two files, outside
any transaction of its caller. The report's transaction calls `confirm`, which makes it visible.
What was never confirmed is swept after a day. So at each instant at which a process may be
killed, there is either a row without visible picture (swept) or a whole kept picture; a file
without a row only comes from a database restored to an earlier day, and is swept too.
"""

import hashlib
import logging
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from riverain.core import clock
from riverain.core.refusals import Conflict, Invalid, Refused, TooMany
from riverain.files import apart
from riverain.files.models import State, StoredFile
from riverain.files.pictures import Picture, Reason, Unusable, prepare
from riverain.files.rules import Variant, key_of, shown_name, storage_name
from riverain.files.storage import pictures

# A form left open overnight can still be sent.
UNCONFIRMED_LIFE = timedelta(hours=24)
# Rows or folders handled at once, and rows at most in one sweep.
BATCH = 500
SWEEP_LIMIT = 10_000

_CHUNK = 64 * 1024
_RETRY_SECONDS = 60

logger = logging.getLogger(__name__)


class Readable(Protocol):
    """A binary file, an uploaded one among them."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep deleted: pictures never confirmed, pictures removed, files without a row."""

    unconfirmed: int
    removed: int
    orphans: int


def store_picture(*, acting: str, content: Readable | bytes, name: str) -> StoredFile:
    """Checks a picture, re-encodes it without its metadata and stores it, pending.

    `name` is the one that the sender's device gave; it only serves the sentence of a refusal.
    `acting` is who sends ("reporter", "agent:12"). Never reads more than PICTURE_BYTES + 1 bytes.

    Raises Invalid (empty, too heavy, not a photo, too many pixels, damaged), TooMany when there
    was no room to decode it within half a minute, Refused when the disk does not take it, and
    RuntimeError inside a transaction: its row would be gone with a roll-back, its files not.
    """
    original = _read(content, settings.PICTURE_BYTES)
    shown = shown_name(name) or _("photo")
    if not original:
        raise Invalid(_("« %(name)s » est vide.") % {"name": shown}, code="picture_empty")
    if len(original) > settings.PICTURE_BYTES:
        raise Invalid(
            _(
                "« %(name)s » pèse plus de %(limit)s Mo, le poids accepté. "
                "Choisissez une photo plus légère."
            )
            % {"name": shown, "limit": settings.PICTURE_BYTES // 1_000_000},
            code="picture_heavy",
        )
    try:
        prepare_any = apart.prepare_apart if apart.concerns(original) else prepare
        picture = prepare_any(original, max_pixels=settings.PICTURE_PIXELS)
    except Unusable as unusable:
        raise _refusal(unusable.reason, shown) from unusable
    return store_prepared(acting=acting, picture=picture, shown=shown)


def store_prepared(*, acting: str, picture: Picture, shown: str) -> StoredFile:
    """Stores, pending, a picture that `pictures.prepare` made, here or in another process; each
    call makes a file of its own. Raises Refused and RuntimeError like `store_picture`."""
    with transaction.atomic(durable=True):
        file = StoredFile.objects.create(
            stored_by=acting,
            media_type="image/jpeg",
            width=picture.width,
            height=picture.height,
            bytes=len(picture.full),
            sha256=hashlib.sha256(picture.full).hexdigest(),
        )
    storage = pictures()
    try:
        for variant, content in ((Variant.FULL, picture.full), (Variant.THUMB, picture.thumb)):
            storage.save(storage_name(file.key, variant), ContentFile(content))
    except OSError as error:
        logger.error("a picture could not be written: %s", error)  # noqa: TRY400 - the disk's word
        raise Refused(
            _(
                "« %(name)s » n’a pas pu être enregistrée. "
                "Réessayez plus tard, ou envoyez votre demande sans elle."
            )
            % {"name": shown},
            code="picture_unwritten",
        ) from error
    return file


def confirm(ids: Collection[UUID]) -> None:
    """Keeps pending pictures, in the caller's transaction: they are seen once it commits.

    Raises Conflict when one of them is unknown, already part of something, or swept.
    """
    wanted = set(ids)
    if not wanted:
        return
    kept = StoredFile.objects.filter(id__in=wanted, state=State.PENDING).update(state=State.KEPT)
    if kept != len(wanted):
        raise Conflict(
            _("Une photo n’est plus disponible : ajoutez-la de nouveau."), code="picture_gone"
        )


def remove(ids: Collection[UUID]) -> None:
    """Erases pictures: unreadable and described by nothing with the caller's transaction, files
    and rows deleted right after it (by the next sweep, should the process stop in between).

    Repeatable; unknown ids are left aside, so that erasures can be played again after a restore.
    """
    wanted = set(ids)
    StoredFile.objects.filter(id__in=wanted).update(
        state=State.REMOVED, sha256="", width=0, height=0, bytes=0, stored_by=""
    )
    transaction.on_commit(partial(_erase, wanted), robust=True)


def sweep(*, share: tuple[int, int] = (0, 1)) -> Swept:
    """Deletes pictures never confirmed within their life, removed ones, and files of that age
    without a row.

    `share` is (i, n): the i-th of n parts of the folders is looked at for files without a row.
    At most 10,000 rows of each kind a call; the next one goes on.
    """
    limit = clock.now() - UNCONFIRMED_LIFE
    return Swept(
        unconfirmed=sum(_expire(limit)),
        removed=sum(_erase_removed()),
        orphans=sum(_erase_orphans(folder, limit) for folder in _folders(*share)),
    )


def _read(content: Readable | bytes, limit: int) -> bytes:
    """At most `limit` + 1 bytes: one more than allowed tells that there are too many."""
    if isinstance(content, bytes):
        return content[: limit + 1]
    parts: list[bytes] = []
    room = limit + 1
    while room > 0 and (part := content.read(min(room, _CHUNK))):
        parts.append(part)
        room -= len(part)
    return b"".join(parts)


def _refusal(reason: Reason, shown: str) -> Refused:
    code = f"picture_{reason}"
    match reason:
        case Reason.FORMAT:
            return Invalid(
                _(
                    "« %(name)s » n’est pas une photo que nous savons lire. "
                    "Formats acceptés : JPEG, PNG, WebP, GIF, HEIC et AVIF."
                )
                % {"name": shown},
                code=code,
            )
        case Reason.PIXELS:
            return Invalid(
                _(
                    "« %(name)s » est trop grande : %(limit)s millions de pixels au plus. "
                    "Réduisez-la ou choisissez-en une autre."
                )
                % {"name": shown, "limit": settings.PICTURE_PIXELS // 1_000_000},
                code=code,
            )
        case Reason.DAMAGED:
            return Invalid(
                _(
                    "« %(name)s » est abîmée ou incomplète. "
                    "Envoyez-la de nouveau ou choisissez-en une autre."
                )
                % {"name": shown},
                code=code,
            )
        case Reason.BUSY:
            return TooMany(
                _("Beaucoup de photos arrivent en ce moment. Réessayez dans une minute."),
                retry_after=_RETRY_SECONDS,
                code=code,
            )


def _expire(limit: datetime) -> Iterator[int]:
    """Marks what was never confirmed as removed, in short transactions. A `confirm` that comes
    at the same instant waits on the row, then finds it removed and refuses."""
    for _batch in range(SWEEP_LIMIT // BATCH):
        with transaction.atomic():
            ids = list(
                StoredFile.objects.filter(state=State.PENDING, created_at__lt=limit)
                .order_by("created_at")
                .select_for_update(skip_locked=True)
                .values_list("id", flat=True)[:BATCH]
            )
            StoredFile.objects.filter(id__in=ids).update(state=State.REMOVED)
        yield len(ids)
        if len(ids) < BATCH:
            return


def _erase_removed() -> Iterator[int]:
    for _batch in range(SWEEP_LIMIT // BATCH):
        ids = list(
            StoredFile.objects.filter(state=State.REMOVED)
            .order_by("created_at")
            .values_list("id", flat=True)[:BATCH]
        )
        yield _erase(ids)
        if len(ids) < BATCH:
            return


def _erase(ids: Collection[UUID]) -> int:
    """Deletes the files of removed rows, then the rows: never a file that nothing names. A row
    whose files resist stays for the next sweep and does not hold up the others."""
    storage = pictures()
    erased = []
    rows = StoredFile.objects.filter(id__in=ids, state=State.REMOVED)
    for identifier, key in rows.order_by("created_at").values_list("id", "key"):
        try:
            for variant in Variant:
                storage.delete(storage_name(key, variant))
        except OSError:
            logger.exception("the files of picture %s could not be deleted", identifier)
        else:
            erased.append(identifier)
    StoredFile.objects.filter(id__in=erased).delete()
    return len(erased)


def _folders(index: int, parts: int) -> list[str]:
    try:
        folders, _files = pictures().listdir("")
    except FileNotFoundError:  # nothing was ever stored
        return []
    return sorted(folder for folder in folders if zlib.crc32(folder.encode()) % parts == index)


def _erase_orphans(folder: str, limit: datetime) -> int:
    storage = pictures()
    _folders_within, names = storage.listdir(folder)
    keys = {key_of(name) for name in names}
    known = set(StoredFile.objects.filter(key__in=keys).values_list("key", flat=True))
    erased = 0
    for name in names:
        path = f"{folder}/{name}"
        if key_of(name) not in known and _age_passes(path, limit, storage):
            storage.delete(path)
            erased += 1
    return erased


def _age_passes(path: str, limit: datetime, storage: Any) -> bool:
    try:
        written: datetime = storage.get_modified_time(path)
    except FileNotFoundError:  # gone since it was listed
        return False
    return written < limit
