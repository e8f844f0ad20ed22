"""Reading pages as people do."""

import re
from html import unescape


def words(html):
    """The text of a page or a part of it: no markup, plain blanks."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def rows(html):
    """The rows of the worklist, as HTML."""
    return html.split('<li class="item')[1:]


def numbers(html):
    """The reports of the list, in its order."""
    return re.findall(r'class="item-title" href="/agents/signalements/([^"?]+)', html)


def steps(html):
    """The steps that a page offers, each once: buttons that act, and links to forms."""
    found = re.findall(r'(?:action|href)="/agents/signalements/[^"/?]+/([a-z-]+)["?]', html)
    found = [code for code in found if code != "cote-usager"]
    return list(dict.fromkeys(found))


def next_step(html):
    """The step of the one filled button."""
    by_form = r'action="/agents/signalements/[^"/]*/([a-z-]+)["?][^<>]*>(?:<input[^>]*>)*<button class="button main'
    by_link = r'class="button main[^"]*" href="/agents/signalements/[^"/]*/([a-z-]+)["?]'
    (found,) = re.findall(by_form, html) + re.findall(by_link, html)
    return found
