"""What a form may send, stopped while it arrives (FILE_UPLOAD_HANDLERS).

Django bounds fields but not files: without this, one request fills the disk.
"""

from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Keeps at most one byte more of a file than PICTURE_BYTES and lets the rest pass unread, so
    that `store_picture` refuses it by name, and the other fields of the form are not lost.

    A request that announces more than all its files may weigh together is refused whole (400).
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],  # noqa: ARG002 - Django's signature
        META: dict[str, str],  # noqa: ARG002, N803 - Django's signature
        content_length: int,
        boundary: str,  # noqa: ARG002 - Django's signature
        encoding: str | None = None,  # noqa: ARG002 - Django's signature
    ) -> None:
        files = settings.DATA_UPLOAD_MAX_NUMBER_FILES * settings.PICTURE_BYTES
        if content_length > files + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("The files of this request weigh more than allowed.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = settings.PICTURE_BYTES + 1 - start
        if room > 0:
            self.file.write(raw_data[:room])

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        return super().file_complete(min(file_size, settings.PICTURE_BYTES + 1))
