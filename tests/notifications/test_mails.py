"""What mails say and how they look: the answer first, in every state, in words and in colours."""

import re
from html.parser import HTMLParser

import pytest

from riverain.notifications import content, look
from riverain.notifications.models import Notice, Recipient
from riverain.reports import messages
from riverain.territory import actions as territory
from riverain.territory import colours
from riverain.territory import queries as territories
from tests.harness import ROOT
from tests.notifications.post import body, hear, send_due
from tests.portal import states
from tests.town import report

EMAIL = "camille@exemple.fr"
# The states of which the reporter was told something after the report.
TOLD = {
    name: make
    for name, make in states.STATES.items()
    if name not in {"received", "reachable", "late", "suggested"}
}


@pytest.fixture
def told(city, mails, monkeypatch):
    """The last mail of a report that was brought to a state."""

    build = states._report
    monkeypatch.setattr(
        states, "_report", lambda *a, **said: build(*a, **(said | {"email": EMAIL}))
    )

    def bring(make):
        made = make(city)
        hear(made)
        Notice.objects.update(due_at=made.received_at)
        send_due()
        notice = Notice.objects.filter(recipient=Recipient.REPORTER).latest("id")
        (mail,) = (one for one in mails() if notice.key in one["Message-ID"])
        return made, mail

    return bring


@pytest.mark.row("S0-07", "S0-09", "S0-10", "S2-16")
@pytest.mark.parametrize("name", sorted(TOLD))
def test_each_state_is_told_by_a_mail_whose_subject_is_the_answer(told, name):
    made, mail = told(TOLD[name])
    text = body(mail)
    title = text.partition("\n")[0]
    assert mail["Subject"].strip().startswith(title[: content.LONGEST_SUBJECT - 15])
    assert title[-1] in ".!"
    for words in (made.number, made.tracking_code, "Ne plus recevoir de mails", "Mairie de Lille"):
        assert words in text
    assert text.count("\n\n\n\n") == 0
    page = body(mail, "html")
    assert title in _words(page)
    assert "<img" not in page
    assert "<table" not in page
    assert "var(--" not in page


@pytest.mark.row("S0-10")
def test_refusal_gives_the_reason_and_the_way_to_contest_it(told):
    made, mail = told(states.refused)
    text = body(mail)
    assert text.startswith(
        "Nous ne pouvons pas intervenir\u00a0: cela ne relève pas de la Ville.\n"
    )
    assert "Ce mur appartient à un particulier" in text
    assert (
        f"Contestez cette réponse\u00a0: http://127.0.0.1:8000/suivi/{made.tracking_code}/pas-regle"
        in text
    )


def test_question_leads_to_the_field_that_answers_it(told):
    made, mail = told(states.asked)
    text = body(mail)
    assert "devant l’école, ou devant la boulangerie" in text
    assert (
        f"Répondre au service\u00a0: http://127.0.0.1:8000/suivi/{made.tracking_code}#repondre"
        in text
    )


@pytest.mark.row("N-05")
def test_photo_of_the_work_is_a_link_never_a_copy(told):
    _made, mail = told(states.done)
    assert "#photos" in body(mail)
    assert list(mail.iter_attachments()) == []


def test_proposed_rejection_is_in_no_word_of_a_mail(told):
    _made, mail = told(states.rejection_proposed)
    assert "rejet" not in mail.as_string().lower()
    assert "voisin" not in body(mail)


def test_what_people_write_is_no_markup_in_a_mail(city, told, mails):
    made, _mail = told(states.taken)
    messages.write_to_reporter(
        acting=city.member("coordinator"),
        report_id=made.pk,
        text="<b>Gras</b> & <script>x</script>",
    )
    hear(made)
    send_due()
    last = next(one for one in mails() if "vous écrit" in one["Subject"])
    assert "&lt;b&gt;Gras&lt;/b&gt; &amp;" in body(last, "html")
    assert "<b>Gras</b> & " in body(last)


@pytest.mark.parametrize(
    ("end", "kept"),
    [("à", ""), ("de la", ""), ("au plus tard le", " au plus tard"), ("une fois", " une fois")],
)
def test_a_long_subject_does_not_stop_on_a_word_that_leads_to_the_next(city, end, kept):
    start = "Votre demande".ljust(content.LONGEST_SUBJECT - 3 - len(end), "s")
    made = states.received(city)
    subject = content._subject(f"{start} {end} 23\u00a0h\u00a044 exactement", made)
    assert subject == f"{start}{kept}… ({made.number})"


def test_list_of_mails_shows_how_the_subject_goes_on(told):
    _made, mail = told(states.refused)
    hidden = re.search(r'<div style="display:none[^>]*>([^<]*)<', body(mail, "html"))[1]
    assert hidden.startswith("Ce mur appartient à un particulier")


def test_program_of_mail_may_stop_them_in_one_click_over_a_safe_connection(told, settings):
    settings.PUBLIC_URL = "https://lille.example"
    _made, mail = told(states.taken)
    assert mail["List-Unsubscribe"].startswith("<https://lille.example/suivi/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_colours_are_the_tokens_of_the_pages(city):
    css = (ROOT / "riverain/web/ui/static/ui/tokens.css").read_text().partition("@media")[0]
    tokens = dict(re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", css))
    own = look.of(territories.collectivity(city.lille.pk))
    for name in look.Scheme.__slots__:
        if name not in {"brand", "on_brand"}:
            pair = f"{getattr(own.light, name)}, {getattr(own.dark, name)}"
            assert tokens[name.replace("_", "-")] == pair
    assert tokens["brand"].startswith(own.light.brand)


@pytest.mark.parametrize("brand", ["", "#8a1538"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_colours_can_be_read_in_the_towns_own(city, brand, scheme):
    territory.update_collectivity(acting="system:cli", collectivity=city.lille, brand_colour=brand)
    shown = getattr(look.of(territories.collectivity(city.lille.pk)), scheme)
    pairs = [
        (shown.ink, shown.surface),
        (shown.ink_2, shown.surface),
        (shown.ink, shown.paper),
        (shown.ink_2, shown.paper),
        (shown.brand, shown.surface),
        (shown.brand, shown.paper),
        (shown.on_brand, shown.brand),
    ]
    assert min(colours.contrast(*pair) for pair in pairs) >= colours.LEAST


def test_plain_part_reads_as_sentences(city, mails):
    made = report(city, email=EMAIL)
    hear(made)
    send_due()
    (mail,) = mails()
    lines = [line for line in body(mail).splitlines() if line.strip()]
    assert lines[1].startswith("Gardez ce mail")
    assert all(re.search(r"[.!?:\w)>/]$", line.strip()) or line.strip() == "--" for line in lines)
    assert max(len(re.findall(r" {3,}", line)) for line in lines) == 0


@pytest.mark.row("S1-01", "S2-10")
@pytest.mark.parametrize(
    ("type_code", "promised"),
    [("sac-plein", True), ("idee-voirie", False), ("bravo-proprete", False)],
)
def test_receipt_promises_a_day_for_a_problem_only(city, mails, type_code, promised):
    made = report(city, type_code=type_code, email=EMAIL)
    assert made.due_at is not None
    hear(made)
    send_due()
    (mail,) = mails()
    text = body(mail)
    assert ("engage" in mail["Subject"] + text, "Ce que vous signalez" in text) == (
        promised,
        promised,
    )


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        self.found.append(data)


def _words(page):
    parser = _Text()
    parser.feed(page)
    return " ".join(parser.found)
