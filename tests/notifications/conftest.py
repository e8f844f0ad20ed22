"""A real SMTP server on this machine, and the settings that lead to it."""

import asyncio
import email
import email.policy
import socket
import ssl
from collections import deque
from dataclasses import dataclass, field

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from riverain.config import env
from tests.notifications import certificate


@dataclass
class Received:
    """A mail as it came: its envelope, its bytes, whether under TLS and as whom."""

    sender: str
    to: list[str]
    content: bytes
    encrypted: bool
    user: str

    @property
    def message(self):
        return email.message_from_bytes(self.content, policy=email.policy.default)


@dataclass
class Office:
    """The server. What it answers next, and how many seconds late, is set by the test; with
    nothing set it takes everything."""

    port: int
    received: list[Received] = field(default_factory=list)
    at_mail: deque[str] = field(default_factory=deque)
    at_rcpt: deque[str] = field(default_factory=deque)
    at_data: deque[str] = field(default_factory=deque)
    late: deque[float] = field(default_factory=deque)
    controller: Controller | None = None

    def open(self, **options) -> None:
        self.controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            server_hostname="post.example",
            ready_timeout=20,
            **options,
        )
        self.controller.start()

    def close(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.at_mail:
            return self.at_mail.popleft()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.at_rcpt:
            return self.at_rcpt.popleft()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.at_data:
            return self.at_data.popleft()
        self.received.append(
            Received(
                sender=envelope.mail_from,
                to=list(envelope.rcpt_tos),
                content=envelope.content,
                encrypted=session.ssl is not None or bool(self.controller.ssl_context),
                user=session.auth_data.login.decode() if session.authenticated else "",
            )
        )
        await asyncio.sleep(self.late.popleft() if self.late else 0)
        return "250 taken"


@pytest.fixture
def office():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Office(port)
    yield made
    made.close()


@pytest.fixture
def mail_goes_to(settings, monkeypatch, tmp_path):
    """Sets what RIVERAIN_MAIL sets, from the same text."""

    def point(url: str) -> None:
        monkeypatch.setenv("RIVERAIN_MAIL", url)
        mail = env.mail("RIVERAIN_MAIL", tmp_path / "mail")
        settings.MAIL = mail
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = mail.host, mail.port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = mail.user, mail.password
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = mail.starttls, mail.tls

    return point


@pytest.fixture
def post(office, mail_goes_to):
    """The server, open, and the settings that lead to it."""
    office.open()
    mail_goes_to(f"smtp://127.0.0.1:{office.port}")
    return office


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    """The paths of a certificate for `localhost` and of its key."""
    return certificate.make(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def server_tls(keys):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*keys)
    return context


@pytest.fixture
def trusted(keys, monkeypatch):
    """This machine trusts the certificate, as an administrator would make it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(keys[0]))


def only_camille(server, session, envelope, mechanism, auth_data):
    """The server's accounts: one."""
    known = auth_data.login == b"camille" and auth_data.password == b"p@ss: word"
    return AuthResult(success=known, handled=False, auth_data=auth_data)


@pytest.fixture
def mails(settings, tmp_path):
    """The mail folder, read: subject, body and all, by file name."""
    settings.EMAIL_BACKEND = "riverain.notifications.folder.FolderBackend"
    settings.MAIL = type(settings.MAIL)(folder=tmp_path / "mail")

    def read():
        return [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted((tmp_path / "mail").glob("*.eml"))
        ]

    return read
