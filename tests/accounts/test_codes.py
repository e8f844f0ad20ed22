"""Codes sent by mail: to sign in, and to choose a new password."""

import re
import smtplib
import time
from types import SimpleNamespace

import pytest
from allauth.account.internal.flows import code_verification
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage

from riverain.accounts.actions import deactivate
from riverain.accounts.models import Session
from riverain.audit.models import Entry
from tests.accounts.conftest import PASSWORD, code_in

pytestmark = pytest.mark.urls("tests.accounts.urls")

ASK, ENTER = "/agents/connexion/code/", "/agents/connexion/code/saisie/"
RESET = "/agents/connexion/mot-de-passe/"
NEW = "un-autre-banc-repeint"


def page_of(answer, *addresses):
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    for address in addresses:
        html = html.replace(address, "ADDRESS")
    return answer.status_code, answer.get("Location"), html


def test_a_code_signs_in(ana, browser, mailoutbox):
    one = browser()
    answer = one.send(ASK, email=ana.email)
    assert (answer.status_code, answer["Location"]) == (302, ENTER)
    assert [mail.to for mail in mailoutbox] == [["ana@demo.example"]]
    one.send(ENTER, code=code_in(mailoutbox[0]))
    assert one.signed_in_as == ana.label


def test_a_code_may_be_typed_without_its_dash(ana, browser, mailoutbox):
    one = browser()
    one.send(ASK, email=ana.email)
    one.send(ENTER, code=code_in(mailoutbox[0]).replace("-", " "))
    assert one.signed_in_as == ana.label


def test_a_person_without_a_password_signs_in_by_code_only(ana, browser, mailoutbox):
    ana.set_unusable_password()
    ana.save()
    one = browser()
    assert one.sign_in(ana, password=ana.password).status_code == 200
    one.send(ASK, email=ana.email)
    one.send(ENTER, code=code_in(mailoutbox[0]))
    assert one.signed_in_as == ana.label


def test_the_mail_holds_no_link_that_a_scanner_could_open(ana, browser, mailoutbox):
    browser().send(ASK, email=ana.email)
    browser().send(RESET, email=ana.email)
    for mail in mailoutbox:
        assert "http" not in mail.body
        assert "testserver" not in mail.body
        assert code_in(mail) not in mail.subject


def test_the_code_opens_nothing_when_it_comes_in_an_address(ana, browser, mailoutbox):
    one = browser()
    one.send(ASK, email=ana.email)
    one.get(f"{ENTER}?code={code_in(mailoutbox[0])}")
    assert one.signed_in_as is None


def test_next_is_carried_through_the_code(ana, browser, mailoutbox):
    one = browser()
    answer = one.send(ASK, email=ana.email, next="/agents/?vue=retard")
    page = one.get(answer["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/agents/?vue=retard">' in page
    answer = one.send(ENTER, code=code_in(mailoutbox[0]), next="/agents/?vue=retard")
    assert answer["Location"] == "/agents/?vue=retard"


# The same answer, whoever is asked for.


def test_asking_for_a_code_says_the_same_with_and_without_an_account(ana, browser, mailoutbox):
    pages = []
    for address in ("ana@demo.example", "zoe@demo.example"):
        one = browser()
        answers = [one.send(ASK, email=address), one.get(ENTER)]
        # Three wrong codes, the third of which ends it.
        answers += [one.send(ENTER, code="1111-1111") for _ in range(3)]
        answers.append(one.get(ENTER))
        pages.append([page_of(answer, address) for answer in answers])
    assert pages[0] == pages[1]
    assert [mail.to for mail in mailoutbox] == [["ana@demo.example"], ["zoe@demo.example"]]


def test_a_forgotten_password_says_the_same_with_and_without_an_account(ana, browser, mailoutbox):
    pages = []
    for address in ("ana@demo.example", "zoe@demo.example"):
        one = browser()
        answers = [one.send(RESET, email=address), one.get(f"{RESET}code/")]
        answers += [one.send(f"{RESET}code/", code="1111-1111") for _ in range(3)]
        pages.append([page_of(answer, address) for answer in answers])
    assert pages[0] == pages[1]
    assert [mail.to for mail in mailoutbox] == [["ana@demo.example"], ["zoe@demo.example"]]


def test_a_closed_account_looks_like_none(ana, browser, mailoutbox):
    deactivate(acting="system:cli", user=ana)
    one = browser()
    one.send(ASK, email=ana.email)
    one.send(RESET, email=ana.email)
    assert ["n’a pas de compte" in mail.body for mail in mailoutbox] == [True, True]
    one.send(ENTER, code="")
    assert one.signed_in_as is None


# Three tries.


@pytest.mark.parametrize("path", [ASK, RESET])
def test_tries_that_come_together_count_all_the_same(ana, browser, mailoutbox, path):
    """Each of them read a session in which nobody had tried, and wrote it back so."""
    one = browser()
    answer = one.send(path, email=ana.email)
    before = Session.objects.get()
    for _ in range(3):
        said = one.send(answer["Location"], code="1111-1111").content.decode()
        assert "Ce code n’est pas le bon." in said
        before.save()
    said = one.send(answer["Location"], code=code_in(mailoutbox[0])).content.decode()
    assert "Ce code n’est pas le bon." in said
    assert one.signed_in_as is None


# Whose code goes where.


def test_a_repeated_address_sends_nothing(ana, bob, browser, mailoutbox):
    """email=a&email=b: one reader of the form takes a's account, another b's address."""
    for field, path in [("email", ASK), ("email", RESET), ("login", "/agents/connexion/")]:
        for pair in ([ana.email, bob.email], [bob.email, ana.email], [ana.email, ana.email]):
            one = browser()
            answer = one.send(path, **{field: pair}, password=PASSWORD)
            assert answer.status_code == 200
            assert "Donnez une seule adresse e-mail." in answer.content.decode()
            assert one.signed_in_as is None
    assert mailoutbox == []


@pytest.mark.parametrize(
    "typed",
    [
        "ana@demo.example,bob@demo.example",
        "ana@demo.example bob@demo.example",
        "ana@demo.example\r\nBcc: bob@demo.example",
        "ana@demo.example\nTo: bob@demo.example",
        '"ana@demo.example, x"@demo.example',
        "\u0430na@demo.example",
        "ana@d\u0435mo.example",
        "ana@demo.ex\u00adample",
    ],
)
def test_an_address_that_is_two_or_looks_like_another_sends_nothing(
    ana, browser, mailoutbox, typed
):
    for path in (ASK, RESET):
        assert browser().send(path, email=typed).status_code == 200
    assert mailoutbox == []


def test_a_code_opens_only_the_account_and_the_browser_that_asked(ana, bob, browser, mailoutbox):
    mine, theirs = browser(), browser()
    mine.send(ASK, email=bob.email)
    theirs.send(ASK, email=ana.email)
    of_bob, of_ana = (code_in(mail) for mail in mailoutbox)
    mine.send(ENTER, code=of_ana)
    theirs.send(ENTER, code=of_bob)
    assert [mine.signed_in_as, theirs.signed_in_as] == [None, None]
    mine.send(ENTER, code=of_bob)
    assert mine.signed_in_as == bob.label


def test_the_last_code_asked_for_is_the_one_that_counts(ana, browser, mailoutbox):
    one = browser()
    one.send(ASK, email=ana.email)
    _start_again(one, ASK)
    one.send(ASK, email=ana.email)
    old, new = (code_in(mail) for mail in mailoutbox)
    one.send(ENTER, code=old)
    assert one.signed_in_as is None
    one.send(ENTER, code=new)
    assert one.signed_in_as == ana.label


# A code ends.


def test_a_code_ends_at_the_third_wrong_try(ana, browser, mailoutbox):
    one = browser()
    one.send(ASK, email=ana.email)
    for _ in range(3):
        one.send(ENTER, code="1111-1111")
    one.send(ENTER, code=code_in(mailoutbox[0]))
    assert one.signed_in_as is None


@pytest.mark.parametrize(("path", "enter"), [(ASK, ENTER), (RESET, f"{RESET}code/")])
def test_a_code_ends_after_ten_minutes(ana, browser, monkeypatch, path, enter):
    one = browser()
    one.send(path, email=ana.email)
    seconds = time.time()
    for late, answers in [(595, 200), (601, 302)]:
        there = SimpleNamespace(time=lambda late=late: seconds + late)
        monkeypatch.setattr(code_verification, "time", there)
        assert one.get(enter).status_code == answers
    assert one.signed_in_as is None


def test_a_code_is_worth_nothing_once_the_account_is_closed(ana, browser, mailoutbox):
    one = browser()
    one.send(ASK, email=ana.email)
    deactivate(acting="system:cli", user=ana)
    answer = one.send(ENTER, code=code_in(mailoutbox[0]))
    assert answer["Location"] == "/agents/connexion/compte-ferme/"
    assert one.signed_in_as is None


def test_signing_in_by_code_makes_a_new_session(ana, browser, mailoutbox):
    one = browser()
    one.send(ASK, email=ana.email)
    known = one.cookies["sessionid"].value
    one.send(ENTER, code=code_in(mailoutbox[0]))
    assert one.cookies["sessionid"].value != known
    other = browser()
    other.cookies["sessionid"] = known
    assert other.signed_in_as is None


# A new password.


def test_a_forgotten_password_is_replaced_and_every_session_ends(ana, browser, mailoutbox):
    work, one = browser(), browser()
    work.sign_in(ana)
    one.send(RESET, email=ana.email)
    answer = one.send(f"{RESET}code/", code=code_in(mailoutbox[0]))
    assert answer["Location"] == f"{RESET}nouveau/"
    answer = one.send(f"{RESET}nouveau/", password1=NEW, password2=NEW)
    assert answer["Location"] == f"{RESET}fait/"
    assert [work.signed_in_as, one.signed_in_as] == [None, None]
    assert work.sign_in(ana, PASSWORD).status_code == 200
    work.sign_in(ana, NEW)
    assert work.signed_in_as == ana.label
    last = Entry.objects.filter(stream_kind="person", stream_id=ana.pk).order_by("seq").last()
    assert (last.kind, last.acting) == ("person.password-set", ana.label)


def test_whoever_has_a_new_password_is_told_so_by_mail(ana, browser, mailoutbox):
    """Else a mailbox that someone else reads gives the account away without a sign."""
    one = browser()
    one.send(RESET, email=ana.email)
    one.send(f"{RESET}code/", code=code_in(mailoutbox[0]))
    one.send(f"{RESET}nouveau/", password1=NEW, password2=NEW)
    _code, told = mailoutbox
    assert (told.to, told.subject) == ([ana.email], "Votre mot de passe est changé")
    assert "Ce n’était pas vous ?" in told.body
    assert not re.search(rf"http|testserver|203\.0\.113|{NEW}", told.body)


def test_a_new_password_stands_though_its_mail_does_not_leave(
    ana, browser, mailoutbox, monkeypatch
):
    one = browser()
    one.send(RESET, email=ana.email)
    one.send(f"{RESET}code/", code=code_in(mailoutbox[0]))

    def fail(*_args, **_kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", fail)
    answer = one.send(f"{RESET}nouveau/", password1=NEW, password2=NEW)
    assert answer["Location"] == f"{RESET}fait/"
    one.sign_in(ana, NEW)
    assert one.signed_in_as == ana.label


def test_a_weak_or_mistyped_new_password_is_refused(ana, browser, mailoutbox):
    one = browser()
    one.send(RESET, email=ana.email)
    one.send(f"{RESET}code/", code=code_in(mailoutbox[0]))
    for first, second in [("bref-1357", "bref-1357"), (NEW, NEW + "e"), ("qwerty123456",) * 2]:
        answer = one.send(f"{RESET}nouveau/", password1=first, password2=second)
        assert answer.status_code == 200
        assert first not in answer.content.decode()
    assert one.sign_in(ana).status_code == 302


def test_the_new_password_cannot_be_chosen_before_the_code(ana, browser, mailoutbox):
    one = browser()
    assert one.get(f"{RESET}nouveau/")["Location"] == RESET
    one.send(RESET, email=ana.email)
    assert one.get(f"{RESET}nouveau/")["Location"] == f"{RESET}code/"
    token = one.cookies["csrftoken"].value
    one.post(
        f"{RESET}nouveau/",
        {"password1": NEW, "password2": NEW, "csrfmiddlewaretoken": token},
    )
    one.get(f"{RESET}code/")
    assert browser().sign_in(ana, PASSWORD).status_code == 302


def test_the_address_is_kept_in_one_place_only(ana, browser, mailoutbox):
    """A second copy (the library's own table) would go on signing in after an address changes."""
    one = browser()
    one.sign_in(ana)
    _start_again(one, RESET)
    one.send(RESET, email=ana.email)
    one.send(f"{RESET}code/", code=code_in(mailoutbox[0]))
    one.send(f"{RESET}nouveau/", password1=NEW, password2=NEW)
    one.send(ASK, email=ana.email)
    one.send(ENTER, code=code_in(mailoutbox[-1]))
    assert one.signed_in_as == ana.label
    assert not EmailAddress.objects.exists()


# When the mail server fails.


@pytest.mark.parametrize("failure", [ConnectionRefusedError(), smtplib.SMTPServerDisconnected()])
def test_a_mail_server_that_does_not_answer_is_said(ana, browser, monkeypatch, failure):
    def fail(*_args, **_kwargs):
        raise failure

    monkeypatch.setattr(EmailMessage, "send", fail)
    for address in (ana.email, "zoe@demo.example"):
        answer = browser().send(ASK, email=address)
        assert answer.status_code == 503
        assert "Le message avec le code n’a pas pu partir." in answer.content.decode()


def test_an_address_that_the_mail_server_refuses_is_not_told_of(ana, browser, monkeypatch):
    def refuse(message, *_args, **_kwargs):
        raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"unknown")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    answer = browser().send(ASK, email="zoe@demo.example")
    assert (answer.status_code, answer["Location"]) == (302, ENTER)


def _start_again(one, path):
    token = one.cookies["csrftoken"].value
    answer = one.post("/agents/connexion/fin/", {"next": path, "csrfmiddlewaretoken": token})
    assert answer["Location"] == path
