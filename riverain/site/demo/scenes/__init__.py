"""Drawings that stand for the photos of the demo: made here, so that nobody's picture is used.

`draw(scene, variant, after=…)` gives a JPEG of a street with what is wrong in it, or with it put
right. Another variant gives another street.
"""

import zlib
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from riverain.site.demo.scenes import dumps, furniture, ground, living, walls
from riverain.site.demo.scenes.dumps import cleaned
from riverain.site.demo.scenes.sheet import HEIGHT, WIDTH, Sheet

__all__ = ["HEIGHT", "SCENES", "VARIANTS", "WIDTH", "draw"]

# How many of each the demo shows.
VARIANTS: Final = 4

SCENES: Final[Mapping[str, Callable[[Random, bool], Sheet]]] = {
    "affiches": walls.posters,
    "arbre": living.tree,
    "armoire": walls.cabinet,
    "avaloir": ground.drain,
    "bacs": furniture.wheeled_bins,
    "banc": furniture.bench,
    "branche": living.branch,
    "cagettes": cleaned(dumps.crates),
    "canape": cleaned(dumps.sofa),
    "cartons": cleaned(dumps.boxes),
    "colonne": furniture.column,
    "corbeille": furniture.litter_bin,
    "corbeille-couchee": furniture.fallen_bin,
    "crottes": dumps.droppings,
    "epave": furniture.wreck,
    "feuilles": dumps.leaves,
    "flaque": ground.oil,
    "frigo": cleaned(dumps.fridge),
    "gravats": cleaned(dumps.rubble),
    "herbes": living.weeds,
    "lampe": furniture.lamp,
    "matelas": cleaned(dumps.mattress),
    "nid": living.nest,
    "panneau": furniture.sign,
    "papiers": dumps.litter,
    "passage": ground.crossing,
    "pave": ground.paving,
    "pigeons": living.pigeons,
    "plaques": cleaned(dumps.asbestos),
    "pneus": cleaned(dumps.tyres),
    "potelet": furniture.bollard,
    "rat": living.rat,
    "rideau": walls.shutter,
    "sacs": cleaned(dumps.bags),
    "sapins": cleaned(dumps.trees),
    "seringues": dumps.syringes,
    "tag": walls.tag,
    "trou": ground.hole,
    "velo": furniture.bicycle,
    "verre": dumps.glass,
}


def draw(scene: str, variant: int, *, after: bool = False) -> bytes:
    """The scene as JPEG. Raises KeyError for one that is not drawn."""
    # Not the hash of a tuple: that of a text differs in each process.
    rng = Random(zlib.crc32(scene.encode()) + variant)  # noqa: S311 - a drawing, not a secret
    return SCENES[scene](rng, after).jpeg()
