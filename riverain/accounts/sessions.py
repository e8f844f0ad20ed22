"""Sessions in the database, as Django keeps them, in a table that also says whose they are, so that
a person sees their own and ends them. Opened by a statement that is written once: every request of
an agent opens one, and the model takes Python four times as long.

A session ends when nobody used it for SESSION_IDLE, and SESSION_COOKIE_AGE after the sign-in
however much it is used (OWASP ASVS 4.0.3, 3.3.2).
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import connection
from django.http import HttpRequest

from riverain.accounts import browsers
from riverain.accounts.models import Session
from riverain.core import clock

# A session in use is written down as such once in this time, not at each request.
STEP: Final = timedelta(minutes=1)

_BEGAN: Final = "began"
_BROWSER: Final = "browser"
_SYSTEM: Final = "system"
_OPEN: Final = (
    "SELECT session_data, began_at, seen_at FROM accounts_session"
    " WHERE session_key = %s AND expire_date > %s"
)
_USED: Final = (
    "UPDATE accounts_session SET seen_at = %s, expire_date = %s"
    " WHERE session_key = %s AND seen_at < %s"
)


def ends(began_at: datetime, seen_at: datetime) -> datetime:
    """When a session ends that nobody uses any more."""
    idle = timedelta(seconds=settings.SESSION_IDLE)
    life = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return min(began_at + life, seen_at + idle)


def signed_in(request: HttpRequest, **_named: Any) -> None:
    """Receives Django's signal of the same name: the session counts from now, and knows with what
    it was begun."""
    user_agent = request.headers.get("User-Agent", "")
    request.session[_BEGAN] = clock.now().timestamp()
    request.session[_BROWSER] = browsers.family(user_agent)
    request.session[_SYSTEM] = browsers.system(user_agent)


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing where it has ended, and a new one begins then."""
        now = clock.now()
        with connection.cursor() as cursor:
            cursor.execute(_OPEN, [self.session_key, now])
            found = cursor.fetchone()
            if found is None:
                self._session_key = None
                return {}
            session_data, began_at, seen_at = found
            if now - seen_at >= STEP:
                cursor.execute(_USED, [now, ends(began_at, now), self.session_key, now])
        held: dict[str, Any] = self.decode(session_data)
        return held

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of what the session holds. One that nobody is signed in with counts anew each
        time that it is written: all that it holds is a code, which ends by itself."""
        row = cast("Session", super().create_model_instance(data))
        row.seen_at = clock.now()
        row.began_at = datetime.fromtimestamp(data[_BEGAN], UTC) if _BEGAN in data else row.seen_at
        row.expire_date = ends(row.began_at, row.seen_at)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.browser, row.system = data.get(_BROWSER, ""), data.get(_SYSTEM, "")
        return row
