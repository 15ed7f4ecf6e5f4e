from pathlib import Path

import pytest

from motcua.files.actions.store import store_paper, store_upload
from motcua.files.models import Blob
from motcua.files.queries import blob_of
from motcua.files.tests.conftest import AT, office, pdf, picture
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


@pytest.mark.django_db
def test_a_picture_small_and_anything_else_as_it_is(data_dir: Path) -> None:
    scan = store_upload(SYSTEM, _Stream(picture("PNG", size=(2400, 1200))), name="ảnh.png", at=AT)
    response = download_response(blob_of(scan.sha256), "ảnh.png", inline=True, small=True)
    content = b"".join(response)
    assert content.startswith(b"\xff\xd8\xff")
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Length"] == str(len(content))
    assert 'filename="anh.jpg"' in response["Content-Disposition"]
    assert "sandbox" in response["Content-Security-Policy"]
    paper = blob_of(store_paper(pdf(), name="a.pdf", at=AT).sha256)
    whole = download_response(paper, "a.pdf", inline=True, small=True)
    assert b"".join(whole) == pdf()
    broken = blob_of(store_paper(b"\x89PNG", name="a.png", at=AT, media_type="image/png").sha256)
    as_it_is = download_response(broken, "a.png", small=True)
    assert b"".join(as_it_is) == b"\x89PNG"
    for one in (response, whole, as_it_is):
        one.close()


class _Stream:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self, size: int = -1, /) -> bytes:
        piece, self.content = self.content[:size], self.content[size:]
        return piece
