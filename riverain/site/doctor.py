"""What `riverain doctor` looks at. Each check answers with sentences for a person."""

import os
import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.http.request import validate_host

from riverain.audit.models import APPEND_ONLY
from riverain.config import env
from riverain.core import jobs
from riverain.site.database import first_line, pending_migrations, wrong_rights

_OLDEST_POSTGRESQL = 15
_MAIL_SECONDS = 10
# Read by some commands only: the demo, the browser tests.
_OF_COMMANDS = {"RIVERAIN_DEMO_PASSWORD", "RIVERAIN_CHROMIUM"}


@dataclass(frozen=True)
class Finding:
    about: str
    well: bool
    sentence: str


def examine() -> list[Finding]:
    """Every finding. A check that needs the database is left out when it cannot be reached."""
    found = [*_settings(), *_folders(), *_mail()]
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _database,
        _migrations,
        _roles,
        background_work,
    )
    try:
        for check in checks:
            found.extend(check())
    except DatabaseError as error:
        found.append(
            Finding("database", well=False, sentence=f"It cannot be used: {first_line(error)}.")
        )
    return found


def _settings() -> Iterator[Finding]:
    unknown = sorted(_misspelt())
    yield Finding(
        "settings",
        not unknown,
        f"No setting is called {', '.join(unknown)}: compare with docs/settings.md."
        if unknown
        else "All settings can be read.",
    )
    yield Finding(
        "settings",
        well=settings.HTTPS or "127.0.0.1" in settings.PUBLIC_URL,
        sentence=f"Visitors are told {settings.PUBLIC_URL}"
        + ("." if settings.HTTPS else ", which is not HTTPS: good for a trial on one machine."),
    )
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if not validate_host(host, settings.ALLOWED_HOSTS):
        yield Finding(
            "settings",
            well=False,
            sentence=f"RIVERAIN_ALLOWED_HOSTS does not hold {host}, the host of"
            " RIVERAIN_PUBLIC_URL: its visitors are refused. Add it.",
        )
    if settings.MAIL.folder is None and settings.DEFAULT_FROM_EMAIL == settings.DEMO_SENDER:
        yield Finding(
            "settings",
            well=False,
            sentence=f"Mails are sent as {settings.DEMO_SENDER}, which no server accepts: set"
            " RIVERAIN_MAIL_FROM.",
        )
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        yield Finding(
            "settings",
            well=False,
            sentence="RIVERAIN_TRUSTED_PROXIES is empty: all visitors who come through the proxy"
            " that speaks HTTPS are one client for the limits. Name it.",
        )


def _misspelt() -> Iterator[str]:
    """What looks like a setting of ours, and was never asked for."""
    for name in os.environ:
        if name.startswith("RIVERAIN_") and not name.startswith("RIVERAIN_TEST_"):
            known = {name, name.removesuffix("_FILE")} & (env.asked | _OF_COMMANDS)
            if not known:
                yield name


def _folders() -> Iterator[Finding]:
    folders = {settings.HOME, settings.FILES_ROOT, settings.SEALS_ROOT, settings.STATIC_ROOT}
    if settings.MAIL.folder is not None:
        folders.add(settings.MAIL.folder)
    for folder in sorted(folders):
        standing = _nearest(folder)
        writable = standing.is_dir() and os.access(standing, os.W_OK | os.X_OK)
        yield Finding(
            "folders", writable, f"{folder} {'can' if writable else 'cannot'} be written."
        )


def _nearest(folder: Path) -> Path:
    """The folder, or the closest one above it that stands: the rest is made when needed."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _mail() -> Iterator[Finding]:
    mail = settings.MAIL
    if mail.folder is not None:
        yield Finding("mail", well=True, sentence=f"Mail is not sent: it goes to {mail.folder}.")
        return
    server = smtplib.SMTP_SSL if mail.tls else smtplib.SMTP
    where = f"{mail.host}:{mail.port}"
    try:
        with server(mail.host, mail.port, timeout=_MAIL_SECONDS) as session:
            session.ehlo()
            if mail.starttls:
                session.starttls()
            if mail.user:
                session.login(mail.user, mail.password)
    except (OSError, smtplib.SMTPException) as error:
        yield Finding(
            "mail", well=False, sentence=f"The mail server {where} fails: {first_line(error)}."
        )
        return
    yield Finding("mail", well=True, sentence=f"The mail server {where} answers.")


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        version = cursor.fetchone()[0]
        cursor.execute("SELECT current_setting('server_encoding')")
        encoding = cursor.fetchone()[0]
    yield Finding(
        "database",
        version >= _OLDEST_POSTGRESQL,
        f"PostgreSQL {version} answers."
        if version >= _OLDEST_POSTGRESQL
        else f"PostgreSQL {version} is too old: version {_OLDEST_POSTGRESQL} or later is needed.",
    )
    if encoding != "UTF8":
        yield Finding(
            "database", well=False, sentence=f"Its encoding is {encoding}: make it with UTF8."
        )


def _roles() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [APPEND_ONLY[0]])
        if cursor.fetchone()[0] is None:  # the migrations say it
            return
        cursor.execute(
            "SELECT rolname, rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user"
        )
        name, powerful = cursor.fetchone()
    tables = wrong_rights()
    if powerful:
        yield Finding(
            "roles",
            well=False,
            sentence=f"The application signs in as {name}, a superuser: give it a role of its own.",
        )
        return
    yield Finding(
        "roles",
        not tables,
        f"The role {name} has the wrong rights on {', '.join(tables)}: run riverain migrate, with "
        "an owner of its own in DATABASE_OWNER_URL."
        if tables
        else f"The role {name} may read and add to the log, and no more.",
    )


def _migrations() -> Iterator[Finding]:
    pending = pending_migrations()
    yield Finding(
        "migrations",
        not pending,
        f"{len(pending)} migrations wait ({pending[0]} first): run riverain migrate."
        if pending
        else "The database is at this version.",
    )


def background_work() -> Iterator[Finding]:
    """Jobs whose worker has gone, and jobs that are due and that no worker takes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.procrastinate_jobs')")
        if cursor.fetchone()[0] is None:  # the migrations say it
            return
    left, late, workers = jobs.left(), jobs.late(), jobs.workers()
    troubles = [
        sentence
        for count, sentence in (
            (left, f"{left} jobs were left by a worker that has gone."),
            (late, f"{late} jobs are over five minutes late."),
        )
        if count
    ]
    advice = [] if workers else ["No worker runs: start riverain worker."]
    yield Finding(
        "jobs",
        not troubles and bool(workers),
        " ".join([*troubles, *advice]) or f"{workers} workers run and no job is late.",
    )
