import pytest
from hypothesis import given

from riverain.catalogue import questions
from riverain.catalogue.facts import Choice, Condition, Question, QuestionKind
from tests.catalogue.made import question_sets

TWO = (Choice("a", "A"), Choice("b", "B"))
ASKED = Question("objet", "Quoi ?", QuestionKind.CHOICE, choices=TWO)


def text(code, **facts):
    return Question(code, facts.pop("label", "Quoi ?"), QuestionKind.TEXT, **facts)


@given(question_sets())
def test_a_set_that_can_be_asked_has_no_problem_and_is_stored_whole(found):
    assert questions.problems(found) == []
    assert questions.from_json(questions.to_json(found)) == found


@pytest.mark.parametrize(
    "given_set",
    [
        [text("Objet")],
        [text("é")],
        [text("")],
        [text("a", label="")],
        [text("a", label="a" * 201)],
        [text("a", hint="a" * 201)],
        [text("a"), text("a")],
        [text("a", choices=TWO)],
        [Question("a", "A", QuestionKind.CHOICE)],
        [Question("a", "A", QuestionKind.CHOICE, choices=TWO[:1])],
        [Question("a", "A", QuestionKind.MULTI, choices=(Choice("a", "A"), Choice("a", "B")))],
        [Question("a", "A", QuestionKind.MULTI, choices=(Choice("a", "A"), Choice("b", "A")))],
        [Question("a", "A", QuestionKind.CHOICE, choices=(*TWO, Choice("C", "C")))],
        [Question("a", "A", QuestionKind.CHOICE, choices=(*TWO, Choice("c", "")))],
        [
            Question(
                "a",
                "A",
                QuestionKind.CHOICE,
                choices=tuple(Choice(f"c{n}", f"C{n}") for n in range(31)),
            )
        ],
        [text("a", condition=Condition("objet", ("a",))), ASKED],
        [text("a", condition=Condition("a", ("a",)))],
        [ASKED, text("a", condition=Condition("objet", ("c",)))],
        [ASKED, text("a", condition=Condition("objet", ()))],
        [ASKED, text("a", condition=Condition("objet", ("a", "a")))],
        [text("t"), text("a", condition=Condition("t", ("a",)))],
        [text(f"q{n}") for n in range(21)],
    ],
)
def test_a_set_that_cannot_be_asked_is_told_apart(given_set):
    assert questions.problems(given_set)


def test_a_stored_question_of_another_shape_is_not_guessed_at():
    (stored,) = questions.to_json([ASKED])
    with pytest.raises(TypeError):
        questions.from_json([{**stored, "pattern": ".*"}])
    with pytest.raises(ValueError, match="colour"):
        questions.from_json([{**stored, "kind": "colour"}])
    with pytest.raises(KeyError):
        questions.from_json([{"code": "a", "label": "A", "kind": "text"}])
