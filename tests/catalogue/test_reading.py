import pytest

from riverain.catalogue.document import InvalidFile
from riverain.catalogue.facts import Deadline, Priority, Question, QuestionKind, Unit
from riverain.catalogue.reading import read

FILE = """\
familles:
  - code: proprete
    nom: Propreté et tags
    catégories:
      - code: poubelles
        nom: Poubelles
    types:
      - code: sac-plein
        nom: Sac plein
        catégorie: poubelles
        délai: 24 h
      - code: rats
        nom: Rats
        questions:
          - code: vus
            question: En avez-vous vu ?
            réponse: oui-non
          - code: combien
            question: Combien ?
            réponse: nombre
            si:
              question: vus
              vaut: oui
routage:
  - service: proprete
  - type: rats
    secteur: intra-muros
    service: proprete
    partenaire: netlys
"""


def problems(**replaced):
    """What is said of FILE with some of its words replaced, as "line: path: message"."""
    text = FILE
    for old, new in replaced.values():
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(InvalidFile) as caught:
        read(text.encode())
    return caught.value.problems


def problem(old, new):
    (found,) = problems(one=(old, new))
    return found


def test_a_file_is_read_whole():
    spec = read(FILE.encode()).spec
    sac, rats = spec.types
    assert sac.deadline == Deadline(24, Unit.HOURS)
    assert sac.category == "poubelles"
    assert rats.priority is Priority.NORMAL
    assert rats.questions[0] == Question("vus", "En avez-vous vu ?", QuestionKind.YES_NO)
    assert rats.questions[1].condition.values == ("yes",)
    assert [(rule.level, rule.target) for rule in spec.rules] == [("default", ""), ("type", "rats")]


def test_a_problem_names_line_and_path_in_the_words_of_the_file():
    found = problem("24 h", "3 semaines")
    assert found.line == 11
    assert found.path == ("familles", "Propreté et tags", "types", "sac-plein", "délai")
    assert str(found).startswith(
        "ligne 11, familles › Propreté et tags › types › sac-plein › délai\u00a0: "
        "«\u00a03 semaines\u00a0»"
    )


def test_all_problems_are_told_at_once_in_the_order_of_the_file():
    found = problems(
        a=("nom: Poubelles", "nom:"),
        b=("24 h", "24 ans"),
        c=("réponse: nombre", "réponse: chiffre"),
        d=("type: rats", "type: souris"),
    )
    assert [one.line for one in found] == [6, 11, 20, 26]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("délai: 24 h", "delais: 24 h", 11, "clé inconnue"),
        ("délai: 24 h", "nom: Sac", 11, "deux fois"),
        ("code: rats", "code: sac-plein", 12, "déjà pris"),
        ("code: rats", "code: Rats & souris", 12, "minuscules"),
        ("        nom: Sac plein\n", "", 8, "«\u00a0nom\u00a0» manque"),
        ("catégorie: poubelles", "catégorie: tags", 10, "n’est pas une catégorie"),
        ("nom: Rats", "nom: " + "r" * 121, 13, "121 caractères"),
        ("nom: Rats", 'nom: "Rats\\0"', 13, "caractère invisible"),
        ("nom: Rats", 'nom: "Rats \\u202E"', 13, "caractère invisible"),
        ("nom: Rats", "nom: [Rats]", 13, "un texte est attendu"),
        ("nom: Rats", "nom: Rats\n        danger: peut-être", 14, "oui, non"),
        ("nom: Rats", "nom: Rats\n        nature: délation", 14, "signalement, suggestion"),
        ("nom: Rats", "nom: Rats\n        consigne: Courez", 14, "danger : oui"),
        ("nom: Rats", "nom: Rats\n        sans suite ici: Appelez", 14, "sans suite"),
        ("nom: Rats", "nom: Rats\n        icône: Un rat", 14, "nom d’une icône"),
        ("nom: Rats", "nom: Rats\n        mots: rat", 14, "une liste"),
        ("nom: Rats", "nom: Rats\n        mots: [rat, rat]", 14, "deux fois"),
        ("nom: Rats", "nom: Rats\n        réponses: {fini: Oui}", 14, "clé inconnue"),
        ("question: vus", "question: vu", 18, "posée avant"),
        ("vaut: oui", "vaut: parfois", 18, ": oui, non"),
        ("code: combien", "code: vus", 18, "deux questions"),
        ("réponse: nombre", "réponse: choix", 18, "il faut de 2"),
        ("secteur: intra-muros", "secteur: a\n    quartier: b", 26, "un seul lieu"),
        ("type: rats", "type: rats\n    famille: proprete", 26, "pas plusieurs"),
        ("  - type: rats\n    secteur: intra-muros\n", "  -\n", 27, "porte déjà"),
        (
            "service: proprete\n  - type",
            "partenaire: netlys\n  - type",
            25,
            "«\u00a0service\u00a0»",
        ),
    ],
)
def test_each_slip_is_told_where_it_is(old, new, line, said):
    text = FILE.replace(old, new, 1)
    assert text != FILE
    with pytest.raises(InvalidFile) as caught:
        read(text.encode())
    found = caught.value.problems
    assert any(
        one.line == line and said.replace(" : ", "\u00a0: ") in one.message for one in found
    ), [str(one) for one in found]


def test_keys_forgive_case_and_accents():
    forgiving = FILE.replace("délai:", "Delai:").replace("catégories:", "CATEGORIES:")
    assert read(forgiving.encode()).spec == read(FILE.encode()).spec


def test_a_type_that_nobody_would_receive_is_refused():
    found = problems(
        a=("  - service: proprete\n", "  - famille: proprete\n    secteur: a\n    service: x\n"),
        b=("    secteur: intra-muros\n", ""),
    )
    assert [(one.line, one.path[-1]) for one in found] == [(8, "sac-plein")]


def test_a_dead_end_type_needs_no_rule():
    text = FILE.replace("  - service: proprete\n", "").replace(
        "        délai: 24 h\n", "        sans suite ici: Appelez le 03 00 00 00 31.\n"
    )
    text = text.replace("    secteur: intra-muros\n", "")
    assert read(text.encode()).spec.types[0].makes_reports is False


def test_a_file_without_families_is_refused_but_an_empty_list_is_meant():
    with pytest.raises(InvalidFile):
        read(b"routage: []")
    with pytest.raises(InvalidFile):
        read(b"familles:\nroutage: []")
    assert read(b"familles: []").spec.types == ()


def test_reading_never_stops_at_the_wrong_shape():
    for text in (
        "[]",
        "a",
        "familles: 3",
        "familles: [3]",
        "familles: [{types: {}}]",
        "routage: {}",
    ):
        with pytest.raises(InvalidFile):
            read(text.encode())
