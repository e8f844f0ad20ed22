"""What happened in the demo's town these last twelve months, decided before anything is written:
pure.

The shares by status, sector, district and type are those of Lille (S0-85 to S0-87). Everything
follows from the seed and the present instant, and nothing lies in the future. `telling` makes it
happen through the domain's actions.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any, Final

from riverain.catalogue.facts import Nature, TypeFacts
from riverain.reports.lifecycle import Status
from riverain.reports.models import Channel
from riverain.site.demo import crowds, decks, ground, reporters, today, voices
from riverain.site.demo.cases import Act, Case, Place, World
from riverain.site.demo.days import ZONE, days_until
from riverain.site.demo.ground import HELLEMMES, INSIDE, OUTSIDE
from riverain.site.demo.lives import live
from riverain.site.demo.subjects import Book, Subject
from riverain.site.demo.times import URGENT, at_work, length, settle

SEED: Final = 59_350

# Of 1,019 in S0-86: 653, 174, 124, 26, 17, 15, 7, 2 and 1, here of 3,000; the claims are S2's.
ENDINGS: Final[Mapping[Status, int]] = {
    Status.CLOSED_TRANSFERRED: 76,
    Status.TRANSFERRED: 44,
    Status.LANDLORD: 21,
    Status.WAITING: 8,
    Status.REJECTION_PROPOSED: 4,
    Status.CLAIMED: 14,
    Status.REJECTED: 365,
    Status.TO_PROCESS: 52,
    Status.IN_PROGRESS: 510,
    Status.DONE: 1906,
}
# Of 1,019 in S0-85: 608, 380 and 31.
SECTORS: Final[Mapping[str, int]] = {INSIDE: 1790, OUTSIDE: 1119, HELLEMMES: 91}

# The types that an ending is kept for; any other ends in any other way.
_ONLY: Final[Mapping[Status, frozenset[str]]] = {
    Status.CLOSED_TRANSFERRED: frozenset(
        {"poubelle-non-ramassee", "rdv-encombrants", "plaque-egout", "cable-a-terre"}
    ),
    Status.TRANSFERRED: frozenset(
        {"avaloir-bouche", "abribus", "point-apport-volontaire", "trottoir-abime"}
    ),
    Status.LANDLORD: frozenset({"residence-bailleur"}),
    Status.WAITING: frozenset({"potelet", "banc-casse", "lampadaire-eteint"}),
    Status.REJECTION_PROPOSED: frozenset({"tag-non-injurieux", "poubelle-constamment-dehors"}),
    Status.CLAIMED: frozenset(
        {"salissures-depots-dejections", "tag-non-injurieux", "pigeons-rats"}
    ),
}
# What takes longer is in hand longer: at this length and above, always drawn for it.
_LONG: Final = timedelta(days=14)
_SUGGESTED: Final = (Status.KEPT, Status.UNDER_STUDY, Status.NOT_KEPT, Status.TO_PROCESS)
_SUGGESTIONS: Final = 36
_PRAISED: Final = (Status.PASSED_ON,) * 5 + (Status.TO_PROCESS,)
_PRAISE: Final = 24

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
# Of those who could send a photo, for a type that the demo has drawings of.
_SHOWN: Final = 0.45
_MARKET: Final = ground.named("place de la Nouvelle-Aventure")
# Of what the market's district has of its types.
_AT_MARKET: Final = 0.3


def plan(
    now: datetime,
    *,
    book: Book,
    types: Mapping[str, TypeFacts],
    due: Callable[[TypeFacts, datetime], datetime],
) -> list[Case]:
    """The cases, each with its acts. `types` is Lille's catalogue by code."""
    rng = Random(SEED)  # noqa: S311 - a story, not a secret
    world = World(now, rng, book, voices.read(), days_until(now, rng), types, due)
    story = _Story(world)
    for wish in today.wishes(now):
        story.wished(wish)
    for spot in crowds.hot_spots(world):
        story.pinned(spot)
    for ending, count in ENDINGS.items():
        while story.left[ending] > 0:
            story.usual(ending)
        if story.left[ending] < 0:
            raise ValueError(f"more than {count} cases end as {ending}")
    for subjects, endings, count in (
        (book.suggestions, _SUGGESTED, _SUGGESTIONS),
        (book.praise, _PRAISED, _PRAISE),
    ):
        for number in range(count):
            story.beside(subjects[number % len(subjects)], endings[number % len(endings)])
    _vary(world, story.cases)
    return story.cases


class _Story:
    """The cases so far, and the decks that the others are dealt from."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.cases: list[Case] = []
        self.left = dict(ENDINGS)
        self._subjects = decks.deal(
            [(one, one.weight) for one in world.book.subjects], _SIZE, world.rng
        )
        self._places = [
            place
            for sector, count in SECTORS.items()
            for place in decks.deal(_districts(sector), count, world.rng)
        ]
        world.rng.shuffle(self._places)

    def wished(self, wish: today.Wish) -> None:
        world = self.world
        subject = decks.draw(self._subjects, _is_of(wish.type_code), world.rng)
        place = decks.draw(
            self._places,
            lambda one: (
                one.district == (wish.district or one.district)
                and (one.sector == HELLEMMES) == (wish.town == "hellemmes")
            ),
            world.rng,
        )
        case = self._blank(subject, place, wish.ending)
        if not subject.agents_only:
            case.channel = world.rng.choice([Channel.WEB, Channel.MOBILE])
            case.enters, case.proved, case.loud = "", wish.proved, wish.loud
            case.contact = reporters.contact(world, case.channel, known=1.0 if wish.known else 0.0)
        case.shown = wish.loud and subject.is_pictured
        if not wish.located:
            case.spot = None
        came = world.now - wish.ago
        case.received = at_work(came, world.rng) if case.enters else came
        case.acts = [Act(world.now - step.ago, step.verb, step.said) for step in wish.steps]
        settle(world, case)
        self._keep(case)

    def pinned(self, pin: crowds.Pin) -> None:
        """One of a crowd: its type, place and receipt are given."""
        subject = decks.draw(self._subjects, _is_of(pin.type_code), self.world.rng)
        place = decks.draw(self._places, lambda one: one == pin.place, self.world.rng)
        case = self._blank(subject, place, pin.ending, channel=Channel.MOBILE)
        case.spot, case.pinned = pin.spot, pin.received
        live(self.world, case)
        self._keep(case)

    def usual(self, ending: Status) -> None:
        subject = decks.draw(self._subjects, _fits(self.world, ending), self.world.rng)
        case = self._blank(subject, self._places.pop(), ending)
        self._bring_to_market(case)
        live(self.world, case)
        self._keep(case)
        if crowds.has_twin(self.world, case) and self.left[ending] > 0:
            pin = crowds.twin_of(self.world, case)
            if decks.has(self._subjects, _is_of(pin.type_code)) and pin.place in self._places:
                self.pinned(pin)

    def beside(self, subject: Subject, ending: Status) -> None:
        """Beside the counts: no shares are known of suggestions and praise."""
        place = self.world.rng.choice(_districts(INSIDE))[0]
        case = self._blank(subject, place, ending)
        live(self.world, case)
        self._keep(case)

    def _keep(self, case: Case) -> None:
        if case.ending in self.left and case.type_.nature is Nature.REPORT:
            self.left[case.ending] -= 1
        _word(self.world, case)
        self.cases.append(case)

    def _bring_to_market(self, case: Case) -> None:
        world = self.world
        of_market = [one for one in world.book.market if one.type_code == case.type_.code]
        ended = case.ending in {Status.DONE, Status.REJECTED}
        here = case.place.district == _MARKET.district
        if of_market and ended and here and world.happens(_AT_MARKET):
            case.market, case.subject = True, of_market[0]
            case.spot = ground.in_street(_MARKET, world.rng)

    def _blank(
        self, subject: Subject, place: Place, ending: Status, *, channel: Channel | None = None
    ) -> Case:
        """A case without a past."""
        world = self.world
        rng = world.rng
        type_ = world.types[subject.type_code]
        channel = channel or rng.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]
        if subject.agents_only:
            channel = Channel.FIELD
        elif type_.nature is not Nature.REPORT:
            channel = Channel.WEB
        sends = channel in reporters.OWN or channel is Channel.FIELD
        case = Case(
            number=len(self.cases),
            subject=subject,
            type_=type_,
            ending=ending,
            place=place,
            spot=ground.spot(place.sector, place.district, rng),
            channel=channel,
            enters="",
            contact=reporters.contact(world, channel),
            received=world.now,
            shown=sends and subject.is_pictured and world.happens(_SHOWN),
        )
        case.enters = reporters.enters(world, case)
        return case


_SIZE: Final = sum(SECTORS.values())


def _districts(sector: str) -> list[tuple[Place, int]]:
    return [(Place(sector, name), weight) for name, weight in ground.DISTRICTS[sector].items()]


def _is_of(type_code: str) -> Callable[[Subject], bool]:
    return lambda subject: subject.type_code == type_code


def _fits(world: World, ending: Status) -> Callable[[Subject], bool]:
    def fits(subject: Subject) -> bool:
        if ending in _ONLY:
            return subject.type_code in _ONLY[ending]
        if ending is Status.DONE:
            return True
        usual = length(world, world.types[subject.type_code])
        if subject.agents_only or usual <= URGENT:
            return False
        return ending is not Status.IN_PROGRESS or world.happens(usual / _LONG)

    return fits


def _word(world: World, case: Case) -> None:
    """What is said, once it is known when: its season, its hour, the weather."""
    local = case.received.astimezone(ZONE)
    moment = voices.Moment(
        local=local,
        channel=case.channel,
        entered=bool(case.enters),
        stormy=world.days.is_stormy(local.date()),
    )
    told = voices.choose(case.subject, local.month, shown=case.shown, rng=world.rng)
    said = voices.say(world.voices, case.subject, told, moment, world.rng)
    case.text, case.language, case.answers = said.text, said.language, told.answers
    case.scene = told.scene if case.shown else ""


def _vary(world: World, cases: Sequence[Case]) -> None:
    """What is put right on the way: a type, a service, a place."""
    for case in _done(cases, "tag-non-injurieux", 12):
        _begin(world, case, "change_type", {"type_code": "tag-injurieux"})
    for case in _done(cases, "salissures-depots-dejections", 20, outside=True):
        _begin(world, case, "hand_over", {"partner": "netlys"})
    for case in _done(cases, "sac-plein", 6, outside=True):
        _begin(world, case, "relocate", {"spot": case.spot})
        case.spot = None


def _done(
    cases: Sequence[Case], type_code: str, count: int, *, outside: bool = False
) -> list[Case]:
    """The first that are done, with no picture that would contradict the change."""
    found = (
        case
        for case in cases
        if (case.type_.code, case.ending, case.shown) == (type_code, Status.DONE, False)
        and not case.loud
        and not (outside and case.sector != OUTSIDE)
    )
    return list(islice(found, count))


def _begin(world: World, case: Case, verb: str, said: Mapping[str, Any]) -> None:
    first = case.acts[0].at
    case.acts.insert(0, Act(case.received + (first - case.received) / 2, verb, said))
    settle(world, case)
