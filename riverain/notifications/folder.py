"""The mail folder of demo and tests: one .eml file a message, named by its Message-ID.

A message sent again takes the same name: in the folder each stands exactly once.
"""

import os
import re
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes each message beside its final name, then renames: no reader sees half a mail."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        root = settings.MAIL.folder
        if root is None:
            raise ImproperlyConfigured("the mail folder is not where mail goes")
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for email in email_messages:
            message = email.message()
            path = root / file_name(str(message["Message-ID"]))
            draft = path.with_suffix(f".{os.getpid()}.part")
            with draft.open("wb") as file:
                file.write(message.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        return len(email_messages)


def file_name(message_id: str) -> str:
    """`<reporter-1-2@town.example>` is `reporter-1-2.eml`."""
    local = message_id.strip().strip("<>").partition("@")[0]
    return re.sub(r"[^A-Za-z0-9._-]", "-", local)[:120] + ".eml"


def remove(key: str) -> None:
    """Takes a message out of the folder, where mail goes to one, with the drafts of it that a
    killed worker left."""
    if settings.MAIL.folder is not None:
        path = settings.MAIL.folder / file_name(key)
        path.unlink(missing_ok=True)
        for draft in path.parent.glob(f"{path.stem}.*.part"):
            draft.unlink(missing_ok=True)
