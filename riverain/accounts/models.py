"""The account of a person."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from riverain.accounts import labels
from riverain.core import clock

NAME_LENGTH = 120


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

    objects = BaseUserManager["User"]()

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
