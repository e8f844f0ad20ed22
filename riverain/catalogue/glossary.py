"""What people say for the words of catalogues: the product's own list (`glossary.yaml`).

A town adds its own words to the « mots » of its types; these hold everywhere.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml


@cache
def shipped() -> Mapping[str, tuple[str, ...]]:
    """By what is said, the words that it may mean, read once a process."""
    text = resources.files("riverain.catalogue").joinpath("glossary.yaml").read_text("utf-8")
    # BaseLoader: every scalar stays the text that was written, `non` and `on` too.
    said = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds nothing but texts
    return {phrase: tuple(meant) for phrase, meant in said.items()}
