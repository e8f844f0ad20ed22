"""Stored pictures, their files, and a report that fails."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from riverain.files import queries
from riverain.files.actions import store_picture
from riverain.files.models import StoredFile
from riverain.files.rules import Variant
from tests.files.made import corners, exif, saved


def stored(name: str = "rue.jpg", acting: str = "reporter") -> StoredFile:
    return store_picture(acting=acting, content=saved(corners(800, 600), exif=exif()), name=name)


def on_disk(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()} if folder.exists() else set()


def files_of(file: StoredFile) -> set[str]:
    return {f"{file.key}.full.jpg", f"{file.key}.thumb.jpg"}


def read(file: StoredFile, variant: Variant = Variant.FULL) -> bytes:
    with queries.open_variant(file, variant) as opened:
        return opened.read()


@contextmanager
def report_that_fails() -> Iterator[None]:
    """A transaction of the caller that rolls back."""
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        yield
        raise ZeroDivisionError
