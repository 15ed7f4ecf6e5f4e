"""What is typed wrong stays on the page with every reason; two people at one draft lose nothing."""

import pytest
from django.test import Client

from motcua.dossiers.tests.world import CODE, World
from motcua.sites.studio.tests.conftest import NEW, Bench, revision, said, text_of
from motcua.sites.studio.tests.test_make import make


def test_what_was_typed_stays_with_every_reason(bench: Bench) -> None:
    page = text_of(
        bench.send(
            "them/truong-hop/",
            status=422,
            name="",
            note="Ghi chú đã gõ",
            term_any_unit="working_day",
            law_online_amount="7",
        )
    )
    assert "Ghi chú đã gõ" in page
    for words in ("Hãy nhập tên trường hợp", "Hãy ghi thời hạn là bao nhiêu", "Hãy chọn đơn vị của thời hạn"):
        assert words in page
    assert said().cases == ()


@pytest.mark.parametrize(
    ("rest", "typed", "words"),
    [
        ("them/trang/0/cau-hoi/?loai=text", {"label": "A", "when": "khong_co == 1"}, "khong_co"),
        ("them/trang/0/cau-hoi/?loai=text", {"label": "A", "when": "1 +"}, "when"),
        ("them/trang/0/cau-hoi/?loai=computed", {"label": "A"}, "Hãy ghi cách tính"),
        ("them/trang/0/cau-hoi/?loai=choice", {"label": "A"}, "ít nhất một lựa chọn"),
        ("them/rang-buoc/", {"holds": "ho_va_ten_nguoi_ban", "message": "A"}, "đúng"),
        ("them/buoc/0/chuyen-toi/", {"to": "khong-co"}, "Hãy chọn một mục"),
        ("them/buoc/0/hen-gio/", {"do": "move"}, "Hãy chọn bước chuyển đến"),
        ("them/van-ban/0/khoi/?loai=text", {"text": "{khong_co}"}, "khong_co"),
        ("them/lien-thong/", {"procedure": "sai", "name": "A"}, "1.001193"),
    ],
)
def test_every_kind_of_element_tells_what_is_wrong(bench: Bench, rest: str, typed: dict[str, str], words: str) -> None:
    make(bench)
    before = said()
    assert words in text_of(bench.send(rest, status=422, **typed))
    assert said() == before


def test_the_second_person_is_told_and_may_save_again(bench: Bench, approver: Client) -> None:
    make(bench)
    stale = bench.client.get(bench.url("sua/giay-to/0/")).context["form"]
    typed = {"marks": stale["marks"].value(), "revision": stale["revision"].value()}
    other = Bench(approver)
    other.send("them/giay-to/", name="Ảnh", originals="0", copies="1")
    other.client.post(other.url("xep/"), {"revision": "99", "do": "up giay-to/1"})  # a stale order is refused
    other.client.post(other.url("xep/"), {"revision": revision(), "do": "up giay-to/1"})
    assert [one.name for one in said().components] == ["Ảnh", "Giấy khám sức khỏe"]
    mine = {"key": "m", "name": "Giấy khám sức khỏe mới", "originals": "2", "copies": "0", "required": "on", **typed}
    page = bench.client.post(bench.url("sua/giay-to/0/"), mine)
    assert page.status_code == 409
    assert "đã sửa bản thảo này" in text_of(page)
    assert "Giấy khám sức khỏe mới" in text_of(page)
    again = {**mine, "revision": page.context["form"]["revision"].value()}
    assert bench.client.post(bench.url("sua/giay-to/0/"), again).status_code == 303
    assert [(one.name, one.originals) for one in said().components] == [("Ảnh", 0), ("Giấy khám sức khỏe mới", 2)]


def test_an_element_that_is_gone_is_told(bench: Bench, approver: Client) -> None:
    make(bench)
    stale = bench.client.get(bench.url("sua/ket-qua/0/")).context["form"]
    Bench(approver).send("xoa/ket-qua/0/")
    Bench(approver).send("them/ket-qua/", name="Kết quả khác")
    typed = {"key": "m", "name": "Tên tôi gõ", "marks": stale["marks"].value(), "revision": revision()}
    page = bench.client.post(bench.url("sua/ket-qua/0/"), typed)
    assert page.status_code == 409
    assert "Tên tôi gõ" in text_of(page)
    assert said().results[0].name == "Kết quả khác"


def test_a_waiting_draft_is_not_changed(bench: Bench) -> None:
    make(bench)
    bench.send("xin-cong-bo/", on="02/03/2026")
    page = bench.send("them/giay-to/", status=409, name="Ảnh", originals="1", copies="0")
    assert "chờ duyệt" in text_of(page)
    bench.send("tra-lai/", reason="Sửa thêm.")
    assert "Sửa thêm." in bench.get()
    bench.send("them/giay-to/", name="Ảnh", originals="1", copies="0")


def test_the_first_change_of_a_published_procedure_makes_a_draft(author: Client, world: World) -> None:
    bench = Bench(author, CODE)
    assert "Đang xem phiên bản 1" in bench.get("phan/giay-to/")
    bench.send("them/giay-to/", name="Ảnh mới", originals="1", copies="0")
    assert "Ảnh mới" in bench.get("so-sanh/")
    bench.send("bo-ban-thao/")
    assert "Ảnh mới" not in bench.get("phan/giay-to/")


def test_codes_that_are_taken_or_unknown(bench: Bench) -> None:
    begin = {"key": "b2", "name": "A", "code": NEW, "domain": "HT", "level": "commune"}
    page = bench.client.post("/quan-tri/xuong/moi/", begin)
    assert page.status_code == 409
    assert "đã có trong danh mục" in text_of(page)
    nothing = {"key": "b3", "name": "", "code": "abc", "level": "commune"}
    shown = text_of(bench.client.post("/quan-tri/xuong/moi/", nothing))
    for words in ("Hãy nhập tên thủ tục", "Mã thủ tục có dạng", "Hãy chọn lĩnh vực"):
        assert words in shown
    assert bench.client.get("/quan-tri/xuong/9.999999/").status_code == 404


@pytest.mark.parametrize(
    "path", ["truong-hop/9", "khong-co", "trang/0/cau-hoi/9", "giay-to/0/khoan-thu", "truong-hop/x", "a/b/c"]
)
def test_places_that_are_not_there(bench: Bench, path: str) -> None:
    assert bench.client.get(bench.url(f"sua/{path}/")).status_code == 404
    assert bench.client.get(bench.url(f"them/{path}/")).status_code == 404


def test_a_clone_begins_as_a_draft(author: Client, world: World) -> None:
    assert author.post(f"/quan-tri/xuong/{CODE}/nhan-ban/", {"key": "c", "name": "Bản sao"}).status_code == 303
    shown = text_of(author.get("/quan-tri/xuong/?loc=ban-thao"))
    assert "Bản sao" in shown
    assert "X." in shown
