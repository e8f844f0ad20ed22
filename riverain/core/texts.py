"""Texts that people send, before anything is asked of them."""

import re
import unicodedata
from typing import Final

# Marks on one letter (Unicode's Stream-Safe Text Format, UAX 15, 13.2): no language has more.
MOST_MARKS: Final = 30

# Unicode's categories of what nobody sees: controls, formats (marks that turn the direction of
# reading among them), halves of a pair, private and unassigned signs.
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

# Marks of the class of letters, which composing takes apart into marks.
_HIDDEN_MARKS: Final = frozenset("\u0f73\u0f75\u0f81")

# The signs of European languages, quotation marks and dashes: whole, and never composing.
_PLAIN: Final = re.compile("[\0-\u02ff\u2010-\u2027\u202f\u20ac]*")


def composed(text: str) -> str:
    """`text` in Unicode's composed form (NFC), marks past thirty on one letter left out.

    Composing sorts the marks of a letter, in the square of their number: one field of a megabyte
    of them, out of order, would hold a process for an hour.
    """
    if _PLAIN.fullmatch(text):
        return text
    kept = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) or sign in _HIDDEN_MARKS else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))
