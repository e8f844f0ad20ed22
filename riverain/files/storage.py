"""Where pictures lie. The rest of the room only knows Django's storage API, so that S3 replaces
the disk by one setting (STORAGES["pictures"])."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils._os import safe_makedirs

if TYPE_CHECKING:
    from django.core.files.base import File

FILE_MODE = 0o600
FOLDER_MODE = 0o700


class DurableFileSystemStorage(FileSystemStorage):
    """A folder that only our account reads. A file appears under its name whole and flushed to
    the disk, or not at all: a machine that stops leaves at most a hidden `.….part`, which the
    sweep deletes."""

    def __init__(self, location: str | Path | None = None) -> None:
        super().__init__(
            location=str(location or settings.FILES_ROOT),
            file_permissions_mode=FILE_MODE,
            directory_permissions_mode=FOLDER_MODE,
        )

    def _save(self, name: str, content: "File[Any]") -> str:
        target = Path(self.path(name))
        safe_makedirs(target.parent, FOLDER_MODE, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
            with os.fdopen(descriptor, "wb") as output:
                for chunk in content.chunks():
                    output.write(chunk)
                output.flush()
                os.fsync(output.fileno())
            part.rename(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _flush_folder(target.parent)
        _flush_folder(target.parent.parent)
        return name


def pictures() -> Storage:
    """The storage in use."""
    return storages["pictures"]


def _flush_folder(folder: Path) -> None:
    """A rename is only sure to survive a power cut once its folder is flushed."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
