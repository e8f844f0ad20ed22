"""Texts that people send, before anything is asked of them."""

import unicodedata
from typing import Final

# Marks on one letter (Unicode's Stream-Safe Text Format, UAX 15, 13.2): no language has more.
MOST_MARKS: Final = 30

# Marks of the class of letters, which composing takes apart into marks.
_HIDDEN_MARKS: Final = frozenset("\u0f73\u0f75\u0f81")


def composed(text: str) -> str:
    """`text` in Unicode's composed form (NFC), marks past thirty on one letter left out.

    Composing sorts the marks of a letter, in the square of their number: one field of a megabyte
    of them, out of order, would hold a process for an hour.
    """
    if text.isascii():
        return text
    kept = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) or sign in _HIDDEN_MARKS else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))
