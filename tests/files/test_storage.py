"""Files on the disk: whole or absent, and ours alone."""

import os
import stat

import pytest
from django.core.files.base import ContentFile

from riverain.files.storage import pictures


def test_file_and_folders_are_readable_by_us_alone(folder):
    previous = os.umask(0)
    try:
        pictures().save("ab/abc.full.jpg", ContentFile(b"content"))
    finally:
        os.umask(previous)
    modes = {
        path.relative_to(folder.parent).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in (folder, folder / "ab", folder / "ab" / "abc.full.jpg")
    }
    assert modes == {"files": 0o700, "files/ab": 0o700, "files/ab/abc.full.jpg": 0o600}


def test_content_is_read_back(folder):
    pictures().save("ab/abc.full.jpg", ContentFile(b"content"))
    with pictures().open("ab/abc.full.jpg") as file:
        assert file.read() == b"content"


def test_failed_write_leaves_nothing(folder):
    class Torn(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half of "
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        pictures().save("ab/abc.full.jpg", Torn(b""))
    assert list((folder / "ab").iterdir()) == []


def test_name_cannot_leave_the_folder(folder):
    from django.core.exceptions import SuspiciousFileOperation

    with pytest.raises(SuspiciousFileOperation):
        pictures().save("../outside.jpg", ContentFile(b"content"))
