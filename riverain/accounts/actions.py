"""Writes to accounts: the only way in.

Who may call these is decided above: `organisation.memberships` for people of a place, the
command line, the person themselves. The log keeps e-mail and name as personal values only.
"""

from collections.abc import Callable, Iterable

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from riverain.accounts import queries
from riverain.accounts.models import NAME_LENGTH, Session, User
from riverain.accounts.rules import normal_email
from riverain.audit import chain
from riverain.audit.actions import record
from riverain.audit.chain import Stream
from riverain.core.refusals import Conflict, Invalid, NotFound


def create_person(*, acting: str, email: str, name: str, password: str | None = None) -> User:
    """Opens an account. Without a password the person signs in by e-mail code.

    Raises Invalid (e-mail, name, password too weak) and Conflict when the address has an account.
    """
    user = User(email=normal_email(email), name=_normal_name(name))
    _use_password(user, password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            record(
                stream=stream_of(user),
                kind="person.created",
                acting=acting,
                payload={"language": user.language, "password": password is not None},
                personal={"email": user.email, "name": user.name},
                head=chain.NEW,
            )
    except IntegrityError as error:
        if not User.objects.filter(email=user.email).exists():
            raise
        raise Conflict(
            _("Cette adresse e-mail a déjà un compte."), field="email", code="email-taken"
        ) from error
    return user


def set_password(*, acting: str, user: User, password: str) -> None:
    """Replaces the password and ends every session of the person.

    Raises Invalid when the password is too weak, NotFound when the account is gone or closed.
    """
    with transaction.atomic():
        locked = _locked(user)
        if not locked.is_active:
            raise NotFound(_("Ce compte est fermé."), code="person-closed")
        _use_password(locked, password)
        locked.save(update_fields=["password"])
        record(stream=stream_of(locked), kind="person.password-set", acting=acting, payload={})
    user.password = locked.password


def share_password(*, acting: str, users: Iterable[User], password: str) -> None:
    """Gives several accounts one password, for a demonstration: hashed once, since hashing takes
    half a second on purpose. Ends every session of theirs.

    Raises Invalid when the password is too weak for one of them; none is changed then.
    """
    encoded = make_password(password)
    with transaction.atomic():
        rows = User.objects.select_for_update().filter(pk__in=[user.pk for user in users])
        for user in rows.order_by("pk"):
            _check_password(user, password)
            user.password = encoded
            user.save(update_fields=["password"])
            record(stream=stream_of(user), kind="person.password-set", acting=acting, payload={})


def deactivate(*, acting: str, user: User) -> None:
    """Closes the account: nobody signs in with it, and every session of it ends.

    The password is thrown away too, so that reopening the account revives neither an old session
    nor an old password. Closing a closed account changes nothing. Memberships are ended by
    `organisation.actions.dismiss`, which calls this.
    """
    with transaction.atomic():
        locked = _locked(user)
        if not locked.is_active:
            return
        locked.is_active = False
        locked.set_unusable_password()
        locked.save(update_fields=["is_active", "password"])
        record(stream=stream_of(locked), kind="person.deactivated", acting=acting, payload={})
    user.is_active = False
    user.password = locked.password


def end_session(*, acting: str, user: User, handle: str) -> bool:
    """Signs a person out of the browser that `handle` names (`queries.SignedIn`), from its next
    request on. Says whether one was; one that has ended, or is someone else's, changes nothing."""
    return bool(_end(acting, user, lambda row: queries.handle_of(row) == handle))


def end_other_sessions(*, acting: str, user: User, here: str) -> int:
    """Signs a person out everywhere but in the session of the key `here`. Says how many ended."""
    return _end(acting, user, lambda row: row.session_key != here)


def _end(acting: str, user: User, is_meant: Callable[[Session], bool]) -> int:
    with transaction.atomic():
        locked = _locked(user)
        keys = [row.session_key for row in queries.open_rows(locked) if is_meant(row)]
        if keys:
            Session.objects.filter(session_key__in=keys).delete()
            record(
                stream=stream_of(locked),
                kind="person.sessions-ended",
                acting=acting,
                payload={"sessions": len(keys)},
            )
    return len(keys)


def stream_of(user: User) -> Stream:
    """Where the log keeps what is done to a person's account and rights."""
    return Stream("person", user.pk)


def _locked(user: User) -> User:
    try:
        return User.objects.select_for_update().get(pk=user.pk)
    except User.DoesNotExist as error:
        raise NotFound(_("Ce compte n’existe pas."), code="person") from error


def _normal_name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        raise Invalid(
            _("Donnez un nom de 1 à %(most)s caractères.") % {"most": NAME_LENGTH},
            field="name",
            code="name",
        )
    return name


def _use_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    _check_password(user, password)
    user.set_password(password)


def _check_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password", code="password") from error
