"""How the log names who acts: a person by number, never by name."""

from typing import Final

# The operator at the command line of the machine, who can reach the database anyway.
SYSTEM: Final = "system:cli"
_AGENT: Final = "agent:"


def label(user_id: int) -> str:
    """`agent:12`."""
    return f"{_AGENT}{user_id}"


def user_id(acting: str) -> int:
    """Whom a label names; 0 for the reporter, a part of the system, and what is no label."""
    number = acting.removeprefix(_AGENT)
    return int(number) if acting.startswith(_AGENT) and number.isdecimal() else 0
