"""Who reports in the demo, and who enters it for them. Pure."""

from typing import Final

from riverain.core.identifiers import slug
from riverain.reports.models import Channel
from riverain.reports.rules import Contact
from riverain.site.demo.cases import Case, World
from riverain.site.demo.ground import HELLEMMES
from riverain.site.demo.people import HOST

# What residents send themselves.
OWN: Final = frozenset({Channel.WEB, Channel.MOBILE})
_ROUNDS: Final = ("terrain", "terrain", "chef")
_PEOPLE: Final = 700


def enters(world: World, case: Case) -> str:
    """The account of the agent who enters what comes by this channel, empty for a resident's."""
    if case.channel in OWN:
        return ""
    if case.channel is Channel.FIELD:
        return world.rng.choice(_ROUNDS)
    if case.channel is Channel.PHONE:
        return "telephone"
    if case.sector == HELLEMMES:
        return "accueil.hellemmes"
    near = case.place.district == "wazemmes"
    return "mairie" if near and case.channel is Channel.DESK else "accueil"


def contact(world: World, channel: Channel, *, known: float = 0.85) -> Contact:
    """Who reports; `known` is the share of those who say so. Some report more than others."""
    rng = world.rng
    voices = world.voices
    who = int(rng.random() ** 2 * _PEOPLE)
    first = voices.first_names[who % len(voices.first_names)]
    last = voices.last_names[who * 7 % len(voices.last_names)]
    email = f"{slug(first)}.{slug(last)}@{HOST}"
    # Numbers that are kept for stories (Arcep, plan de numérotation).
    phone = f"06 39 98 {who // 10 % 100:02d} {who * 13 % 100:02d}"
    if channel is Channel.FIELD or not world.happens(known):
        return Contact()
    if channel is Channel.PHONE:
        return Contact(
            name=f"{first} {last}", phone=phone, email=email if world.happens(0.4) else ""
        )
    return Contact(name=f"{first} {last}", email=email)
