"""The catalogue as one readable file, in and out (`docs/catalogue.md`)."""

from typing import BinaryIO

from riverain.catalogue import actions, queries, reading, writing
from riverain.catalogue.document import MAX_BYTES
from riverain.catalogue.outcome import ImportReport


def load(*, acting: str, collectivity_id: int, stream: BinaryIO) -> ImportReport:
    """Makes the collectivity's catalogue what the file says (`actions.apply`).

    Raises InvalidFile, whose `problems` are all that is wrong with line and path; nothing is then
    written.
    """
    # one byte more than a file may have: enough to refuse it without taking it all in
    read = reading.read(stream.read(MAX_BYTES + 1))
    return actions.apply(acting=acting, collectivity_id=collectivity_id, read=read)


def dump(*, collectivity_id: int) -> str:
    """The collectivity's catalogue as a file; loading it again changes nothing."""
    return writing.write(queries.spec(collectivity_id))
