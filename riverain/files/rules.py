"""How a stored picture is named: on disk, and in a sentence to the person who sent it."""

import unicodedata
from enum import StrEnum

# Room for a phone's longest name ("20261122_083015_HDR_EDIT.jpg") without swallowing the sentence.
SHOWN_LENGTH = 60


class Variant(StrEnum):
    """The two sizes in which a picture is kept."""

    FULL = "full"
    THUMB = "thumb"


def storage_name(key: str, variant: Variant) -> str:
    """Where a variant lies in the storage: a folder for each first two symbols of the key (4,096
    of them), so that none grows past what a file system lists at ease."""
    return f"{key[:2]}/{key}.{variant}.jpg"


def key_of(name: str) -> str:
    """The key in the name (without its folder) of a stored or half-written file."""
    return name.lstrip(".").partition(".")[0]


def shown_name(name: str) -> str:
    """The name of a file as its sender gave it, fit for a sentence: last part of a path, no
    control, bidirectional or invisible sign, 60 characters at most. Empty when nothing is left.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(
        sign if unicodedata.category(sign)[0] not in "CZ" else " "
        for sign in unicodedata.normalize("NFC", last[:1000])
    )
    plain = " ".join(plain.split())
    if len(plain) <= SHOWN_LENGTH:
        return plain
    return plain[: SHOWN_LENGTH - 9].rstrip() + "…" + plain[-8:].lstrip()
