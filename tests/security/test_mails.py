"""Mails: what strangers write in them, to whom they go, what their links open."""

import re
from email import policy
from email.parser import BytesParser

import pytest
from django.test import Client

from riverain.audit.models import Entry
from riverain.catalogue.facts import Outcome
from riverain.catalogue.models import Type
from riverain.core import versions
from riverain.notifications import content, sending
from riverain.notifications.actions import hear
from riverain.notifications.folder import FolderBackend
from riverain.notifications.models import Notice
from riverain.organisation.models import Service
from riverain.reports import actions
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Status
from tests import town

EVIL = "\"'><img src=x onerror=alert(1)><a href=//evil.example>ici</a>{{7*7}}"
LINES = "Sac\r\nBcc: victime@exemple.fr\r\n\r\n<html>"


def written(made):
    """The mail of the last step of a report, as it leaves."""
    entry = made.seq
    hear(Entry.objects.get(stream_kind="report", stream_id=made.pk, seq=entry).pk)
    notice = Notice.objects.select_related("report").order_by("-pk").first()
    message = sending._message(notice, content.of(notice))
    return message, BytesParser(policy=policy.default).parsebytes(message.message().as_bytes())


def closed(city, **said):
    made = town.report(city, email="camille@exemple.fr", **said)
    return actions.move(
        acting=city.member("coordinator"),
        report_id=made.pk,
        to=Status.DONE,
        given=Given(outcome=Outcome.DONE, text=EVIL),
    )


def test_what_strangers_and_agents_write_is_text_in_a_mail(city):
    Type.objects.update(name=EVIL[:100])
    Service.objects.update(name=EVIL[:100], address=EVIL)
    for name in ("catalogue", "organisation"):
        versions.bump(name)
    for made in (
        town.report(city, email="camille@exemple.fr", address=EVIL, name="<b>Zoé</b>"),
        closed(city, address=EVIL),
    ):
        html = written(made)[1].get_body(("html",)).get_content()
        assert "&lt;img src=x" in html
        assert not re.search(r"<(img|script|a href=//)", html)
        assert "{{7*7}}" in html or EVIL[:100] not in html


def test_no_header_is_added_by_what_a_stranger_writes(city):
    made = town.report(
        city, email="camille@exemple.fr", address=LINES, name=LINES, description=LINES
    )
    message, parsed = written(made)
    assert message.recipients() == ["camille@exemple.fr"]
    assert parsed["To"] == "camille@exemple.fr"
    assert parsed["Bcc"] is None
    assert parsed.get_content_type() == "multipart/alternative"


def test_no_header_is_added_by_the_name_of_a_service(city):
    """It stands in the subject. No action takes such a name: from wherever it came, the mail leaves
    with one line."""
    Service.objects.update(name="Propreté\r\nBcc: victime@exemple.fr")
    versions.bump("organisation")
    message, parsed = written(town.report(city, email="camille@exemple.fr"))
    assert (
        "Propreté Bcc\N{NO-BREAK SPACE}: victime@exemple.fr a reçu votre demande"
        in parsed["Subject"]
    )
    assert parsed["Bcc"] is None
    assert message.recipients() == ["camille@exemple.fr"]


@pytest.mark.parametrize(
    "email", ["camille+a=b@exemple.fr", "o'neil@exemple.fr", "a.b-c_d@sous.domaine.exemple.fr"]
)
def test_a_mail_goes_to_the_one_address_that_was_left(city, email):
    made = town.report(city, email=email)
    message, parsed = written(made)
    assert message.recipients() == [email]
    assert [one.addr_spec for one in parsed["To"].addresses] == [email]


def test_a_mail_names_no_agent_and_no_contact(city):
    made = closed(city, name="Zoé Secrète", phone="0698765432")
    parsed = written(made)[1]
    whole = parsed.as_string() + "".join(part.get_content() for part in parsed.iter_parts())
    for private in ("Camille Coordinator", "coordinator@", "Zoé", "98765432", "agent:"):
        assert private not in whole


def test_the_links_of_a_mail_sign_nobody_in(city, client):
    """They open one report to whoever holds them, and a scanner that follows them changes
    nothing."""
    made = closed(city)
    parsed = written(made)[1]
    links = set(re.findall(r"https?://[^\s\"<>]+", parsed.get_body(("plain",)).get_content()))
    paths = ["/suivi/" + one.partition("/suivi/")[2] for one in links if made.tracking_code in one]
    assert f"/suivi/{made.tracking_code}" in paths
    before = made.seq
    for path in paths * 3:
        answer = client.get(path)
        assert answer.status_code == 200
        assert not answer.cookies
    made.refresh_from_db()
    assert made.seq == before
    assert Client().get("/agents/").status_code == 302


def test_what_a_mail_server_says_is_not_kept_with_the_report(city, monkeypatch, settings):
    """Its words name the address; what is kept is the kind of the failure."""

    class Broken:
        def __enter__(self):
            raise OSError("550 <camille@exemple.fr>: user unknown")

        def __exit__(self, *_args):
            return None

    made = town.report(city, email="camille@exemple.fr")
    hear(Entry.objects.get(stream_kind="report", stream_id=made.pk).pk)
    monkeypatch.setattr(sending, "get_connection", Broken)
    notice = Notice.objects.get()
    sending.send(notice.pk)
    notice.refresh_from_db()
    assert notice.failure == "OSError"


def test_the_mail_folder_is_closed_to_other_users_of_the_machine(city, tmp_path, settings):
    """It holds what residents wrote, and the codes of sign-ins."""
    folder = tmp_path / "mail"
    settings.MAIL = type(settings.MAIL)(folder=folder)
    made = town.report(city, email="camille@exemple.fr")
    message, _parsed = written(made)
    FolderBackend().send_messages([message])
    assert folder.stat().st_mode & 0o077 == 0
    assert len(list(folder.iterdir())) == 1
