"""What a form may send is bounded while it arrives."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory

from riverain.core.refusals import Invalid
from riverain.files.actions import store_picture


@pytest.fixture
def request_with():
    requests = []

    def made(*contents: bytes, **fields):
        files = [
            SimpleUploadedFile(f"{number}.jpg", content, "image/jpeg")
            for number, content in enumerate(contents)
        ]
        requests.append(RequestFactory().post("/signaler", {"photos": files, **fields}))
        return requests[-1]

    yield made
    for request in requests:
        request.close()


def test_heavy_file_is_cut_while_it_arrives_and_the_form_is_kept(request_with, settings):
    """Without our handler the whole file would be written to the disk first."""
    settings.PICTURE_BYTES = 100_000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000
    request = request_with(b"x" * 3_000_000, b"y" * 500, text="Un banc cassé")
    heavy, light = request.FILES.getlist("photos")
    assert isinstance(heavy, TemporaryUploadedFile)
    assert heavy.size == len(heavy.read()) == 100_001
    assert light.read() == b"y" * 500
    assert request.POST["text"] == "Un banc cassé"


def test_cut_file_is_then_refused_by_name(request_with, settings, db, folder):
    settings.PICTURE_BYTES = 100_000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000
    photo = request_with(b"x" * 200_000).FILES["photos"]
    with pytest.raises(Invalid, match=r"0\.jpg"):
        store_picture(acting="reporter", content=photo, name=photo.name)


def test_small_form_stays_in_memory(request_with):
    photo = request_with(b"x" * 1_000).FILES["photos"]
    assert not isinstance(photo, TemporaryUploadedFile)
    assert photo.read() == b"x" * 1_000


def test_request_heavier_than_all_its_files_may_be_is_refused_unread(request_with, settings):
    settings.PICTURE_BYTES = 1_000
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    request = request_with(b"x" * 4_000)
    with pytest.raises(RequestDataTooBig):
        _ = request.POST
