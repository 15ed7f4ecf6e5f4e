"""An official makes a procedure from nothing in the browser: form with a condition and a table, process, paper."""

from django.test import Client

from motcua.dossiers.tests.world import World
from motcua.procedures.models import Procedure
from motcua.sites.studio.tests.conftest import NEW, Bench, said, text_of


def make(bench: Bench) -> None:
    """Write every part of a procedure through its pages."""
    bench.send(
        "thong-tin/",
        name="Cấp phép bán hàng rong",
        domain="HT",
        level="commune",
        service_level="full",
        applicants=["citizen"],
        summary="Xin phép bán hàng trên vỉa hè.",
        keywords="bán hàng rong\nxin phép vỉa hè",
        requirements="",
    )
    bench.send(
        "them/truong-hop/",
        name="Thông thường",
        term_any_amount="5",
        term_any_unit="working_day",
        law_any_amount="10",
        law_any_unit="working_day",
    )
    bench.send("them/truong-hop/0/khoan-thu/", name="Lệ phí cấp phép", kind="charge", amount="20000")
    bench.send("them/giay-to/", name="Giấy khám sức khỏe", originals="1", copies="0", required="on")
    bench.send("them/ket-qua/", name="Giấy phép bán hàng rong")
    bench.send("them/can-cu/", number="39/2007/NĐ-CP", name="Nghị định về hoạt động thương mại độc lập")
    _form(bench)
    _process(bench)
    _paper(bench)


def _form(bench: Bench) -> None:
    bench.send("bieu-mau/ten/", title="Đơn xin phép bán hàng rong")
    bench.send("them/trang/", title="Người bán và mặt hàng")
    bench.send("them/trang/0/cau-hoi/?loai=name", label="Họ và tên người bán", required="on")
    bench.send("them/trang/0/cau-hoi/?loai=yes_no", label="Có bán thức ăn không", required="on")
    bench.send(
        "them/trang/0/cau-hoi/?loai=text",
        label="Số giấy chứng nhận an toàn thực phẩm",
        required="on",
        when="co_ban_thuc_an_khong",
    )
    bench.send("them/trang/0/cau-hoi/?loai=table", label="Mặt hàng", min_rows="1", max_rows="5")
    bench.send("them/trang/0/cau-hoi/3/cot/?loai=text", label="Tên hàng", required="on")
    bench.send("them/trang/0/cau-hoi/3/cot/?loai=number", label="Số lượng", required="on", decimals="0")
    bench.send(
        "them/trang/0/cau-hoi/?loai=computed", label="Tổng số lượng", value="sum(mat_hang.so_luong)", decimals="0"
    )
    bench.send(
        "them/rang-buoc/", holds="tong_so_luong <= 100", message="Chỉ được bán tối đa 100 món.", field="mat_hang"
    )


def _process(bench: Bench) -> None:
    bench.send("quy-trinh/mau/", chain="desk")
    bench.send(
        "them/buoc/1/lay-y-kien/",
        unit="H49.62",
        question="Vị trí này có được bán hàng không?",
        term_amount="1",
        term_unit="working_day",
        required="on",
    )
    bench.send("them/buoc/2/tra-lai/", to="receive", when="supplement_count > 0", label="Trả về bộ phận một cửa")


def _paper(bench: Bench) -> None:
    bench.send("them/van-ban/", name="Giấy phép", kind="result", title="GIẤY PHÉP BÁN HÀNG RONG", symbol="GP-UBND")
    bench.send("them/van-ban/0/khoi/?loai=text", text="Cho phép {ho_va_ten_nguoi_ban} bán {tong_so_luong} món hàng.")
    bench.send("them/van-ban/0/khoi/?loai=table", table="mat_hang")
    bench.send("them/van-ban/0/khoi/?loai=signatures", text="Chủ tịch | ")


def test_from_nothing_to_published_by_two(bench: Bench, approver: Client, world: World) -> None:
    make(bench)
    shown = bench.get()
    assert "Không còn chỗ nào phải sửa" in shown
    bench.send("xin-cong-bo/", on="02/03/2026", note="Mới")
    assert (
        bench.client.post(bench.url("duyet/"), {"key": "own", "revision": "99", "on": "02/03/2026"}).status_code == 409
    )
    second = Bench(approver)
    assert "Xem thay đổi và duyệt" in second.get()
    second.send("duyet/", on="02/03/2026")
    procedure = Procedure.objects.get(code=NEW)
    assert procedure.is_listed
    assert "đã công bố số 1" in second.get()


def test_what_was_made(bench: Bench) -> None:
    make(bench)
    made = said()
    assert made.keywords == ("bán hàng rong", "xin phép vỉa hè")
    case = made.cases[0]
    assert (case.key, case.terms["any"].amount, case.law_terms["any"].amount) == ("thong-thuong", 5, 10)
    assert case.fees[0].amount == 20000
    assert made.form is not None
    assert [field.key for field in made.form.fields()] == [
        "ho_va_ten_nguoi_ban",
        "co_ban_thuc_an_khong",
        "so_giay_chung_nhan_an_toan_thuc_pham",
        "mat_hang",
        "tong_so_luong",
    ]
    table = made.form.field("mat_hang")
    assert table is not None
    assert [column.key for column in table.columns] == ["ten_hang", "so_luong"]
    assert made.steps[1].consults[0].unit == "H49.62"
    assert [move.to for move in made.steps[2].back] == ["appraise", "receive"]
    assert made.papers[0].blocks[1].keys == ("mat_hang",)


def test_every_page_of_a_full_draft_opens(bench: Bench) -> None:
    make(bench)
    for page in (
        "truong-hop",
        "giay-to",
        "ket-qua",
        "can-cu",
        "bieu-mau",
        "quy-trinh",
        "van-ban",
        "lien-thong",
        "bai-thu",
    ):
        bench.get(f"phan/{page}/")
    for place in (
        "truong-hop/0",
        "truong-hop/0/khoan-thu/0",
        "giay-to/0",
        "ket-qua/0",
        "can-cu/0",
        "trang/0",
        "trang/0/cau-hoi/3",
        "trang/0/cau-hoi/3/cot/1",
        "rang-buoc/0",
        "buoc/2",
        "buoc/2/tra-lai/0",
        "buoc/1/lay-y-kien/0",
        "van-ban/0",
        "van-ban/0/khoi/0",
    ):
        bench.get(f"sua/{place}/")
        bench.get(f"xoa/{place}/")
    for rest in (
        "thong-tin/",
        "bieu-mau/ten/",
        "quy-trinh/mau/",
        "quy-trinh/bpmn/",
        "them/trang/0/cau-hoi/",
        "so-sanh/",
    ):
        bench.get(rest)


def test_saving_an_element_again_changes_nothing(bench: Bench) -> None:
    """What a page shows, sent as it is, says the same: nothing is lost that a page does not show."""
    make(bench)
    before = said()
    for place in (
        "truong-hop/0",
        "truong-hop/0/khoan-thu/0",
        "giay-to/0",
        "ket-qua/0",
        "can-cu/0",
        "trang/0",
        *(f"trang/0/cau-hoi/{number}" for number in range(5)),
        "trang/0/cau-hoi/3/cot/1",
        "rang-buoc/0",
        *(f"buoc/{number}" for number in range(5)),
        "buoc/2/tra-lai/0",
        "buoc/1/lay-y-kien/0",
        "van-ban/0",
        *(f"van-ban/0/khoi/{number}" for number in range(3)),
    ):
        page = bench.client.get(bench.url(f"sua/{place}/"))
        form = page.context["form"]
        shown = {bound.name: bound.value() for bound in form if bound.value() not in (None, False, [], ())}
        typed = {name: ("on" if value is True else value) for name, value in shown.items() if name not in {"key"}}
        bench.send(f"sua/{place}/", **typed)
        assert said() == before, place


def test_the_preview_shows_every_question(bench: Bench) -> None:
    make(bench)
    page = bench.get("sua/trang/0/")
    assert "Số giấy chứng nhận an toàn thực phẩm" in page.split("Người dân sẽ thấy")[1]


def test_problems_lead_to_their_place(bench: Bench) -> None:
    make(bench)
    bench.send("sua/buoc/1/", name="Thẩm định hồ sơ", right="handle", at="unit", unit="H49.1")
    bench.send("them/trang/", title="Trang rỗng")
    shown = bench.get()
    assert f'href="{bench.url("sua/trang/1/")}"' in shown
    page = bench.send("xin-cong-bo/", status=409, on="02/03/2026")
    assert "Trang rỗng" in text_of(page)
