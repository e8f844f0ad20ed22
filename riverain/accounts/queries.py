"""Where a person is signed in, as they may see it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import HASH_SESSION_KEY
from django.utils.crypto import constant_time_compare, salted_hmac

from riverain.accounts.models import Session, User
from riverain.accounts.sessions import STEP, SessionStore
from riverain.core import clock


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser that someone is signed in with. `handle` names it in a page: the session's own key
    would open it. `browser` and `system` are empty where they are not known."""

    handle: str
    browser: str
    system: str
    began_at: datetime
    seen_at: datetime
    is_here: bool

    @property
    def was_used(self) -> bool:
        """Whether it was used after the minute in which it began, as far as is written down."""
        return self.seen_at - self.began_at >= STEP


def sessions_of(user: User, *, here: str) -> list[SignedIn]:
    """Every browser that the person is signed in with: this one first (`here` is its key), then the
    last used. In one query; sessions of an earlier password are none."""
    found = [
        SignedIn(
            handle=handle_of(row),
            browser=row.browser,
            system=row.system,
            began_at=row.began_at,
            seen_at=row.seen_at,
            is_here=row.session_key == here,
        )
        for row in open_rows(user)
    ]
    return sorted(found, key=lambda one: not one.is_here)


def open_rows(user: User) -> list[Session]:
    """The rows of the sessions that open something, the last used first."""
    rows = Session.objects.filter(user=user, expire_date__gt=clock.now())
    expected = user.get_session_auth_hash()
    return [
        row
        for row in rows.order_by("-seen_at", "session_key")
        if constant_time_compare(_password_of(row), expected)
    ]


def handle_of(row: Session) -> str:
    return salted_hmac("riverain.accounts.session", row.session_key, algorithm="sha256").hexdigest()


def _password_of(row: Session) -> str:
    """The digest of the password that the session was begun under."""
    return str(SessionStore().decode(row.session_data).get(HASH_SESSION_KEY, ""))
