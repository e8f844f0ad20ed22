"""How the log names a person who acts: by number, never by name."""

from typing import Final

_AGENT: Final = "agent:"


def label(user_id: int) -> str:
    """`agent:12`."""
    return f"{_AGENT}{user_id}"


def user_id(acting: str) -> int:
    """Whom a label names; 0 for the reporter, a part of the system, and what is no label."""
    number = acting.removeprefix(_AGENT)
    return int(number) if acting.startswith(_AGENT) and number.isdecimal() else 0
