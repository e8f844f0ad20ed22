"""What happened in the demo's town these last sixty days, decided before anything is written: pure.

The shares by status and by sector are those of Lille (S0-85, S0-86), the types mostly dirty
streets and tags. Everything follows from the seed and the present instant, and nothing lies in
the future. `telling` makes it happen through the domain's actions.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from random import Random
from typing import Any, Final

from riverain.catalogue.facts import Nature, TypeFacts
from riverain.core.identifiers import slug
from riverain.reports.lifecycle import Status
from riverain.reports.models import Channel
from riverain.reports.rules import Contact
from riverain.site.demo import today
from riverain.site.demo.cases import Act, Case, World
from riverain.site.demo.lives import live
from riverain.site.demo.people import HOST
from riverain.site.demo.subjects import HELLEMMES, INSIDE, OUTSIDE, Book, Map, Subject
from riverain.site.demo.times import URGENT, length, settle

SEED: Final = 59_350

# Of 1,019 in S0-86: 653, 174, 124, 26, 17, 15, 7, 2 and 1. A few more are to be processed, so
# that most services have some; the claims are S2's.
ENDINGS: Final[Mapping[Status, int]] = {
    Status.CLOSED_TRANSFERRED: 8,
    Status.TRANSFERRED: 5,
    Status.LANDLORD: 2,
    Status.WAITING: 2,
    Status.REJECTION_PROPOSED: 1,
    Status.CLAIMED: 4,
    Status.REJECTED: 39,
    Status.TO_PROCESS: 9,
    Status.IN_PROGRESS: 52,
    Status.DONE: 202,
}
# Of 1,019 in S0-85: 608, 380 and 31.
SECTORS: Final[Mapping[str, int]] = {INSIDE: 193, OUTSIDE: 121, HELLEMMES: 10}

# The types that an ending is kept for; any other ends in any other way.
_ONLY: Final[Mapping[Status, frozenset[str]]] = {
    Status.CLOSED_TRANSFERRED: frozenset(
        {"poubelle-non-ramassee", "rdv-encombrants", "plaque-egout", "cable-a-terre"}
    ),
    Status.TRANSFERRED: frozenset({"avaloir-bouche", "abribus", "point-apport-volontaire"}),
    Status.LANDLORD: frozenset({"residence-bailleur"}),
    Status.WAITING: frozenset({"potelet", "banc-casse", "lampadaire-eteint"}),
    Status.REJECTION_PROPOSED: frozenset({"tag-non-injurieux"}),
    Status.CLAIMED: frozenset(
        {"salissures-depots-dejections", "tag-non-injurieux", "pigeons-rats"}
    ),
}
_SUGGESTED: Final = (Status.KEPT, Status.UNDER_STUDY, Status.NOT_KEPT, Status.TO_PROCESS) * 2
_PRAISED: Final = (Status.PASSED_ON,) * 4 + (Status.TO_PROCESS,)

_CHANNELS: Final[Mapping[Channel, int]] = {
    Channel.WEB: 44,
    Channel.MOBILE: 27,
    Channel.PHONE: 9,
    Channel.DESK: 5,
    Channel.FIELD: 10,
    Channel.EMAIL: 2,
    Channel.LETTER: 1,
    Channel.SOCIAL: 1,
    Channel.ELECTED: 1,
    Channel.MEETING: 1,
}
_OWN: Final = frozenset({Channel.WEB, Channel.MOBILE})
_ROUNDS: Final = ("terrain", "terrain", "chef")


def plan(
    now: datetime,
    *,
    book: Book,
    types: Mapping[str, TypeFacts],
    due: Callable[[TypeFacts, datetime], datetime],
) -> list[Case]:
    """The cases, each with its acts. `types` is Lille's catalogue by code."""
    world = World(now, Random(SEED), book, types, due)  # noqa: S311 - a story, not a secret
    streets = Map(book.streets)
    sectors = [sector for sector, count in SECTORS.items() for _ in range(count)]
    world.rng.shuffle(sectors)
    deck = _deck(world, len(sectors))
    cases: list[Case] = []
    left = dict(ENDINGS)
    for wish in today.wishes(now):
        subject = _draw(deck, _is_of(wish.type_code))
        sector = next(one for one in sectors if (one == HELLEMMES) == (wish.town == "hellemmes"))
        sectors.remove(sector)
        cases.append(_wished(world, streets, sector, subject, wish, len(cases)))
        left[wish.ending] -= 1
    for ending, count in left.items():
        for _ in range(count):
            subject = _draw(deck, _fits(world, ending))
            cases.append(_case(world, streets, sectors.pop(), subject, ending, len(cases)))
    for subject, ending in (
        *zip(book.suggestions, _SUGGESTED, strict=True),
        *zip(book.praise, _PRAISED, strict=True),
    ):
        cases.append(_case(world, streets, INSIDE, subject, ending, len(cases)))
    _vary(world, cases)
    return cases


def _deck(world: World, size: int) -> list[Subject]:
    """As many subjects as asked, each by its weight, shuffled."""
    subjects = world.book.subjects
    total = sum(one.weight for one in subjects)
    deck: list[Subject] = []
    weighed = 0
    for one in subjects:
        weighed += one.weight
        deck += [one] * (round(weighed * size / total) - len(deck))
    world.rng.shuffle(deck)
    return deck


def _draw(deck: list[Subject], wanted: Callable[[Subject], bool]) -> Subject:
    """Takes the first card that is wanted. Raises ValueError when there is none."""
    for place, subject in enumerate(deck):
        if wanted(subject):
            return deck.pop(place)
    raise ValueError("the demo's subjects do not suffice for its endings")


def _is_of(type_code: str) -> Callable[[Subject], bool]:
    return lambda subject: subject.type_code == type_code


def _fits(world: World, ending: Status) -> Callable[[Subject], bool]:
    def fits(subject: Subject) -> bool:
        if ending in _ONLY:
            return subject.type_code in _ONLY[ending]
        if ending is Status.DONE:
            return True
        type_ = world.types[subject.type_code]
        return not subject.agents_only and length(world, type_) > URGENT

    return fits


def _wished(  # noqa: PLR0917 - what a case is made of
    world: World, streets: Map, sector: str, subject: Subject, wish: today.Wish, number: int
) -> Case:
    case = _blank(world, streets, sector, subject, wish.ending, number)
    case.channel = world.rng.choice([Channel.WEB, Channel.MOBILE])
    case.enters, case.proved, case.loud = "", wish.proved, wish.loud
    case.contact = _contact(world, case.channel, known=1.0 if wish.known else 0.0)
    case.scene = subject.scene if wish.loud else ""
    if not wish.located:
        case.spot = None
    case.received = world.now - wish.ago
    case.acts = [Act(world.now - step.ago, step.verb, step.said) for step in wish.steps]
    settle(world, case)
    return case


def _case(  # noqa: PLR0917 - what a case is made of
    world: World, streets: Map, sector: str, subject: Subject, ending: Status, number: int
) -> Case:
    case = _blank(world, streets, sector, subject, ending, number)
    live(world, case)
    return case


def _blank(  # noqa: PLR0917 - what a case is made of
    world: World, streets: Map, sector: str, subject: Subject, ending: Status, number: int
) -> Case:
    """A case without a past."""
    rng = world.rng
    type_ = world.types[subject.type_code]
    channel = rng.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]
    if subject.agents_only:
        channel = Channel.FIELD
    elif type_.nature is not Nature.REPORT:
        channel = Channel.WEB
    telling = rng.choice(subject.tellings)
    spot = streets.spot(sector, rng)
    shown = channel in _OWN or channel is Channel.FIELD
    case = Case(
        number=number,
        type_=type_,
        ending=ending,
        text=world.book.words(telling, rng),
        answers=telling.answers,
        spot=spot,
        sector=sector,
        channel=channel,
        enters="",
        contact=_contact(world, channel),
        scene=subject.scene if shown and world.happens(0.2) else "",
        received=world.now,
    )
    case.enters = _enters(world, case)
    return case


def _enters(world: World, case: Case) -> str:
    """The account of the agent who enters what comes by this channel, empty for a resident's."""
    if case.channel in _OWN:
        return ""
    if case.channel is Channel.FIELD:
        return world.rng.choice(_ROUNDS)
    if case.channel is Channel.PHONE:
        return "telephone"
    if case.sector == HELLEMMES:
        return "accueil.hellemmes"
    near = case.spot is not None and case.spot.district == "wazemmes"
    return "mairie" if near and case.channel is Channel.DESK else "accueil"


def _contact(world: World, channel: Channel, *, known: float = 0.85) -> Contact:
    """Who reports; `known` is the share of those who say so."""
    rng = world.rng
    first, last = rng.choice(world.book.first_names), rng.choice(world.book.last_names)
    email = f"{slug(first)}.{slug(last)}@{HOST}"
    # Numbers that are kept for stories (Arcep, plan de numérotation).
    phone = f"06 39 98 {rng.randrange(100):02d} {rng.randrange(100):02d}"
    if channel is Channel.FIELD or not world.happens(known):
        return Contact()
    if channel is Channel.PHONE:
        return Contact(
            name=f"{first} {last}", phone=phone, email=email if world.happens(0.4) else ""
        )
    return Contact(name=f"{first} {last}", email=email)


def _vary(world: World, cases: Sequence[Case]) -> None:
    """What is put right on the way: a type, a service, a place."""
    for case in _done(cases, "tag-non-injurieux", 2):
        _begin(world, case, "change_type", {"type_code": "tag-injurieux"})
    for case in _done(cases, "salissures-depots-dejections", 3, outside=True):
        _begin(world, case, "hand_over", {"partner": "netlys"})
    for case in _done(cases, "sac-plein", 1, outside=True):
        _begin(world, case, "relocate", {"spot": case.spot})
        case.spot = None


def _done(
    cases: Sequence[Case], type_code: str, count: int, *, outside: bool = False
) -> list[Case]:
    """The first that are done, with no picture that would contradict the change."""
    found = (
        case
        for case in cases
        if (case.type_.code, case.ending, case.scene) == (type_code, Status.DONE, "")
        and not (outside and case.sector != OUTSIDE)
    )
    return list(islice(found, count))


def _begin(world: World, case: Case, verb: str, said: Mapping[str, Any]) -> None:
    first = case.acts[0].at
    case.acts.insert(0, Act(case.received + (first - case.received) / 2, verb, said))
    settle(world, case)
