"""Making the mail of a notice and sending it."""

import logging
import smtplib
from datetime import timedelta
from email import charset
from email.utils import formataddr
from typing import cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from riverain.core import clock
from riverain.notifications import content, links
from riverain.notifications.models import Notice, Recipient, State
from riverain.reports import messages
from riverain.reports.acting import System

logger = logging.getLogger(__name__)

# After 1, 2, 4 … minutes, then every four hours: the last try is three days after the first, so
# that a server that breaks on a Friday evening has lost nothing by Monday.
MOST_ATTEMPTS = 26
LONGEST_WAIT = timedelta(hours=4)
# SMTP replies from here on say that trying again is no use (RFC 5321, 4.2.1).
PERMANENT = 500
# What begins a reply about whoever sends (RFC 3463): a bad sender, a policy, a sign-in that is
# missing. Postfix says so to each recipient, by default.
_ABOUT_US = (b"5.1.7 ", b"5.1.8 ", b"5.7.")

# Bodies in seven bits: servers on the way that do not take eight change what they pass on.
_UTF8 = charset.Charset("utf-8")
_UTF8.body_encoding = charset.QP


def send(notice_id: int) -> State | None:
    """Sends a notice that is due; None when it is not, or when someone else is sending it.

    At least once: the row stays locked while the mail goes, so that a crash in between sends it
    again, under the same Message-ID. A failure is tried again later; the last one is shown to
    the agents on the report.
    """
    with transaction.atomic():
        notice = (
            Notice.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("report")
            .filter(pk=notice_id, state=State.PENDING, due_at__lte=clock.now())
            .first()
        )
        if notice is None:
            return None
        mail = content.of(notice)
        if mail is None:
            notice.state = State.VOID
        else:
            _deliver(notice, mail)
        notice.save()
        if notice.state == State.FAILED:
            messages.undelivered(
                acting=System("mail"),
                report_id=notice.report_id,
                reason=notice.failure,
                to_service=notice.recipient == Recipient.SERVICE,
            )
    return State(notice.state)


def _deliver(notice: Notice, mail: content.Mail) -> None:
    notice.attempts += 1
    try:
        message = _message(notice, mail)
        with get_connection() as connection:
            connection.send_messages([message])
    except (OSError, ValueError) as error:  # ValueError: an address that no header can carry
        notice.failure = _kind(error)
        logger.warning("notice %s: try %s failed: %s", notice.pk, notice.attempts, notice.failure)
        if _is_permanent(error) or notice.attempts >= MOST_ATTEMPTS:
            notice.state = State.FAILED
        else:
            wait = timedelta(minutes=2 ** (notice.attempts - 1))
            notice.due_at = clock.now() + min(wait, LONGEST_WAIT)
            _try_again(notice)
    else:
        notice.state, notice.sent_at, notice.failure = State.SENT, clock.now(), ""


def _try_again(notice: Notice) -> None:
    from riverain.notifications.tasks import send_notice

    send_notice.configure(schedule_at=notice.due_at).defer(notice_id=notice.pk)


def _message(notice: Notice, mail: content.Mail) -> EmailMultiAlternatives:
    with translation.override(mail.language):
        context = {"mail": mail}
        text = render_to_string("notifications/mail.txt", context)
        html = render_to_string("notifications/mail.html", context)
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=text,
        from_email=formataddr((mail.sender, settings.DEFAULT_FROM_EMAIL)),
        to=[mail.to],
        headers=_headers(notice, mail),
    )
    message.encoding = _UTF8
    message.attach_alternative(html, "text/html")
    return message


def _headers(notice: Notice, mail: content.Mail) -> dict[str, str]:
    headers = {
        "Message-ID": f"<{notice.key}@{links.host()}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    if mail.stop:
        headers["List-Unsubscribe"] = f"<{mail.stop}>"
    if mail.stop.startswith("https:"):  # RFC 8058, 3.1: over a safe connection only
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _kind(error: Exception) -> str:
    code = _code(error)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _code(error: Exception) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _text in error.recipients.values()), default=None)
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code
    return None


def _is_permanent(error: Exception) -> bool:
    """Whether the mailbox or this mail is refused for good. What the server says of ourselves
    (sign-in, sender, relaying) is for whoever set it up to mend: no mail is given up for it at
    once, whichever command it answers."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            replies = list(error.recipients.values())
        case smtplib.SMTPDataError():
            replies = [(error.smtp_code, cast("bytes", error.smtp_error))]  # as it was read
        case _:
            return isinstance(error, ValueError)
    return any(code >= PERMANENT and not text.startswith(_ABOUT_US) for code, text in replies)
