"""Reading pages as people do."""

import re
from html import unescape


def words(html):
    """The text of a page or a part of it: no markup, plain blanks."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def rows(html):
    """The rows of the worklist, as HTML."""
    return html.split("<article")[1:]


def numbers(html):
    """The reports of the list, in its order."""
    return re.findall(r'class="item-title" href="/agents/signalements/([^"]+)"', html)


def steps(html):
    """The steps that a page offers: buttons that act, and links to forms."""
    return re.findall(r'(?:action|href)="/agents/signalements/[^"/]+/([a-z-]+)"', html)
