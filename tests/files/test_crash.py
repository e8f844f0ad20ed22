"""A process killed at any instant of `store_picture` leaves nothing visible that is not whole, and
nothing that a sweep does not find."""

import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from riverain.core import clock
from riverain.core.refusals import Conflict
from riverain.files.actions import Swept, confirm, store_picture, sweep
from riverain.files.models import State, StoredFile
from tests.files.made import corners, saved

ROOT = Path(__file__).resolve().parents[2]

# The child: dies, as a power cut or the kernel would make it, at the named instant.
CHILD = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
from pathlib import Path
settings.FILES_ROOT = Path(sys.argv[2])
from riverain.files import actions, storage
from riverain.files.models import StoredFile
from tests.files.made import corners, saved

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

save = storage.DurableFileSystemStorage._save
match sys.argv[1]:
    case "before the row":
        StoredFile.objects.create = die
    case "before the files":
        storage.DurableFileSystemStorage._save = die
    case "within a file":
        os.fsync = die
    case "before the name":
        Path.rename = die
    case "between the files":
        def first_only(self, name, content):
            return save(self, name, content) if "full" in name else die()
        storage.DurableFileSystemStorage._save = first_only
    case "before the answer":
        def then_die(self, name, content):
            save(self, name, content)
            if "thumb" in name:
                die()
            return name
        storage.DurableFileSystemStorage._save = then_die
actions.store_picture(acting="reporter", content=saved(corners()), name="rue.jpg")
"""


@pytest.mark.parametrize(
    ("instant", "rows", "files"),
    [
        ("before the row", 0, 0),
        ("before the files", 1, 0),
        ("within a file", 1, 1),
        ("before the name", 1, 1),
        ("between the files", 1, 1),
        ("before the answer", 1, 2),
    ],
)
def test_killed_process_leaves_only_what_a_sweep_deletes(
    committed_db, folder, instant, rows, files
):
    child = subprocess.run(
        [sys.executable, "-c", CHILD, instant, str(folder)],
        cwd=ROOT,
        check=False,
        timeout=60,
        capture_output=True,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    left = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    assert (StoredFile.objects.count(), len(left)) == (rows, files)
    assert not StoredFile.objects.filter(state=State.KEPT).exists()
    with clock.frozen(clock.now() + timedelta(hours=25)):
        sweep()
    assert StoredFile.objects.count() == 0
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_confirm_and_sweep_at_one_instant_agree(committed_db, folder):
    """Either the report has its picture whole, or it is refused: never a row without files."""
    from django.db import connections

    ids = [
        store_picture(acting="reporter", content=saved(corners()), name="a.jpg").id
        for _ in range(30)
    ]
    outcomes: dict[object, bool] = {}
    start = threading.Barrier(2)

    def confirm_all() -> None:
        start.wait()
        for identifier in ids:
            try:
                confirm([identifier])
                outcomes[identifier] = True
            except Conflict:
                outcomes[identifier] = False
        connections.close_all()

    def sweep_all() -> None:
        start.wait()
        with clock.frozen(clock.now() + timedelta(hours=25)):
            sweep()
        connections.close_all()

    threads = [threading.Thread(target=work) for work in (confirm_all, sweep_all)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = {identifier for identifier, done in outcomes.items() if done}
    assert len(outcomes) == 30
    assert set(StoredFile.objects.values_list("id", flat=True)) == kept
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2 * len(kept)


def test_two_sweeps_at_once_delete_each_picture_once(committed_db, folder):
    from django.db import connections

    for _ in range(20):
        store_picture(acting="reporter", content=saved(corners()), name="a.jpg")
    swept: list[Swept] = []

    def work() -> None:
        with clock.frozen(clock.now() + timedelta(hours=25)):
            swept.append(sweep())
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one.unconfirmed for one in swept) == 20
    assert not StoredFile.objects.exists()
    assert [path for path in folder.rglob("*") if path.is_file()] == []
