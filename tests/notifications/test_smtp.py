"""Mail through a real SMTP server: what arrives, and what becomes of it when the server does not
take it."""

import os
import subprocess
import sys
from datetime import UTC, timedelta
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

import pytest

from riverain.audit.models import Entry
from riverain.catalogue.facts import Outcome
from riverain.core import clock
from riverain.core.typography import french
from riverain.notifications.models import Notice, State
from riverain.reports import actions
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Status
from riverain.territory import actions as territory
from tests import town
from tests.notifications.conftest import only_camille
from tests.notifications.post import body, hear, send_due
from tests.town import report

ROOT = Path(__file__).resolve().parents[2]

ADDRESS = "12 bis, rue de l’Église, côté « pair »"
DONE = "Ramassé\u00a0! L’équipe de « Wazemmes » a tout nettoyé dès 8\u00a0h — merci à vous 🌿."


def heard(city, **said):
    made = report(city, email="camille@exemple.fr", **said)
    hear(made)
    return made


def later(minutes=1):
    """Sends what is due some minutes from now."""
    with clock.frozen(clock.now() + timedelta(minutes=minutes, seconds=1)):
        send_due()


def closed(city, made):
    actions.move(
        acting=city.member("coordinator"),
        report_id=made.pk,
        to=Status.DONE,
        given=Given(outcome=Outcome.DONE, text=DONE),
    )
    hear(made)


@pytest.mark.row("S0-08", "L-03")
def test_receipt_arrives_with_its_headers(city, post, settings):
    made = heard(city, address=ADDRESS)
    send_due()
    (one,) = post.received
    message = one.message
    assert (one.sender, one.to) == (settings.DEFAULT_FROM_EMAIL, ["camille@exemple.fr"])
    assert parseaddr(message["From"]) == ("Ville de Lille", settings.DEFAULT_FROM_EMAIL)
    assert message["To"] == "camille@exemple.fr"
    subject = message["Subject"].strip()
    assert subject.startswith("Le service Propreté publique a reçu votre demande et s’engage à")
    assert subject.endswith(f"({made.number})")
    assert message["Message-ID"].startswith(f"<reporter-{made.pk}-")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "fr"
    assert message["List-Unsubscribe"].endswith(f"/suivi/{made.tracking_code}/mails/fin>")
    sent_at = parsedate_to_datetime(message["Date"]).replace(tzinfo=UTC)
    assert abs(sent_at - clock.now()) < timedelta(minutes=1)
    assert Notice.objects.get().state == State.SENT


def test_mail_is_seven_bits_whose_french_comes_out_whole(city, post):
    made = heard(city, address=ADDRESS)
    closed(city, made)
    send_due()
    receipt, ending = sorted(post.received, key=lambda one: "a reçu" not in one.message["Subject"])
    for one in (receipt, ending):
        one.content.decode("ascii")
        assert max(map(len, one.content.splitlines())) <= 78
        assert one.message.get_content_type() == "multipart/alternative"
        assert [
            (part.get_content_type(), part.get_content_charset(), part["Content-Transfer-Encoding"])
            for part in one.message.iter_parts()
        ] == [
            ("text/plain", "utf-8", "quoted-printable"),
            ("text/html", "utf-8", "quoted-printable"),
        ]
    for kind in ("plain", "html"):
        assert ADDRESS in body(receipt.message, kind)
        assert french(DONE) in body(ending.message, kind)
    assert DONE not in receipt.content.decode()


def test_town_with_a_quoted_name_signs_its_mail(city, post, settings):
    territory.update_collectivity(
        acting="system:cli", collectivity=city.lille, name='Ville "Lille", la vôtre'
    )
    heard(city)
    send_due()
    (one,) = post.received
    assert parseaddr(one.message["From"]) == (
        'Ville "Lille", la vôtre',
        settings.DEFAULT_FROM_EMAIL,
    )


@pytest.mark.parametrize("step", ["at_rcpt", "at_data"])
def test_mail_that_is_put_off_comes_later_once(city, post, step):
    getattr(post, step).extend(["450 4.2.0 Greylisted, come back later"])
    made = heard(city)
    send_due()
    notice = Notice.objects.get()
    assert (notice.state, notice.attempts, post.received) == (State.PENDING, 1, [])
    assert notice.failure.endswith(" 450")
    send_due()
    assert post.received == []
    later()
    later()
    (one,) = post.received
    assert made.tracking_code in body(one.message)
    notice.refresh_from_db()
    assert (notice.state, notice.failure) == (State.SENT, "")


@pytest.mark.parametrize(
    ("step", "kind"), [("at_rcpt", "SMTPRecipientsRefused"), ("at_data", "SMTPDataError")]
)
def test_mail_refused_for_good_is_shown_to_agents_at_once(city, post, step, kind):
    getattr(post, step).extend(["550 5.1.1 No such mailbox: camille@exemple.fr"])
    made = heard(city)
    send_due()
    notice = Notice.objects.get()
    assert (notice.state, notice.attempts, notice.failure) == (State.FAILED, 1, f"{kind} 550")
    made.refresh_from_db()
    assert made.undelivered
    last = Entry.objects.filter(stream_kind="report", stream_id=made.pk).latest("seq")
    assert (last.kind, last.payload["reason"]) == ("report.undelivered", f"{kind} 550")


@pytest.mark.parametrize(
    ("step", "reply"),
    [
        ("at_mail", "550 5.7.1 Sender not allowed"),
        # Postfix waits for the recipient to say so (smtpd_delay_reject).
        ("at_rcpt", "554 5.7.1 <camille@exemple.fr>: Relay access denied"),
        ("at_rcpt", "530 5.7.0 Authentication required"),
        ("at_rcpt", "550 5.1.8 <ville@exemple.fr>: Sender address rejected: Domain not found"),
        ("at_data", "550 5.7.26 Unauthenticated mail is not accepted: no SPF"),
    ],
)
def test_refusal_of_ourselves_gives_up_no_mail(city, post, step, reply):
    getattr(post, step).extend([reply])
    made = heard(city)
    send_due()
    assert Notice.objects.get().state == State.PENDING
    later()
    assert [one.to for one in post.received] == [["camille@exemple.fr"]]
    made.refresh_from_db()
    assert not made.undelivered


def test_mail_waits_for_a_server_that_is_down(city, post):
    post.close()
    heard(city)
    send_due()
    notice = Notice.objects.get()
    assert (notice.state, notice.failure) == (State.PENDING, "ConnectionRefusedError")
    post.open()
    later()
    assert len(post.received) == 1


def test_slow_server_is_left_and_asked_again_for_the_same_mail(city, post, settings):
    settings.EMAIL_TIMEOUT = 0.5
    post.late.append(3)
    heard(city)
    send_due()
    notice = Notice.objects.get()
    assert (notice.state, notice.attempts) == (State.PENDING, 1)
    settings.EMAIL_TIMEOUT = 20
    later()
    first, second = post.received  # it had taken the first, and could not say so in time
    assert first.message["Message-ID"] == second.message["Message-ID"]
    notice.refresh_from_db()
    assert notice.state == State.SENT


def test_signs_in_under_starttls(city, office, mail_goes_to, server_tls, trusted):
    office.open(
        tls_context=server_tls,
        require_starttls=True,
        auth_required=True,
        authenticator=only_camille,
    )
    mail_goes_to(f"smtp+starttls://camille:p%40ss%3A%20word@localhost:{office.port}")
    heard(city)
    send_due()
    (one,) = office.received
    assert (one.encrypted, one.user) == (True, "camille")


def test_wrong_password_gives_up_no_mail(city, office, mail_goes_to, server_tls, trusted):
    office.open(
        tls_context=server_tls,
        require_starttls=True,
        auth_required=True,
        authenticator=only_camille,
    )
    mail_goes_to(f"smtp+starttls://camille:wrong@localhost:{office.port}")
    heard(city)
    send_due()
    notice = Notice.objects.get()
    assert (notice.state, notice.failure) == (State.PENDING, "SMTPAuthenticationError 535")


def test_sends_under_tls_from_the_first_byte(city, office, mail_goes_to, server_tls, trusted):
    office.open(ssl_context=server_tls)
    mail_goes_to(f"smtps://localhost:{office.port}")
    heard(city)
    send_due()
    (one,) = office.received
    assert one.encrypted


def test_nothing_is_told_to_a_server_whose_certificate_nobody_trusts(
    city, office, mail_goes_to, server_tls
):
    office.open(tls_context=server_tls)
    mail_goes_to(f"smtp+starttls://localhost:{office.port}")
    heard(city)
    send_due()
    assert office.received == []
    assert Notice.objects.get().failure == "SSLCertVerificationError"


def test_nothing_is_told_in_clear_where_starttls_was_asked(city, office, mail_goes_to):
    office.open()
    mail_goes_to(f"smtp+starttls://localhost:{office.port}")
    heard(city)
    send_due()
    assert office.received == []
    assert Notice.objects.get().failure == "SMTPNotSupportedError"


def test_setting_alone_leads_a_process_to_the_server(committed_db, office):
    office.open()
    made = heard(town.build())
    command = (
        "import django; django.setup()\n"
        "from riverain.notifications.tasks import send_due; send_due(timestamp=0)"
    )
    subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env={**os.environ, "RIVERAIN_MAIL": f"smtp://127.0.0.1:{office.port}"},
        check=True,
        timeout=60,
    )
    (one,) = office.received
    assert made.tracking_code in body(one.message)
    assert Notice.objects.get().state == State.SENT
