"""Files and generated catalogues for the tests."""

import io
import unicodedata

from hypothesis import strategies as st

from riverain.catalogue import files, writing
from riverain.catalogue.facts import (
    LONGEST,
    NO,
    YES,
    AreaKey,
    CatalogueSpec,
    CategorySpec,
    Choice,
    Condition,
    Counts,
    Deadline,
    FamilySpec,
    Level,
    Nature,
    Outcome,
    Priority,
    Question,
    QuestionKind,
    RuleSpec,
    TypeSpec,
    Unit,
)

CLI = "system:cli"


def load(collectivity, text, acting=CLI):
    content = text if isinstance(text, bytes) else text.encode()
    return files.load(acting=acting, collectivity_id=collectivity.pk, stream=io.BytesIO(content))


def catalogue(*types, categories=(), rules=None, family="proprete", **more):
    """A catalogue of one family, sent to "proprete" unless told otherwise."""
    given = rules or (RuleSpec(level=Level.DEFAULT, service="proprete"),)
    one = FamilySpec(
        code=family, name=family.title(), categories=tuple(categories), types=types, **more
    )
    return CatalogueSpec(families=(one,), rules=tuple(given))


def a_type(code="sac-plein", **facts):
    return TypeSpec(code=code, name=facts.pop("name", code.title()), **facts)


def written(*types, **options):
    return writing.write(catalogue(*types, **options))


# --- generated ---

_codes = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
_signs = st.characters(
    exclude_categories=("Cc", "Cf", "Cs", "Co", "Zl", "Zp"), include_characters="\u200d"
)
_tricky = st.sampled_from(
    ["oui", "non", "null", "~", "12:30", "0x1f", "1e3", "- a", "# b", "a: b", "a : b", "'", '"',
     "«\u00a0Où\u00a0?\u00a0»", "&a", "*a", "!t", "|", ">", "%", "@", "`", "{a", "]", "🦔", "<<"]
)  # fmt: skip


def _clean(text):
    return unicodedata.normalize("NFC", text).strip()


lines = st.one_of(st.text(_signs, min_size=1, max_size=50), _tricky).map(_clean).filter(bool)
texts = st.lists(lines, min_size=1, max_size=3).map("\n".join).map(_clean).filter(bool)
_maybe_texts = st.one_of(st.just(""), texts)
_maybe_lines = st.one_of(st.just(""), lines)


@st.composite
def deadlines(draw):
    unit = draw(st.sampled_from(Unit))
    counts = Counts.ELAPSED if unit is Unit.HOURS else draw(st.sampled_from(Counts))
    return Deadline(draw(st.integers(1, LONGEST[unit])), unit, counts)


@st.composite
def question_sets(draw):
    found = []
    for code in draw(st.lists(_codes, max_size=4, unique=True)):
        kind = draw(st.sampled_from(QuestionKind))
        choices = ()
        if kind in (QuestionKind.CHOICE, QuestionKind.MULTI):
            codes = draw(st.lists(_codes, min_size=2, max_size=4, unique=True))
            labels = draw(st.lists(lines, min_size=len(codes), max_size=len(codes), unique=True))
            choices = tuple(map(Choice, codes, labels))
        found.append(
            Question(
                code=code,
                label=draw(lines),
                kind=kind,
                hint=draw(_maybe_lines),
                required=draw(st.booleans()),
                choices=choices,
                condition=draw(_conditions(found)),
            )
        )
    return tuple(found)


def _conditions(earlier):
    possible = [
        (one.code, (YES, NO) if one.kind is QuestionKind.YES_NO else [c.code for c in one.choices])
        for one in earlier
        if one.choices or one.kind is QuestionKind.YES_NO
    ]
    if not possible:
        return st.none()
    asked = st.sampled_from(possible).flatmap(
        lambda one: st.lists(st.sampled_from(one[1]), min_size=1, unique=True).map(
            lambda values: Condition(one[0], tuple(values))
        )
    )
    return st.none() | asked


@st.composite
def types(draw, code, categories):
    dead_end = draw(_maybe_texts)
    dangerous = draw(st.booleans())
    given = draw(st.dictionaries(st.sampled_from(Outcome), texts))
    return TypeSpec(
        code=code,
        name=draw(lines),
        category=draw(st.sampled_from([None, *categories])),
        hint=draw(_maybe_texts),
        icon=draw(st.sampled_from(["", "bag"])),
        nature=draw(st.sampled_from(Nature)),
        keywords=tuple(draw(st.lists(lines, max_size=3, unique=True))),
        agents_only=draw(st.booleans()),
        dead_end=dead_end,
        dangerous=dangerous,
        emergency=draw(_maybe_texts) if dangerous else "",
        household=draw(st.booleans()),
        priority=draw(st.sampled_from(Priority)),
        deadline=None if dead_end else draw(st.none() | deadlines()),
        questions=() if dead_end else draw(question_sets()),
        answers={} if dead_end else {one: given[one] for one in Outcome if one in given},
        competent_body=draw(_maybe_texts),
    )


@st.composite
def catalogues(draw):
    """Any catalogue that holds together; services and partners are those of the `town` fixture."""
    codes = iter(draw(st.lists(_codes, min_size=12, max_size=12, unique=True)))
    families = []
    for _ in range(draw(st.integers(0, 2))):
        categories = [next(codes) for _ in range(draw(st.integers(0, 2)))]
        families.append(
            FamilySpec(
                code=next(codes),
                name=draw(lines),
                hint=draw(_maybe_texts),
                icon=draw(st.sampled_from(["", "bin"])),
                categories=tuple(CategorySpec(code=one, name=draw(lines)) for one in categories),
                types=tuple(
                    draw(types(next(codes), categories)) for _ in range(draw(st.integers(0, 2)))
                ),
            )
        )
    return CatalogueSpec(families=tuple(families), rules=draw(_rules(families)))


@st.composite
def _rules(draw, families):
    targets = [(Level.DEFAULT, "")]
    for family in families:
        targets.append((Level.FAMILY, family.code))
        targets += [(Level.CATEGORY, one.code) for one in family.categories]
        targets += [(Level.TYPE, one.code) for one in family.types]
    areas = st.sampled_from([None, AreaKey("sector", "intra"), AreaKey("contract_zone", "lot-2")])
    about = draw(st.lists(st.tuples(st.sampled_from(targets), areas), unique=True, max_size=5))
    everything = ((Level.DEFAULT, ""), None)
    if everything not in about:
        about.append(everything)
    return tuple(
        RuleSpec(
            level=level,
            target=target,
            area=area,
            service=draw(st.sampled_from(["proprete", "voirie"])),
            partner=draw(st.sampled_from([None, "netlys"])),
        )
        for (level, target), area in about
    )
