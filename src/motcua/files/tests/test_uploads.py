import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from motcua.files.actions.store import store_upload
from motcua.files.tests.conftest import AT, pdf
from motcua.files.web.uploads import OversizedFile, problems_of_upload
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid

CITIZEN = Actor(account_id=1, name="Nguyễn Thị Ánh Nguyệt", kind="citizen")
MEGABYTE = 1024 * 1024


def posted(*contents: bytes) -> HttpRequest:
    files = [SimpleUploadedFile(f"tệp {index}.pdf", content) for index, content in enumerate(contents)]
    return RequestFactory().post("/", {"truoc": "một", "tep": files, "sau": "hai"})


def test_small_files_pass_unchanged(data_dir: Path) -> None:
    request = posted(pdf(), b"x" * MEGABYTE)
    [first, second] = request.FILES.getlist("tep")
    assert first.read() == pdf()
    assert second.size == MEGABYTE
    assert problems_of_upload(request) == []
    request.close()


@pytest.mark.django_db
def test_a_file_that_is_too_big_is_dropped_and_named_with_both_sizes(data_dir: Path) -> None:
    request = posted(pdf(), bytes(3 * MEGABYTE), pdf())
    [first, big, last] = request.FILES.getlist("tep")
    assert first.read() == last.read() == pdf()
    assert isinstance(big, OversizedFile)
    assert big.read() == b""
    assert request.POST["sau"] == "hai"
    with pytest.raises(Invalid, match=r"nặng 3 MB, vượt mức tối đa 1 MB"):
        store_upload(CITIZEN, big, name=big.name, at=AT)
    request.close()


class Counting(io.BytesIO):
    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        chunk = super().read(size)
        self.taken += len(chunk)
        return chunk


def test_a_request_far_too_big_is_cut_off(data_dir: Path) -> None:
    whole = posted(bytes(30 * MEGABYTE))
    stream = Counting(whole.read())
    meta = {key: whole.META[key] for key in ("CONTENT_TYPE", "CONTENT_LENGTH")}
    request = RequestFactory().generic("POST", "/", **meta, **{"wsgi.input": stream})
    assert request.POST["truoc"] == "một"
    [problem] = problems_of_upload(request)
    assert problem.code == "request_too_big"
    assert "30 MB" in problem.message
    assert "10 MB" in problem.message
    assert stream.taken < MEGABYTE
