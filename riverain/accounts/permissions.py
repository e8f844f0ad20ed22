"""What may be done, by name. Roles are sets of these (`organisation`), never code."""

from enum import StrEnum


class Permission(StrEnum):
    READ_REPORTS = "reports:read"
    READ_CONTACTS = "reports:read-contacts"
    READ_TEXTS = "reports:read-texts"
    ENTER_REPORTS = "reports:enter"
    TAKE = "reports:take"
    HAND_OVER = "reports:hand-over"
    HOLD = "reports:hold"
    TRANSFER = "reports:transfer"
    DECLARE_DONE = "reports:declare-done"
    CLOSE = "reports:close"
    REOPEN = "reports:reopen"
    PROPOSE_REJECTION = "reports:propose-rejection"
    REJECT = "reports:reject"
    PRIORITISE = "reports:prioritise"
    CORRECT = "reports:correct"  # type, place, words: what was reported, put right
    NOTE = "reports:note"
    WRITE_TO_REPORTER = "reports:write-to-reporter"
    ERASE = "reports:erase"
    EXPORT = "reports:export"
    READ_FIGURES = "figures:read"
    MANAGE_CATALOGUE = "catalogue:manage"
    MANAGE_PEOPLE = "people:manage"
    MANAGE_TERRITORY = "territory:manage"
    READ_TRAIL = "trail:read"
