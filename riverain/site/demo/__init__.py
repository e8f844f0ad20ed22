"""An invented town to try everything on (docs/demo.md). Main doors: `fill`, `ACCOUNTS`.

`town` and `people` make the ground, `history` plans the past (pure), `telling` makes it happen
through the domain's actions, `scenes` draws the photos.
"""

from riverain.site.demo.filling import fill
from riverain.site.demo.people import ACCOUNTS

__all__ = ["ACCOUNTS", "fill"]
