"""What `riverain audit verify` says, to a person and to a program."""

import argparse
import json

from riverain.audit import sealing
from riverain.site.commands import audit
from tests.audit.log import write


def said(capsys, *, as_json=False) -> tuple[int, str]:
    code = audit.run(argparse.Namespace(json=as_json))
    return code, capsys.readouterr().out


def test_command_says_what_no_seal_vouches_for(db, seals, capsys):
    write(3)
    code, before = said(capsys)
    assert (code, "No seal was read" in before) == (0, True)
    sealing.seal()
    last = f"Last seal: {next(sealing.read())['at'][:16]}Z"
    code, then = said(capsys)
    assert (code, f"{last}. It vouches for every entry that stands." in then) == (0, True)
    write(2)
    code, after = said(capsys)
    assert (code, f"{last}. Entries not sealed yet: 2; such an end" in after) == (0, True)
    assert after.splitlines()[-1] == "The log is proved."


def test_program_reads_one_object(db, seals, capsys):
    write(3)
    code, told = said(capsys, as_json=True)
    assert (code, json.loads(told)) == (
        0,
        {
            "proved": True,
            "entries": 3,
            "streams": 1,
            "values": 3,
            "seals": 0,
            "sealed_at": "",
            "unsealed": 3,
            "faults": [],
        },
    )
