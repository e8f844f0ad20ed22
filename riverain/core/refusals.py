"""Typed refusals: what an action says when it does not do what was asked.

A refusal is a sentence for a person (what happened, what to do) and the HTTP status that a
surface answers with. It never means a fault of ours: those are ordinary exceptions.
"""

from typing import Any, ClassVar


class Refused(Exception):  # noqa: N818 - a refusal is no fault of ours, and the word says so
    """Base of all refusals. `field` names the input at fault, `code` is stable for programs."""

    status: ClassVar[int] = 422

    def __init__(self, message: Any, *, field: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code or type(self).__name__.lower()

    def __str__(self) -> str:
        return str(self.message)


class Invalid(Refused):
    """The input cannot be used as it is."""

    status = 422


class NotFound(Refused):
    """Nothing there, or nothing that this person may know of."""

    status = 404


class Forbidden(Refused):
    """Known, but not for this person."""

    status = 403


class Conflict(Refused):
    """Someone else changed it first, or the same key came with another content."""

    status = 409


class TooMany(Refused):
    """A limit is reached. `retry_after` is in seconds."""

    status = 429

    def __init__(self, message: Any, *, retry_after: int, code: str = "") -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after
