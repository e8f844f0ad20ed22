"""The log is proved while it is written: reports come, speak and are erased, heads are sealed."""

from threading import Event, Thread

import pytest
from django.db import connections

from riverain.audit import sealing, verification
from riverain.audit.actions import erase
from riverain.audit.chain import Stream
from riverain.audit.models import PersonalValue
from tests.audit.log import write

STREAMS = 24


def writing(number: int, over: Event) -> Thread:
    """Someone who speaks in their own streams and has them erased, over and over."""

    def on_and_on() -> None:
        while not over.is_set():
            for identifier in range(number, STREAMS, 2):
                write(2, Stream("report", identifier))
                erase(stream=Stream("report", identifier), acting="agent:1", reason="asked")
                write(1, Stream("report", identifier))
        connections.close_all()

    return Thread(target=on_and_on)


# Pages of a few entries: what is read in two parts has many moments at which to be wrong.
@pytest.mark.parametrize("size", [8, 2_000])
def test_erasures_and_steps_meanwhile_are_no_fault(committed_db, seals, monkeypatch, size):
    monkeypatch.setattr(verification, "_BATCH", size)
    for identifier in range(STREAMS):
        write(3, Stream("report", identifier))
    over = Event()
    writers = [writing(number, over) for number in range(2)]
    for writer in writers:
        writer.start()
    try:
        verdicts = []
        for _ in range(12):
            sealing.seal()
            verdicts.append(verification.verify())
    finally:
        over.set()
        for writer in writers:
            writer.join()
    assert [fault for verdict in verdicts for fault in verdict.faults] == []
    assert verdicts[-1].entries > verdicts[0].entries
    assert PersonalValue.objects.count() == verification.verify().values
