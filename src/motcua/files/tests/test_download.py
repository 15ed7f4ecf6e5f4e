from pathlib import Path

import pytest

from motcua.files.actions.store import store_paper, store_upload
from motcua.files.models import Blob
from motcua.files.queries import blob_of
from motcua.files.tests.conftest import AT, office, pdf
from motcua.files.web.download import content_disposition, download_response
from motcua.identity.terms import SYSTEM
from motcua.kernel.errors import NotFound


@pytest.mark.parametrize(
    ("name", "inline", "header"),
    [
        ("a.pdf", True, "inline; filename=\"a.pdf\"; filename*=UTF-8''a.pdf"),
        (
            "Đỗ Ánh.pdf",
            False,
            "attachment; filename=\"Do Anh.pdf\"; filename*=UTF-8''%C4%90%E1%BB%97%20%C3%81nh.pdf",
        ),
        ('a"\r\nSet-Cookie: x', False, "attachment; filename=\"a Set-Cookie x\"; filename*=UTF-8''a%20Set-Cookie%20x"),
    ],
)
def test_names_reach_old_and_new_browsers(name: str, inline: bool, header: str) -> None:
    assert content_disposition(name, inline=inline) == header


@pytest.mark.django_db
def test_a_pdf_may_be_shown_and_is_streamed(data_dir: Path) -> None:
    blob = blob_of(store_paper(pdf(), name="a.pdf", at=AT).sha256)
    response = download_response(blob, "giấy hẹn.pdf", inline=True)
    assert b"".join(response) == pdf()
    assert response.streaming
    assert response["Content-Disposition"].startswith("inline;")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(pdf()))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    response.close()


@pytest.mark.django_db
def test_other_kinds_are_only_saved(data_dir: Path) -> None:
    stored = store_upload(SYSTEM, _Stream(office()), name="a.docx", at=AT)
    response = download_response(blob_of(stored.sha256), "a.docx", inline=True)
    assert response["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()


@pytest.mark.django_db
def test_what_is_not_on_disk_is_not_found(data_dir: Path) -> None:
    with pytest.raises(NotFound):
        download_response(Blob(sha256="ab" * 32, size=1, media_type="application/pdf", created_at=AT), "a.pdf")


class _Stream:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self, size: int = -1, /) -> bytes:
        piece, self.content = self.content[:size], self.content[size:]
        return piece
