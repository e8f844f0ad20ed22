"""The life of a picture: refused or pending, seen by its sender, then kept."""

import hashlib
import io
import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image

from riverain.core import clock
from riverain.core.refusals import Conflict, Invalid, NotFound, Refused, TooMany
from riverain.files import actions, apart, queries
from riverain.files.actions import Swept, confirm, store_picture, sweep
from riverain.files.models import State, StoredFile
from riverain.files.pictures import Reason, Unusable
from riverain.files.rules import Variant
from riverain.files.storage import pictures
from tests.files.kept import files_of, on_disk, read, report_that_fails, stored
from tests.files.made import corners, png_announcing, saved

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=25)

pytestmark = pytest.mark.usefixtures("db", "folder")


def refused(content: bytes, name: str = "rue.jpg", kind: type[Refused] = Invalid) -> Refused:
    with pytest.raises(kind) as caught:
        store_picture(acting="reporter", content=content, name=name)
    assert not StoredFile.objects.exists()
    return caught.value


class TestStoring:
    def test_row_describes_the_reencoded_content(self, folder):
        file = stored(acting="agent:12")
        confirm([file.id])
        file.refresh_from_db()
        full = read(file)
        assert (file.state, file.stored_by, file.media_type) == ("kept", "agent:12", "image/jpeg")
        assert (file.width, file.height, file.bytes) == (800, 600, len(full))
        assert file.sha256 == hashlib.sha256(full).hexdigest()
        assert b"PhoneOfSomeone" not in full
        assert Image.open(io.BytesIO(read(file, Variant.THUMB))).size == (480, 360)
        assert on_disk(folder) == files_of(file)

    def test_key_is_random_and_not_the_identifier(self):
        first, second = stored(), stored()
        assert first.key != second.key
        assert len(first.key) * 6 >= 128
        for file in (first, second):
            assert str(file.id) not in file.key
            assert file.id.hex not in file.key

    def test_file_is_read_as_it_comes(self):
        class Slow(io.BytesIO):
            """Gives a few bytes at a time, as a socket does."""

            def read(self, size=-1, /):
                return super().read(min(size, 700))

        content = saved(corners())
        file = store_picture(acting="reporter", content=Slow(content), name="rue.jpg")
        assert file.width == 320

    def test_heic_is_stored_too(self):
        import pillow_heif

        output = io.BytesIO()
        pillow_heif.from_pillow(corners(400, 300)).save(output)
        file = store_picture(acting="reporter", content=output.getvalue(), name="IMG_1.HEIC")
        assert (file.width, file.height, file.media_type) == (400, 300, "image/jpeg")

    def test_inside_a_transaction_is_a_fault_of_ours(self, folder):
        """A roll-back would take the row and leave the files."""
        with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
            stored()
        assert on_disk(folder) == set()


class TestRefusals:
    def test_empty_file(self):
        assert str(refused(b"")) == "«\u00a0rue.jpg\u00a0» est vide."

    def test_heavy_file_is_read_no_further_than_the_limit(self, settings):
        settings.PICTURE_BYTES = 1_000_000

        class Endless:
            given = 0

            def read(self, size, /):
                self.given += size
                return b"x" * size

        source = Endless()
        with pytest.raises(Invalid) as caught:
            store_picture(acting="reporter", content=source, name="C:\\photos\\film.jpg")
        assert source.given == 1_000_001
        assert str(caught.value) == (
            "«\u00a0film.jpg\u00a0» pèse plus de 1\u00a0Mo, le poids accepté. "
            "Choisissez une photo plus légère."
        )

    def test_weight_is_counted_to_the_last_byte(self, settings):
        content = saved(corners())
        settings.PICTURE_BYTES = len(content) - 1
        assert refused(content).code == "picture_heavy"
        settings.PICTURE_BYTES = len(content)
        assert store_picture(acting="reporter", content=content, name="rue.jpg").width == 320

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "plan.jpg"),
            (b"%PDF-1.7\n", "facture.jpeg"),
            (b"<!DOCTYPE html><script>alert(1)</script>", "page.png"),
        ],
    )
    def test_other_file_under_the_name_of_a_picture(self, content, name):
        refusal = refused(content, name)
        assert str(refusal) == (
            f"«\u00a0{name}\u00a0» n’est pas une photo que nous savons lire. "
            "Formats acceptés\u00a0: JPEG, PNG, WebP, GIF, HEIC et AVIF."
        )
        assert refusal.status == 422

    def test_too_many_pixels(self, settings):
        refusal = refused(png_announcing(9000, 9000))
        assert "60 millions de pixels" in str(refusal)
        assert refusal.code == "picture_pixels"

    def test_cut_file(self):
        content = saved(Image.effect_noise((640, 400), 50))
        assert refused(content[: len(content) // 2]).code == "picture_damaged"

    def test_no_room_to_decode_says_when_to_come_back(self, monkeypatch):
        def busy(*args, **kwargs):
            raise Unusable(Reason.BUSY)

        monkeypatch.setattr(actions, "prepare", busy)
        refusal = refused(saved(corners()), kind=TooMany)
        assert (refusal.status, refusal.retry_after) == (429, 60)

    def test_every_reason_has_its_own_sentence(self, monkeypatch):
        sentences = set()
        for reason in Reason:

            def unusable(*args, reason=reason, **kwargs):
                raise Unusable(reason)

            monkeypatch.setattr(actions, "prepare", unusable)
            sentences.add(str(refused(saved(corners()), kind=Refused)))
        assert len(sentences) == len(Reason)

    def test_name_cannot_forge_the_sentence(self):
        refusal = refused(b"x", "a.jpg\r\nSet-Cookie: x=1\u202e%(limit)s")
        assert "\r" not in str(refusal)
        assert "\u202e" not in str(refusal)
        assert "%(limit)s" in str(refusal)

    def test_nameless_file_is_called_a_photo(self):
        assert str(refused(b"", "")) == "«\u00a0photo\u00a0» est vide."

    def test_full_disk_makes_a_refusal_and_a_row_to_sweep(self, monkeypatch, folder, caplog):
        def full(self, name, content):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(type(pictures()), "_save", full)
        with pytest.raises(Refused, match="n’a pas pu être enregistrée"):
            stored()
        assert "could not be written" in caplog.text
        assert StoredFile.objects.get().state == State.PENDING
        monkeypatch.undo()
        with clock.frozen(clock.now() + timedelta(hours=25)):
            assert sweep() == Swept(unconfirmed=1, removed=1, orphans=0)
        assert not StoredFile.objects.exists()


class TestKeeping:
    def test_pending_picture_is_not_shown(self):
        with pytest.raises(NotFound):
            read(stored())

    def test_confirmed_picture_is_shown(self):
        file = stored()
        confirm([file.id])
        file.refresh_from_db()
        assert read(file)

    def test_confirming_all_or_none(self):
        file = stored()
        with pytest.raises(Conflict, match="n’est plus disponible"), transaction.atomic():
            confirm([file.id, uuid.uuid4()])
        file.refresh_from_db()
        assert file.state == State.PENDING

    def test_picture_is_kept_once(self):
        """One picture in two reports: erasing one would empty the other."""
        file = stored()
        confirm([file.id])
        with pytest.raises(Conflict):
            confirm([file.id])

    def test_nothing_to_confirm_asks_nothing(self):
        with CaptureQueriesContext(connection) as asked:
            confirm([])
        assert len(asked) == 0

    def test_four_pictures_are_confirmed_by_one_statement(self):
        ids = [stored().id for _ in range(4)]
        with CaptureQueriesContext(connection) as asked:
            confirm(ids)
        assert len(asked) == 1
        assert StoredFile.objects.filter(state=State.KEPT).count() == 4

    def test_rolled_back_report_does_not_show_its_picture(self):
        file = stored()
        with report_that_fails():
            confirm([file.id])
        file.refresh_from_db()
        with pytest.raises(NotFound):
            read(file)

    @pytest.mark.parametrize("variant", ["original", "../full", "", "FULL"])
    def test_unknown_variant_is_not_found(self, variant):
        file = stored()
        confirm([file.id])
        file.refresh_from_db()
        with pytest.raises(NotFound):
            queries.open_variant(file, variant)

    def test_lost_file_is_not_found(self, folder):
        file = stored()
        confirm([file.id])
        file.refresh_from_db()
        next(folder.rglob("*.full.jpg")).unlink()
        with pytest.raises(NotFound):
            read(file)


class TestToken:
    def test_holder_sees_the_photo_again_after_a_form_error(self):
        file = stored()
        token = queries.upload_token(file)
        found = queries.file_for_token(token)
        assert found == file
        with queries.open_upload(token, "thumb") as opened:
            assert Image.open(opened).size == (480, 360)

    def test_token_ends_after_two_hours(self):
        with clock.frozen(NOW):
            token = queries.upload_token(stored())
        with clock.frozen(NOW + timedelta(hours=2)):
            assert queries.file_for_token(token) is not None
        with clock.frozen(NOW + timedelta(hours=2, seconds=1)):
            assert queries.file_for_token(token) is None
            assert queries.id_in_token(token) is None

    def test_token_of_a_kept_picture_shows_and_gives_nothing(self):
        file = stored()
        token = queries.upload_token(file)
        confirm([file.id])
        assert queries.file_for_token(token) is None
        with pytest.raises(NotFound):
            queries.open_upload(token, "full")

    def test_token_still_names_a_kept_picture_to_tell_a_repeated_send(self):
        file = stored()
        token = queries.upload_token(file)
        confirm([file.id])
        assert queries.id_in_token(token) == file.id

    @pytest.mark.parametrize(
        "change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", str.upper]
    )
    def test_forged_token_is_worth_nothing(self, change):
        assert queries.file_for_token(change(queries.upload_token(stored()))) is None

    def test_signature_made_for_something_else_is_worth_nothing(self):
        from django.core.signing import Signer

        other = Signer(salt="something.else").sign_object([str(stored().id), 2**40])
        assert queries.file_for_token(other) is None

    def test_token_does_not_tell_the_key(self):
        file = stored()
        assert file.key not in queries.upload_token(file)


def test_database_refuses_an_unknown_state():
    from django.db import IntegrityError

    file = stored()
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(id=file.id).update(state="public")


def test_application_sets_the_limit_of_the_picture_library(settings):
    assert settings.PICTURE_PIXELS == Image.MAX_IMAGE_PIXELS


def test_name_given_by_the_sender_is_not_kept():
    stored("Anne-Martin-12-rue-X.jpg")
    row = StoredFile.objects.values().get()
    assert not re.search("Anne", str(row))


def test_content_of_a_video_codec_is_recognised_by_its_first_box():
    assert apart.concerns(b"\0\0\0\x1cftypheic")
    assert not apart.concerns(saved(corners()))
