import io
from pathlib import Path

import pytest
from PIL import Image

from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.terms import Channel
from motcua.dossiers.tests.world import LAID, World, definition
from motcua.files.actions.store import store_paper, store_upload
from motcua.files.models import Blob
from motcua.files.queries import blob_of
from motcua.files.tests.conftest import AT, office, pdf, picture
from motcua.files.web.download import content_disposition, download_response
from motcua.identity.models import Account
from motcua.identity.terms import SYSTEM
from motcua.identity.tests.signing_in import sign_in_as
from motcua.kernel.errors import NotFound

_PEOPLE = ("citizen", "other_citizen", "clerk", "stranger")


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


@pytest.mark.django_db
def test_a_small_copy_is_given_to_those_who_may_see_the_file_and_nobody_else(data_dir: Path) -> None:
    world = World(definition()).build()
    kept = store_upload(world.citizen, _Stream(picture(size=(3000, 2000))), name="cccd.jpg", at=AT)
    files = (ComponentFacts("to-khai", files=(FileRef(kept.sha256, kept.name),)),)
    dossier = submit_dossier(
        actor=world.citizen, application=world.application(channel=Channel.ONLINE, components=files), at=LAID
    )
    attachment = dossier.attachments.get()
    browsers = {name: sign_in_as(Account.objects.get(pk=getattr(world, name).account_id)) for name in _PEOPLE}
    for address in (
        f"/ho-so/{dossier.code}/tep/{attachment.pk}/",
        f"/mot-cua/ho-so/{dossier.code}/tep/{attachment.pk}",
    ):
        for name, browser in browsers.items():
            whole, small = browser.get(address, follow=True), browser.get(f"{address}?ban=web", follow=True)
            assert small.status_code == whole.status_code, (name, address)
            if whole.streaming:
                sizes = [len(b"".join(one)) for one in (whole, small)]
                assert sizes[1] < sizes[0]
    own = browsers["citizen"].get(f"/ho-so/{dossier.code}/tep/{attachment.pk}/?ban=web")
    assert own["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(b"".join(own))) as drawn:
        assert drawn.size == (1600, 1067)
    assert browsers["other_citizen"].get(f"/ho-so/{dossier.code}/tep/{attachment.pk}/?ban=web").status_code == 404


class _Stream:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self, size: int = -1, /) -> bytes:
        piece, self.content = self.content[:size], self.content[size:]
        return piece
