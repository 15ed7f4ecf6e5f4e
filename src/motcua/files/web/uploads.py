"""Uploads through forms: too much is dropped while it arrives, before memory or disk fill up."""

import io
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from motcua.files.rules.names import size_in_words
from motcua.kernel.errors import Problem

if TYPE_CHECKING:
    _UploadedFile = UploadedFile[bytes]
else:
    _UploadedFile = UploadedFile  # generic for the type checker only

_ATTRIBUTE = "motcua_upload_problems"
_REQUEST_FACTOR = 10
_CONTENT_LENGTH_AT = 2  # place of `content_length` in Django's call


class OversizedFile(_UploadedFile):
    """In `request.FILES` for a file that was too big: knows its size, holds nothing; `store_upload` refuses it."""


class SizeCapUploadHandler(FileUploadHandler):
    """First in `FILE_UPLOAD_HANDLERS`: counts the bytes of each file and passes on no more than the limit.

    The rest of a file that is too big is read to nowhere, so that its sender gets an answer that names both sizes.
    A request of more than ten times the limit is cut off; `problems_of_upload` says so.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received = 0
        self.expected = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Remember how much the sender announced."""
        self.expected = int(args[_CONTENT_LENGTH_AT] if len(args) > _CONTENT_LENGTH_AT else kwargs["content_length"])

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        """Begin to count; cut off a request that is far too big."""
        super().new_file(field_name, *args, **kwargs)
        self.received = 0
        whole = settings.MAX_UPLOAD_BYTES * _REQUEST_FACTOR
        if self.expected > whole + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            problem = Problem(
                "request_too_big",
                f"Các tệp gửi lên nặng {size_in_words(self.expected)}, vượt mức tối đa {size_in_words(whole)} một lần. "
                f"Hãy gửi ít tệp hơn, mỗi tệp không quá {size_in_words(settings.MAX_UPLOAD_BYTES)}.",
                field_name,
            )
            setattr(self.request, _ATTRIBUTE, [problem])
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 Django's signature
        """Pass the chunk on to the next handler, nothing beyond the limit."""
        self.received += len(raw_data)
        return raw_data if self.received <= settings.MAX_UPLOAD_BYTES else None

    def file_complete(self, file_size: int) -> OversizedFile | None:  # noqa: ARG002 Django's signature
        """Leave a file within the limit to the next handler; put an empty stand-in for any other."""
        if self.received <= settings.MAX_UPLOAD_BYTES:
            return None
        for handler in self.request.upload_handlers if self.request else []:
            if handler is not self:
                handler.upload_interrupted()
        return OversizedFile(
            file=io.BytesIO(),
            name=self.file_name,
            content_type=self.content_type,
            size=self.received,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def problems_of_upload(request: HttpRequest) -> list[Problem]:
    """Return why the whole upload was cut off, [] when it was not; a view asks before it misses a file."""
    _ = request.FILES
    found: list[Problem] = getattr(request, _ATTRIBUTE, [])
    return found
