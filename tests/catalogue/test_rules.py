import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.catalogue import rules
from riverain.catalogue.facts import (
    AreaKey,
    CategorySpec,
    Choice,
    Condition,
    Counts,
    Deadline,
    Level,
    Outcome,
    Question,
    QuestionKind,
    RuleSpec,
    Unit,
)
from riverain.core.refusals import Invalid
from tests.catalogue.made import a_type, catalogue, deadlines, question_sets

CHOICES = (Choice("rats", "Des rats"), Choice("pigeons", "Des pigeons"))
ASKED = a_type(
    questions=(
        Question("animal", "Quel animal ?", QuestionKind.CHOICE, required=True, choices=CHOICES),
        Question("quand", "Quand ?", QuestionKind.MULTI, choices=CHOICES),
        Question("nid", "Un nid ?", QuestionKind.YES_NO),
        Question(
            "hauteur",
            "Quelle hauteur ?",
            QuestionKind.NUMBER,
            required=True,
            condition=Condition("nid", ("yes",)),
        ),
        Question("numero", "Quel numéro ?", QuestionKind.TEXT),
    )
)


def test_answers_come_out_as_what_they_are():
    given_answers = {
        "animal": ["rats"],
        "quand": ["pigeons", "rats", "rats"],
        "nid": ["yes"],
        "hauteur": ["2,5"],
        "numero": ["  L 12\u0000\n bis "],
    }
    assert rules.check_answers(ASKED, given_answers) == {
        "animal": "rats",
        "quand": ["rats", "pigeons"],
        "nid": True,
        "hauteur": 2.5,
        "numero": "L 12 bis",
    }


def test_blanks_are_no_answer():
    assert rules.check_answers(ASKED, {"animal": ["", "rats"], "numero": [" "], "nid": []}) == {
        "animal": "rats"
    }


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("animal", []),
        ("animal", [""]),
        ("animal", ["chat"]),
        ("animal", ["rats", "pigeons"]),
        ("quand", ["rats", "chat"]),
        ("nid", ["oui"]),
        ("nid", ["yes", "no"]),
        ("numero", ["a" * 501]),
        ("numero", ["a", "b"]),
        ("couleur", ["rouge"]),
    ],
)
def test_a_bad_answer_is_refused_by_the_name_of_its_question(field, values):
    with pytest.raises(Invalid) as caught:
        rules.check_answers(ASKED, {"animal": ["rats"], field: values})
    assert caught.value.field == field
    assert str(caught.value)


@pytest.mark.parametrize(
    "typed", ["-3", "1e9", "NaN", "inf", "1.2.3", "12 cm", "0x10", "²", "٣", "1" * 400, "1000000,1"]
)
def test_a_number_is_written_as_people_write_one(typed):
    with pytest.raises(Invalid) as caught:
        rules.check_answers(ASKED, {"animal": ["rats"], "nid": ["yes"], "hauteur": [typed]})
    assert caught.value.field == "hauteur"


def test_numbers_forgive_french_spaces_and_commas():
    read = lambda typed: rules.check_answers(  # noqa: E731 - two lines
        ASKED, {"animal": ["rats"], "nid": ["yes"], "hauteur": [typed]}
    )["hauteur"]
    assert [read("1\u00a0200"), read("1\u202f200,50"), read("3.0")] == [1200, 1200.5, 3]
    assert isinstance(read("3.0"), int)


def test_a_question_that_is_not_asked_is_neither_needed_nor_kept():
    """A page without JavaScript shows every question, whatever was answered before."""
    answers = rules.check_answers(ASKED, {"animal": ["rats"], "nid": ["no"], "hauteur": ["4"]})
    assert answers == {"animal": "rats", "nid": False}


def test_a_condition_on_an_unasked_question_does_not_hold():
    chained = a_type(
        questions=(
            Question("a", "A ?", QuestionKind.YES_NO),
            Question("b", "B ?", QuestionKind.YES_NO, condition=Condition("a", ("yes",))),
            Question(
                "c", "C ?", QuestionKind.TEXT, required=True, condition=Condition("b", ("yes",))
            ),
        )
    )
    assert rules.check_answers(chained, {"a": ["no"], "b": ["yes"]}) == {"a": False}


def test_a_condition_on_several_choices_holds_when_one_of_them_is_there():
    type_ = a_type(
        questions=(
            Question("quoi", "Quoi ?", QuestionKind.MULTI, choices=CHOICES),
            Question("ou", "Où ?", QuestionKind.TEXT, condition=Condition("quoi", ("pigeons",))),
        )
    )
    given_answers = {"quoi": ["rats", "pigeons"], "ou": ["ici"]}
    assert "ou" in rules.check_answers(type_, given_answers)
    assert "ou" not in rules.check_answers(type_, {**given_answers, "quoi": ["rats"]})


def test_every_wrong_answer_is_told_beside_its_question():
    answers, wrong = rules.read_answers(
        ASKED, {"nid": ["yes"], "hauteur": ["haut"], "numero": ["3"]}
    )
    assert set(wrong) == {"animal", "hauteur"}
    assert answers == {"nid": True, "numero": "3"}


@given(
    question_sets(),
    st.dictionaries(st.sampled_from(["a", "b", "0"]), st.lists(st.text(max_size=20), max_size=2)),
    st.data(),
)
def test_whatever_is_posted_is_taken_or_refused_beside_a_field(questions, raw, data):
    for question in questions:
        raw[question.code] = data.draw(st.lists(st.text(max_size=8) | st.just("yes"), max_size=2))
    answers, wrong = rules.read_answers(a_type(questions=questions), raw)
    assert not set(answers) & set(wrong)
    assert set(wrong) <= set(raw) | {question.code for question in questions}
    for value in answers.values():
        text = value if isinstance(value, str) else ""
        assert not {"\x00", "\n"} & set(text)


# --- deadlines in words ---


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("24 h", Deadline(24, Unit.HOURS)),
        ("48h", Deadline(48, Unit.HOURS)),
        ("2 Heures", Deadline(2, Unit.HOURS)),
        ("1 heure", Deadline(1, Unit.HOURS)),
        ("15 jours", Deadline(15, Unit.DAYS)),
        ("1\u00a0jour", Deadline(1, Unit.DAYS)),
        ("15 j", Deadline(15, Unit.DAYS)),
        ("5 jours ouvrés", Deadline(5, Unit.DAYS, Counts.WORKING)),
        ("1 jour ouvre", Deadline(1, Unit.DAYS, Counts.WORKING)),
    ],
)
def test_a_deadline_is_read_as_people_write_it(text, deadline):
    assert rules.deadline_from(text) == deadline


@pytest.mark.parametrize(
    "text",
    ["", "24", "h", "0 h", "-1 h", "24 h ouvrées", "3 semaines", "5 jours ouvrables", "9999 h",
     "999 jours", "24 h 30", "vingt jours", "٢٤ h"],
)  # fmt: skip
def test_another_deadline_is_refused(text):
    with pytest.raises(ValueError, match="deadline"):
        rules.deadline_from(text)


@given(deadlines())
def test_the_words_of_a_deadline_are_read_back(deadline):
    assert rules.deadline_from(rules.deadline_text(deadline)) == deadline


def test_working_hours_cannot_be_promised():
    with pytest.raises(ValueError, match="elapsed"):
        Deadline(2, Unit.HOURS, Counts.WORKING)


# --- the words of closures ---


@pytest.mark.row("P-27", "S2-16")
def test_each_closure_has_words_of_its_own():
    plain = a_type()
    told = [rules.answer(plain, outcome) for outcome in Outcome]
    assert len(set(told)) == len(Outcome)
    assert all("clôtur" not in sentence.lower() for sentence in told)
    ours = a_type(answers={Outcome.DONE: "La poubelle a été vidée."})
    assert rules.answer(ours, Outcome.DONE) == "La poubelle a été vidée."
    assert rules.answer(ours, Outcome.NOT_OURS) == rules.answer(plain, Outcome.NOT_OURS)


# --- who hears of what ---

FAMILY = RuleSpec(level=Level.FAMILY, target="proprete", service="proprete")


def missed(*given_rules, usable=lambda _rule: True, **facts):
    spec = catalogue(
        a_type(category="tags", **facts),
        categories=[CategorySpec(code="tags", name="Tags")],
        rules=given_rules,
    )
    return [one.code for one in rules.unrouted(spec, usable=usable)]


def test_a_rule_for_type_category_family_or_all_reaches_a_type():
    for level, target in [
        (Level.TYPE, "sac-plein"),
        (Level.CATEGORY, "tags"),
        (Level.FAMILY, "proprete"),
        (Level.DEFAULT, ""),
    ]:
        assert missed(RuleSpec(level=level, target=target, service="proprete")) == []


def test_a_rule_for_an_area_does_not_reach_reports_without_a_place():
    here = RuleSpec(level=Level.DEFAULT, area=AreaKey("sector", "intra"), service="proprete")
    assert missed(here) == ["sac-plein"]


def test_a_rule_that_cannot_be_used_reaches_nothing():
    assert missed(FAMILY, usable=lambda _rule: False) == ["sac-plein"]


def test_a_type_that_makes_no_report_reaches_nobody_on_purpose():
    assert missed(RuleSpec(level=Level.TYPE, target="x", service="s"), dead_end="Appelez.") == []
