"""The catalogue as the other rooms know it: frozen values, no database.

A `…Spec` is what the catalogue's file says; a `…Facts` is the same once stored, with the
identifiers of its rows. `routing` decides on facts alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import NamedTuple


class Nature(StrEnum):
    """The three gestures: to report, to suggest, to praise."""

    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"


class Priority(IntEnum):
    """Sorts in the order of work: the smaller comes first."""

    URGENT = 1
    HIGH = 2
    NORMAL = 3
    LOW = 4


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"


class Counts(StrEnum):
    """Whether nights, week-ends and holidays count in a deadline."""

    ELAPSED = "elapsed"
    WORKING = "working"


class Outcome(StrEnum):
    """The closures that are told apart, each with its own words (P-27)."""

    DONE = "done"
    NOTHING_FOUND = "nothing_found"
    ALREADY_DONE = "already_done"
    NOT_PLANNED = "not_planned"
    NOT_OURS = "not_ours"
    INCOMPLETE = "incomplete"


class QuestionKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    MULTI = "multi"
    YES_NO = "yes-no"
    NUMBER = "number"


# The two answers to a yes-no question, as forms post them and conditions name them.
YES, NO = "yes", "no"

# The longest deadlines that a town may commit to: a year of hours, two years of days.
LONGEST = {Unit.HOURS: 24 * 366, Unit.DAYS: 731}


@dataclass(frozen=True, slots=True)
class Deadline:
    """What residents are told: "sous 24 h", "sous 5 jours ouvrés". Hours are always elapsed:
    working hours need the clocks of a service's day, which a town does not commit to.
    """

    amount: int
    unit: Unit
    counts: Counts = Counts.ELAPSED

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= LONGEST[self.unit]:
            raise ValueError(f"a deadline in {self.unit} is 1 to {LONGEST[self.unit]}")
        if self.unit is Unit.HOURS and self.counts is Counts.WORKING:
            raise ValueError("hours are always elapsed")


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Condition:
    """The question is asked when an earlier one was answered with one of these."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    code: str
    label: str
    kind: QuestionKind
    hint: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    condition: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeSpec:
    """Everything that a town decides about one thing that can be reported."""

    code: str
    name: str
    category: str | None = None  # a category's code
    hint: str = ""
    icon: str = ""  # the family's, where it is empty
    nature: Nature = Nature.REPORT
    keywords: tuple[str, ...] = ()
    agents_only: bool = False
    # Shown instead of a form: says who does it, and no report is made. Empty: reports are made.
    dead_end: str = ""
    # 17, 18, 112 and the town's duty number come first; `emergency` adds what to do meanwhile.
    dangerous: bool = False
    emergency: str = ""
    # Points at a household or a shop: never public (no tool to denounce anyone, L-02).
    household: bool = False
    priority: Priority = Priority.NORMAL
    deadline: Deadline | None = None  # None: the collectivity's own
    questions: tuple[Question, ...] = ()
    answers: Mapping[Outcome, str] = field(default_factory=dict)
    # Who is competent when the town is not, with how to reach them.
    competent_body: str = ""

    @property
    def makes_reports(self) -> bool:
        return not self.dead_end


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeFacts(TypeSpec):
    id: int
    collectivity_id: int
    family_id: int
    family_code: str
    family_icon: str
    category_id: int | None
    position: int
    active: bool

    @property
    def shown_icon(self) -> str:
        return self.icon or self.family_icon


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySpec:
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFacts(CategorySpec):
    id: int
    types: tuple[TypeFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySpec:
    """A family with what it holds, in the file's order."""

    code: str
    name: str
    hint: str = ""
    icon: str = ""
    categories: tuple[CategorySpec, ...] = ()
    types: tuple[TypeSpec, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyFacts(FamilySpec):
    """`types` are all of the family's, `other_types` those under no category."""

    id: int
    categories: tuple[CategoryFacts, ...]
    types: tuple[TypeFacts, ...]

    @property
    def other_types(self) -> tuple[TypeFacts, ...]:
        return tuple(one for one in self.types if one.category_id is None)


class AreaKey(NamedTuple):
    kind: str
    code: str


class Level(StrEnum):
    """What a routing rule is about."""

    TYPE = "type"
    CATEGORY = "category"
    FAMILY = "family"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSpec:
    """Who receives: `target` is the code of a type, category or family, empty by default."""

    level: Level
    target: str = ""
    area: AreaKey | None = None
    service: str
    partner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueSpec:
    """What a catalogue's file says, whole."""

    families: tuple[FamilySpec, ...]
    rules: tuple[RuleSpec, ...]

    @property
    def types(self) -> tuple[TypeSpec, ...]:
        return tuple(one for family in self.families for one in family.types)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    level: Level
    target_id: int | None
    area: AreaKey | None
    service_id: int
    partner_id: int | None
    position: int

    def covers(self, type_: TypeFacts) -> bool:
        """Whether the rule is about this type, wherever it is reported."""
        match self.level:
            case Level.TYPE:
                return self.target_id == type_.id
            case Level.CATEGORY:
                return self.target_id is not None and self.target_id == type_.category_id
            case Level.FAMILY:
                return self.target_id == type_.family_id
            case Level.DEFAULT:
                return True


@dataclass(frozen=True, slots=True)
class CatalogueFacts:
    """One collectivity's catalogue at one version. `families` and `types` are the active ones;
    `type` and `type_by_id` find the retired ones too, since reports hang on them.
    """

    collectivity_id: int
    version: int
    families: tuple[FamilyFacts, ...]
    resident_families: tuple[FamilyFacts, ...]  # without what only agents may report
    rules: tuple[RuleFacts, ...]
    by_code: Mapping[str, TypeFacts]
    by_id: Mapping[int, TypeFacts]

    @property
    def types(self) -> tuple[TypeFacts, ...]:
        return tuple(one for family in self.families for one in family.types)

    def type(self, code: str) -> TypeFacts | None:
        return self.by_code.get(code)

    def type_by_id(self, type_id: int) -> TypeFacts | None:
        return self.by_id.get(type_id)
