"""The end of a picture: removed, never confirmed, or without a row."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile

from riverain.core import clock
from riverain.core.refusals import Conflict, NotFound
from riverain.files import actions, tasks
from riverain.files.actions import Swept, confirm, remove, sweep
from riverain.files.models import State, StoredFile
from riverain.files.storage import pictures
from tests.files.kept import files_of, on_disk, read, report_that_fails, stored

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=25)

pytestmark = pytest.mark.usefixtures("db", "folder")


class TestRemoving:
    def test_removed_picture_leaves_nothing(self, folder, django_capture_on_commit_callbacks):
        file, other = stored(), stored()
        confirm([file.id, other.id])
        with django_capture_on_commit_callbacks(execute=True):
            remove([file.id])
        assert list(StoredFile.objects.all()) == [other]
        assert on_disk(folder) == files_of(other)

    def test_removed_row_describes_nothing_until_it_goes(self):
        file = stored()
        confirm([file.id])
        remove([file.id])
        file.refresh_from_db()
        assert (file.state, file.sha256, file.stored_by) == (State.REMOVED, "", "")
        assert (file.width, file.height, file.bytes) == (0, 0, 0)
        with pytest.raises(NotFound):
            read(file)

    def test_rolled_back_removal_keeps_the_files(self, folder, django_capture_on_commit_callbacks):
        file = stored()
        confirm([file.id])
        with django_capture_on_commit_callbacks(execute=True), report_that_fails():
            remove([file.id])
        file.refresh_from_db()
        assert read(file)

    def test_removal_can_be_played_again(self, django_capture_on_commit_callbacks):
        file = stored()
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                remove([file.id, uuid.uuid4()])
        assert not StoredFile.objects.exists()

    def test_removal_cut_short_is_ended_by_the_sweep(self, folder):
        file = stored()
        confirm([file.id])
        remove([file.id])  # the process stops before the transaction's callbacks
        assert on_disk(folder) == files_of(file)
        assert sweep() == Swept(unconfirmed=0, removed=1, orphans=0)
        assert on_disk(folder) == set()
        assert not StoredFile.objects.exists()

    def test_files_that_resist_keep_their_row_and_hold_up_no_other(
        self, monkeypatch, folder, caplog
    ):
        """Without its row, nothing would know of a file any more."""
        resisting, other = stored(), stored()
        remove([resisting.id, other.id])
        delete = type(pictures()).delete

        def refuse(self, name):
            if resisting.key in name:
                raise PermissionError(13, "Permission denied")
            delete(self, name)

        monkeypatch.setattr(type(pictures()), "delete", refuse)
        assert sweep().removed == 1
        assert "could not be deleted" in caplog.text
        monkeypatch.undo()
        assert StoredFile.objects.get().id == resisting.id
        assert sweep().removed == 1
        assert on_disk(folder) == set()


class TestSweep:
    def test_only_what_was_never_confirmed_for_a_day_goes(self, folder):
        with clock.frozen(NOW):
            old, kept = stored(), stored()
            confirm([kept.id])
        with clock.frozen(LATER - timedelta(hours=23)):
            recent = stored()
        with clock.frozen(LATER):
            assert sweep() == Swept(unconfirmed=1, removed=1, orphans=0)
        assert set(StoredFile.objects.values_list("id", flat=True)) == {kept.id, recent.id}
        assert on_disk(folder) == files_of(kept) | files_of(recent)
        assert not StoredFile.objects.filter(id=old.id).exists()

    def test_swept_picture_can_no_longer_be_confirmed(self):
        with clock.frozen(NOW):
            file = stored()
        with clock.frozen(LATER):
            sweep()
        with pytest.raises(Conflict):
            confirm([file.id])

    def test_file_without_row_goes_once_it_is_old(self, folder):
        file = stored()
        StoredFile.objects.all().delete()
        pictures().save("zz/zzz.full.jpg.part", ContentFile(b"half"))
        assert sweep() == Swept(0, 0, 0)
        assert len(on_disk(folder)) == 3
        with clock.frozen(clock.now() + timedelta(hours=25)):
            assert sweep() == Swept(unconfirmed=0, removed=0, orphans=3)
        assert on_disk(folder) == set()
        assert file.key

    def test_every_folder_is_looked_at_once_a_day(self, folder):
        for number in range(40):
            pictures().save(f"{number:02d}/{number:02d}x.full.jpg", ContentFile(b"x"))
        with clock.frozen(clock.now() + timedelta(hours=25)):
            shares = [sweep(share=(hour, tasks.PARTS)).orphans for hour in range(tasks.PARTS)]
        assert sum(shares) == 40
        assert max(shares) < 40
        assert on_disk(folder) == set()

    def test_sweep_goes_in_batches(self, monkeypatch):
        monkeypatch.setattr(actions, "BATCH", 2)
        with clock.frozen(NOW):
            for _ in range(5):
                stored()
        with clock.frozen(LATER):
            assert sweep() == Swept(unconfirmed=5, removed=5, orphans=0)

    def test_sweep_stops_at_its_limit_and_the_next_goes_on(self, monkeypatch):
        monkeypatch.setattr(actions, "BATCH", 1)
        monkeypatch.setattr(actions, "SWEEP_LIMIT", 2)
        with clock.frozen(NOW):
            for _ in range(3):
                stored()
        with clock.frozen(LATER):
            assert sweep() == Swept(unconfirmed=2, removed=2, orphans=0)
            assert sweep() == Swept(unconfirmed=1, removed=1, orphans=0)

    def test_hourly_task_sweeps(self, folder):
        with clock.frozen(NOW):
            stored()
        with clock.frozen(LATER):
            tasks.sweep(timestamp=int(LATER.timestamp()))
        assert not StoredFile.objects.exists()

    def test_sweep_before_anything_was_stored(self):
        assert sweep() == Swept(0, 0, 0)
