"""Digitising at the desk: the stack comes in, is looked through, confirmed and signed on one page."""

import io
from datetime import datetime
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import MONDAY, World, definition
from motcua.scanning.actions.read_stack import read_pages
from motcua.scanning.models import DigitisedPaper, ScannedPage, Stack
from motcua.scanning.queries import laid_out
from motcua.scanning.tests.conftest import COMPONENTS, PAPERS, key_of, small_stack
from motcua.scanning.tests.stories import read
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.desk.tests.conftest import SignIn
from tests import scans
from tests.pki import PIN


@pytest.fixture
def world(db: None) -> Any:
    with time_machine.travel(datetime.fromisoformat(MONDAY.isoformat()), tick=False):
        yield World(definition(components=COMPONENTS)).build()


@pytest.fixture
def dossier(world: World) -> Dossier:
    return world.received(components=PAPERS)


def test_from_the_dossier_to_the_signed_paper(world: World, dossier: Dossier, sign_in: SignIn) -> None:
    key_of(world.clerk, world.ward)
    clerk, home = sign_in(world.clerk), f"/mot-cua/so-hoa/ho-so/{dossier.code}/"
    assert home in text_of(clerk.get(f"/mot-cua/ho-so/{dossier.code}/"))
    sheets = clerk.get(f"{home}to-phan-cach.pdf")
    assert sheets.content.startswith(b"%PDF-")
    page = clerk.get(home)
    file = SimpleUploadedFile("quet.pdf", scans.stack([scans.numbered(1), scans.numbered(2)]), "application/pdf")
    typed = hidden_fields(page) | {"component_key": "giay-chung-sinh", "scan": file}
    answer = clerk.post(home, typed)
    stack = Stack.objects.get()
    where = f"/mot-cua/so-hoa/{stack.pk}/"
    assert (answer.status_code, answer.headers["Location"]) == (303, where)
    waiting = text_of(clerk.get(where))
    assert "Đã đọc 0/2 trang" in waiting
    read_pages(stack_id=stack.pk, at=MONDAY)
    review = clerk.get(where)
    assert "Xác nhận, ký số 1 giấy tờ" in text_of(review)
    for one in ScannedPage.objects.all():
        for query in ("", "?co=nho", "?vung=10,10,200,80", "?vung=99999,x"):
            assert clerk.get(f"{where}trang/{one.pk}.jpg{query}").headers["Content-Type"] == "image/jpeg"
    said = hidden_fields(review) | {"giay-chung-sinh.0.mother": "Nguyễn Thị Hoa", "go": ""}
    said["key_ref"] = str(review.context["form"].fields["key_ref"].initial)
    refused = clerk.post(where, said | {"pin": "1"})
    assert refused.status_code == 422
    assert 'value="Nguyễn Thị Hoa"' in text_of(refused)
    done = clerk.post(where, said | {"pin": PIN})
    assert (done.status_code, done.headers["Location"]) == (303, home)
    paper = DigitisedPaper.objects.get()
    assert (paper.is_signed, paper.pages) == (True, 2)
    assert clerk.post(where, said | {"pin": PIN}).status_code == 302
    assert paper.number in text_of(clerk.get(home))
    assert paper.number in text_of(clerk.get("/mot-cua/so-hoa/"))


def test_buttons_of_pages_keep_what_was_typed(world: World, dossier: Dossier, sign_in: SignIn) -> None:
    stack = read(world, dossier, small_stack(2), component_key="giay-chung-sinh")
    clerk, where = sign_in(world.clerk), f"/mot-cua/so-hoa/{stack.pk}/"
    page = laid_out(stack).papers[0].pages[1]
    said = hidden_fields(clerk.get(where)) | {"giay-chung-sinh.0.mother": "Nguyễn Thị Hoa", "go": f"drop:{page.pk}"}
    answer = clerk.post(where, said)
    assert answer.status_code == 200
    assert 'value="Nguyễn Thị Hoa"' in text_of(answer)
    assert "Trang bỏ ra" in text_of(answer)
    moved = hidden_fields(answer) | {"go": f"keep:{page.pk}"}
    clerk.post(where, moved)
    moved = hidden_fields(clerk.get(where)) | {"go": f"move:{page.pk}", f"den-{page.pk}": "to-khai"}
    assert "Tờ khai" in text_of(clerk.post(where, moved))
    assert [paper.name for paper in laid_out(stack).papers] == ["Tờ khai", "Giấy chứng sinh"]
    assert clerk.post(where, {"go": "khong-ro:1"}).status_code == 422
    clerk.post(where, {"go": "drop"})
    assert clerk.get(where).headers["Location"] == f"/mot-cua/so-hoa/ho-so/{dossier.code}/"


def test_bad_files_are_told_in_words_and_nothing_is_opened(world: World, dossier: Dossier, sign_in: SignIn) -> None:
    clerk, home = sign_in(world.clerk), f"/mot-cua/so-hoa/ho-so/{dossier.code}/"
    key = hidden_fields(clerk.get(home))
    heic = SimpleUploadedFile("anh.heic", b"\x00\x00\x00\x18ftypheic" + b"\0" * 64, "image/heic")
    answer = clerk.post(home, key | {"scan": heic})
    assert answer.status_code == 422
    assert "HEIC" in text_of(answer)
    assert "Hãy chọn tệp" in text_of(clerk.post(home, hidden_fields(clerk.get(home))))
    assert not Stack.objects.exists()


def _encrypted() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(scans.stack([scans.numbered(1)]))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="mat khau", owner="chu"))
    return out.getvalue()


def _tiff() -> bytes:
    out = io.BytesIO()
    scans.numbered(1).save(out, "TIFF", save_all=True, append_images=[scans.numbered(2)])
    return out.getvalue()


_BAD = {
    "khoa.pdf": (_encrypted, "mật khẩu"),
    "hong.pdf": (lambda: b"%PDF-1.7\nkhong con gi", "hỏng"),
    "cut.pdf": (lambda: scans.stack([scans.numbered(1)])[:2000], "hỏng"),
    "hong.jpg": (lambda: b"\xff\xd8\xff\xe0" + b"\0" * 500, "hỏng"),
    "quet.tiff": (_tiff, "lưu thành PDF ở máy quét"),
    "trong.pdf": (lambda: b"", "0 byte"),
    "sai.pdf": (lambda: scans.as_jpeg(scans.numbered(1)), "nội dung là"),
}


@pytest.mark.parametrize("name", _BAD)
def test_a_file_that_holds_no_scan_is_refused_in_words(
    world: World, dossier: Dossier, sign_in: SignIn, name: str
) -> None:
    make, words = _BAD[name]
    clerk, home = sign_in(world.clerk), f"/mot-cua/so-hoa/ho-so/{dossier.code}/"
    good = SimpleUploadedFile("tot.pdf", scans.stack([scans.numbered(3)]), "application/pdf")
    typed = hidden_fields(clerk.get(home)) | {"scan": [good, SimpleUploadedFile(name, make())]}
    answer = clerk.post(home, typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert name in text_of(answer)
    assert not Stack.objects.exists()


def test_without_a_key_the_page_says_so(world: World, dossier: Dossier, sign_in: SignIn) -> None:
    assert "chưa có chứng thư số" in text_of(sign_in(world.clerk).get(f"/mot-cua/so-hoa/ho-so/{dossier.code}/"))


def test_the_review_costs_few_statements(
    world: World, dossier: Dossier, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    stack = read(world, dossier, small_stack(6), component_key="giay-chung-sinh")
    clerk, where = sign_in(world.clerk), f"/mot-cua/so-hoa/{stack.pk}/"
    clerk.get(where)
    with django_assert_max_num_queries(24):
        clerk.get(where)


@pytest.mark.parametrize("who", ["stranger", "admin"])
def test_others_see_nothing(world: World, dossier: Dossier, sign_in: SignIn, who: str) -> None:
    stack = read(world, dossier, small_stack(1))
    page = ScannedPage.objects.get()
    other = sign_in(getattr(world, who))
    rest = (
        f"ho-so/{dossier.code}/",
        f"{stack.pk}/",
        f"{stack.pk}/trang/{page.pk}.jpg",
        f"ho-so/{dossier.code}/to-phan-cach.pdf",
    )
    for one in rest:
        assert other.get(f"/mot-cua/so-hoa/{one}").status_code in {302, 403, 404}
