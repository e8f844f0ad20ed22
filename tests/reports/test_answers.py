"""What residents read first, state by state, and how services and bodies are called in it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from riverain.catalogue.facts import Nature, Outcome
from riverain.reports import names
from riverain.reports.answers import LONGEST_TITLE, Answer, Dated, answer
from riverain.reports.lifecycle import Reason, Status
from riverain.reports.wording import State, for_residents
from riverain.web.ui.speech import Spoken

NOW = datetime(2026, 11, 22, 14, tzinfo=UTC)  # a Sunday, 15 h in Lille
NOON = datetime(2026, 11, 25, 8, 12, tzinfo=UTC)  # Wednesday, 9 h 12
LATE = NOW - timedelta(days=2)
THURSDAY, PAST, FAR = date(2026, 11, 26), date(2026, 11, 20), date(2026, 12, 1)
PAGE, MAIL = Spoken(NOW, "Europe/Paris"), Dated("Europe/Paris")


def say(status, times=PAGE, **known):
    """Title and detail, with plain blanks."""
    found = answer(State(status=status, **{"service": "Propreté", **known}), times)
    return tuple(text.replace("\u00a0", " ") for text in (found.title, found.detail))


@pytest.mark.row("S2-17", "S2-28", "N-01")
@pytest.mark.parametrize(
    ("status", "known", "title"),
    [
        (
            Status.TO_PROCESS,
            {"due_at": NOON},
            "Le service Propreté a reçu votre demande et s’engage à agir avant mercredi 9 h 12.",
        ),
        (Status.TO_PROCESS, {}, "Le service Propreté a reçu votre demande."),
        (
            Status.REJECTION_PROPOSED,
            {"outcome": Outcome.NOT_OURS},
            "Le service Propreté a reçu votre demande.",
        ),
        (
            Status.TO_PROCESS,
            {"reopened": True, "due_at": NOON},
            (
                "Votre demande est rouverte : le service Propreté s’engage à agir"
                " avant mercredi 9 h 12."
            ),
        ),
        (
            Status.TO_PROCESS,
            {"nature": Nature.SUGGESTION},
            "Le service Propreté a reçu votre suggestion et vous répondra.",
        ),
        (
            Status.TO_PROCESS,
            {"nature": Nature.PRAISE},
            "Le service Propreté a reçu vos félicitations.",
        ),
        (Status.IN_PROGRESS, {}, "Pris en charge : le service Propreté s’en occupe."),
        (Status.IN_PROGRESS, {"planned_for": THURSDAY}, "Nous y serons jeudi."),
        (
            Status.WAITING,
            {"reason": Reason.WEATHER, "resume_on": FAR},
            "Nous attendons une météo favorable et reprendrons mardi 1er décembre.",
        ),
        (
            Status.WAITING,
            {"reason": Reason.REPORTER, "resume_on": THURSDAY},
            "Nous attendons une précision de votre part pour continuer.",
        ),
        (
            Status.WAITING,
            {"reason": Reason.WATCHED, "resume_on": THURSDAY},
            "Nous surveillons l’évolution sur place et ferons le point jeudi.",
        ),
        (
            Status.TRANSFERRED,
            {"body": "Métropole européenne de Lille"},
            "Transmis à la Métropole européenne de Lille, compétente ici ; la Ville suit.",
        ),
        (
            Status.LANDLORD,
            {"body": "Habitat du Nord"},
            "Transmis à Habitat du Nord, compétent ici ; la Ville suit.",
        ),
        (
            Status.CLOSED_TRANSFERRED,
            {"body": "Département du Nord"},
            "Transmis au Département du Nord, qui vous répondra.",
        ),
        (Status.CLOSED_TRANSFERRED, {}, "Transmis à un autre organisme, qui vous répondra."),
        (Status.REJECTED, {}, "Nous ne pouvons pas intervenir."),
        (Status.REJECTED, {"outcome": Outcome.NOT_PLANNED}, "Nous n’interviendrons pas."),
        (
            Status.REJECTED,
            {"outcome": Outcome.NOT_OURS},
            "Nous ne pouvons pas intervenir : cela ne relève pas de la Ville.",
        ),
        (
            Status.REJECTED,
            {"outcome": Outcome.INCOMPLETE},
            "Nous ne pouvons pas intervenir : il nous manque des précisions.",
        ),
        (Status.DONE, {}, "C’est terminé."),
        (Status.DONE, {"outcome": Outcome.DONE}, "C’est fait."),
        (
            Status.DONE,
            {"outcome": Outcome.NOTHING_FOUND},
            "Nous sommes passés et n’avons rien trouvé.",
        ),
        (
            Status.DONE,
            {"outcome": Outcome.ALREADY_DONE},
            "C’était déjà réglé à notre passage.",
        ),
        (
            Status.CLAIMED,
            {"due_at": NOON},
            (
                "Réclamation reçue : le service Propreté réexamine votre demande"
                " avant mercredi 9 h 12."
            ),
        ),
        (Status.KEPT, {}, "Votre suggestion est retenue."),
        (Status.UNDER_STUDY, {}, "Votre suggestion est à l’étude."),
        (Status.NOT_KEPT, {}, "Votre suggestion n’est pas retenue."),
        (
            Status.PASSED_ON,
            {},
            "Vos félicitations ont été transmises à l’équipe. Merci pour elle !",
        ),
    ],
)
def test_each_state_is_answered_in_one_sentence(status, known, title):
    assert say(status, **known) == (title, "")


@pytest.mark.parametrize("status", Status)
def test_no_state_is_without_a_sentence_that_ends(status):
    for words in ("", "Voici pourquoi"):
        title, detail = say(status, text=words)
        assert title[-1] in ".!"
        assert len(title) <= LONGEST_TITLE
        assert (words in f"{title} {detail}") or status in {
            Status.TO_PROCESS,
            Status.IN_PROGRESS,
            Status.CLAIMED,
            Status.REJECTION_PROPOSED,
        }


@pytest.mark.row("S2-10", "N-01")
@pytest.mark.parametrize(
    ("status", "detail"),
    [
        (Status.TO_PROCESS, "Le service Propreté a reçu votre demande."),
        (Status.IN_PROGRESS, "Pris en charge : le service Propreté s’en occupe."),
        (
            Status.CLAIMED,
            "Réclamation reçue : le service Propreté réexamine votre demande.",
        ),
    ],
)
def test_missed_deadline_is_said_first(status, detail):
    late = "Nous avons dépassé le délai annoncé de 2 jours."
    assert say(status, due_at=LATE) == (late, detail)


def test_visit_that_is_planned_comes_before_the_missed_deadline():
    assert say(Status.IN_PROGRESS, planned_for=THURSDAY, due_at=LATE) == (
        "Nous y serons jeudi.",
        "Nous avons dépassé le délai annoncé de 2 jours.",
    )


def test_day_that_went_by_is_owned_up_to():
    assert say(Status.IN_PROGRESS, planned_for=PAST)[0] == (
        "Nous devions passer vendredi 20 novembre et avons pris du retard."
    )
    assert say(Status.WAITING, reason=Reason.WORKS, resume_on=PAST)[0] == (
        "Nous devions reprendre vendredi 20 novembre et avons pris du retard."
    )


@pytest.mark.row("S2-16", "P-22", "P-27")
@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.NOTHING_FOUND, Outcome.ALREADY_DONE])
def test_what_was_done_is_the_title(outcome):
    text = "La poubelle de la place a été vidée et le sac remplacé"
    assert say(Status.DONE, text=text, outcome=outcome) == (f"{text}.", "")


@pytest.mark.parametrize(
    ("text", "title", "detail"),
    [
        (
            "Nous sommes passés deux fois. " * 20,
            "Nous sommes passés deux fois.",
            ("Nous sommes passés deux fois. " * 19).strip(),
        ),
        (
            "Bonjour,\nle banc est réparé.",
            "C’est fait.",
            "Bonjour,\nle banc est réparé.",
        ),
        ("Le banc est réparé.\nMerci !", "Le banc est réparé.", "Merci !"),
        ("a" * 400, "C’est fait.", "a" * 400),
        ("ok", "C’est fait.", "ok"),
        ("Fait.", "C’est fait.", "Fait."),
        ("Sac remplacé", "Sac remplacé.", ""),
    ],
)
def test_text_that_is_no_title_stands_under_one(text, title, detail):
    assert say(Status.DONE, text=text, outcome=Outcome.DONE) == (title, detail)


@pytest.mark.row("S0-10")
def test_refusal_gives_its_reason_under_the_title():
    text = "Ce mur appartient à un particulier."
    assert say(Status.REJECTED, text=text) == ("Nous ne pouvons pas intervenir.", text)


@pytest.mark.parametrize(
    ("status", "known", "title"),
    [
        (
            Status.TO_PROCESS,
            {"due_at": NOON},
            (
                "Le service Propreté a reçu votre demande et s’engage à agir"
                " avant le mercredi 25 novembre à 9 h 12."
            ),
        ),
        (Status.IN_PROGRESS, {"planned_for": THURSDAY}, "Nous y serons jeudi 26 novembre."),
        (
            Status.WAITING,
            {"reason": Reason.MATERIAL, "resume_on": THURSDAY},
            "Nous attendons une pièce ou un matériel à recevoir et reprendrons jeudi 26 novembre.",
        ),
    ],
)
def test_mail_says_days_since_nobody_knows_when_it_is_read(status, known, title):
    assert say(status, MAIL, **known) == (title, "")
    assert "retard" not in say(status, MAIL, **{**known, "due_at": LATE})[0]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (NOW + timedelta(minutes=20), "d’ici 20 minutes"),
        (NOW + timedelta(hours=3), "aujourd’hui avant 18 h"),
        (NOW + timedelta(hours=20), "avant demain 11 h"),
        (NOON, "avant mercredi 9 h 12"),
        (NOW + timedelta(days=20), "avant le 12 décembre 2026"),
    ],
)
def test_deadline_is_said_as_people_say_it(due, said):
    assert PAGE.by(due).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 21), "hier"),
        (date(2026, 11, 22), "aujourd’hui"),
        (date(2026, 11, 23), "demain"),
        (date(2026, 11, 28), "samedi"),
        (date(2026, 11, 29), "dimanche 29 novembre"),
        (FAR, "mardi 1er décembre"),
    ],
)
def test_day_is_said_as_people_say_it(day, said):
    assert PAGE.on(day).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("name", "called", "told"),
    [
        ("Direction de la voirie", "la Direction de la voirie", "à la Direction de la voirie"),
        ("Équipe Wazemmes", "l’Équipe Wazemmes", "à l’Équipe Wazemmes"),
        ("Pôle espaces verts", "le Pôle espaces verts", "au Pôle espaces verts"),
        ("Office du Nord", "l’Office du Nord", "à l’Office du Nord"),
        ("Service voirie", "le Service voirie", "au Service voirie"),
        ("Espaces verts", "le service Espaces verts", "à Espaces verts"),
        ("", "la Ville", "à "),
    ],
)
def test_service_is_called_with_its_article(name, called, told):
    assert names.service(name) == called
    assert names.to(name) == told


def test_other_language_takes_names_as_they_are():
    with translation.override("en"):
        assert names.body("Direction de la voirie") == "Direction de la voirie"
        assert not names.is_feminine("Direction de la voirie")


def test_history_says_it_in_a_few_words():
    state = State(status=Status.TO_PROCESS, service="Propreté", reopened=True)
    assert for_residents(state) == "Rouvert par la Ville"
    assert answer(state, PAGE) == Answer(
        "Votre demande est rouverte\u00a0: le service Propreté s’en occupe."
    )


def test_history_of_what_is_watched_says_when_it_is_looked_at_again():
    state = State(
        status=Status.WAITING,
        service="Propreté",
        reason=Reason.WATCHED,
        resume_on=date(2026, 3, 12),
    )
    assert for_residents(state) == "Sous surveillance\u00a0: nouveau point le jeudi 12\u00a0mars"
