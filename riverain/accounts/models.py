"""The account of a person, and where they are signed in."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connections, models
from django.db.models.functions import Lower

from riverain.accounts import labels
from riverain.core import clock

NAME_LENGTH = 120


class Users(BaseUserManager["User"]):
    """People. One by `pk`, as Django asks for whoever has a session, is read by a statement that is
    written once a process: making it anew takes Python ten times as long as reading the answer."""

    def get(self, *args: Any, **named: Any) -> "User":
        """Raises DoesNotExist."""
        if args or set(named) != {"pk"} or not isinstance(named["pk"], int):
            return super().get(*args, **named)
        names, statement = _reading()
        with connections[self.db].cursor() as cursor:
            cursor.execute(statement, [named["pk"]])
            row = cursor.fetchone()
        if row is None:
            raise self.model.DoesNotExist
        return self.model.from_db(self.db, names, row)


@cache
def _reading() -> tuple[list[str], str]:
    """The fields of the model, and the statement that reads their columns."""
    fields = User._meta.concrete_fields  # noqa: SLF001 - Django's own, documented
    columns = ", ".join(f'"{one.column}"' for one in fields)
    return [one.attname for one in fields], f"SELECT {columns} FROM accounts_user WHERE id = %s"  # noqa: S608 - no value in it


class User(AbstractBaseUser):
    """A person who signs in. E-mails are stored in lower case, so that unique means unique.

    Sessions carry a hash of the password (Django's session auth hash): whatever changes the
    password field, even to another unusable one, ends every session of the person at once.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=NAME_LENGTH)
    language = models.CharField(
        max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_lower"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="accounts_user_named"),
        ]

    @property
    def label(self) -> str:
        """How the log names this person: never by name."""
        return labels.label(self.pk)


class Session(AbstractBaseSession):
    """A browser that someone is signed in with, or is signing in with (`user` is None then).

    The row is the session: deleted, the browser's next request is anyone's. `expire_date` is the
    end unless it is used before (`sessions.ends`). Written by `sessions` alone.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    # "Firefox", "Windows" (`browsers`): nothing else is kept of what the browser said.
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    began_at = models.DateTimeField()
    # To the minute: not each request writes it.
    seen_at = models.DateTimeField()
