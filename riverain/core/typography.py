"""French as it is printed: words that people type (catalogue, services, agents' answers) are set so
wherever they are shown, on pages and in mails. Our own sentences are written so."""

import re

# What `french` may have to mend: most words of a page have nothing of it.
_WRITTEN_APART = re.compile(r"['»«?!;:]|\d[ \u00a0]?[hmjck%€°]")


def french(text: str) -> str:
    """`text` with the spaces that French asks for: unbreakable before ? ! : ; » and after «,
    between a number and its unit, and the straight apostrophe made a real one.

    Times such as 12:30 and addresses such as https:// are left alone.
    """
    if not _WRITTEN_APART.search(text):
        return text
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r"[ \u00a0\u202f]*(»|[?!;](?=[\s?!»\")…]|$))", "\u00a0\\1", text)
    text = re.sub(r"(?<=[\w)’»])[ \u00a0\u202f]*:(?=\s|$)", "\u00a0:", text)
    text = re.sub(r"«[ \u00a0\u202f]*", "«\u00a0", text)
    text = re.sub(r"(?<=[?!;])\u00a0(?=[?!])", "", text)
    text = re.sub(r"(?<=\d) (?=(?:h|min|j|km|m|cm|%|€|°|mn|kg)(?!\w))", "\u00a0", text)
    return re.sub(r"(?<=\dh) (?=\d\d(?!\d))|(?<=\d\u00a0h) (?=\d\d(?!\d))", "\u00a0", text)
