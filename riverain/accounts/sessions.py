"""Sessions in the database, as Django keeps them, opened by a statement that is written once:
every request of an agent opens one, and the model takes Python four times as long.
"""

from typing import Any, Final

from django.contrib.sessions.backends import db
from django.db import connection

_OPEN: Final = (
    "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()"
)


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        """What the session holds; nothing where it has ended, and a new one begins then."""
        with connection.cursor() as cursor:
            cursor.execute(_OPEN, [self.session_key])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found[0])
        return held
