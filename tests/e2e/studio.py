"""What the official does in the procedure studio, page by page, without a script and without YAML."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page

from tests.e2e.citizen import at, press
from tests.e2e.people import follow

HOME = "/quan-tri/xuong/"
CODE = "9.000321"
NAME = "Cấp phép bán hàng rong trên vỉa hè"
PAGE = "nguoi-ban-va-mat-hang"

#: Part by part: the address within the draft, and what is typed there.
PARTS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("thong-tin/", {"service_level": "full", "summary": "Xin phép bán hàng trên vỉa hè.", "keywords": "bán hàng rong"}),
    (
        "them/truong-hop/",
        {
            "name": "Thông thường",
            "term_any_amount": "5",
            "term_any_unit": "working_day",
            "law_any_amount": "10",
            "law_any_unit": "working_day",
        },
    ),
    ("them/truong-hop/0/khoan-thu/", {"name": "Lệ phí cấp phép", "kind": "charge", "amount": "20000"}),
    ("them/giay-to/", {"name": "Giấy khám sức khỏe", "originals": "1"}),
    ("them/ket-qua/", {"name": "Giấy phép bán hàng rong"}),
    ("them/can-cu/", {"number": "39/2007/NĐ-CP", "name": "Nghị định về cá nhân hoạt động thương mại"}),
    ("bieu-mau/ten/", {"title": "Đơn xin phép bán hàng rong"}),
    ("them/trang/", {"title": "Người bán và mặt hàng"}),
    ("them/trang/0/cau-hoi/?loai=name", {"label": "Họ và tên người bán"}),
    ("them/trang/0/cau-hoi/?loai=yes_no", {"label": "Có bán thức ăn không"}),
    (
        "them/trang/0/cau-hoi/?loai=text",
        {"label": "Số giấy chứng nhận an toàn thực phẩm", "when": "co_ban_thuc_an_khong"},
    ),
    ("them/trang/0/cau-hoi/?loai=table", {"label": "Mặt hàng", "min_rows": "1", "max_rows": "5"}),
    ("them/trang/0/cau-hoi/3/cot/?loai=text", {"label": "Tên hàng"}),
    ("them/trang/0/cau-hoi/3/cot/?loai=number", {"label": "Số lượng"}),
    ("them/trang/0/cau-hoi/?loai=computed", {"label": "Tổng số lượng", "value": "sum(mat_hang.so_luong)"}),
    ("them/rang-buoc/", {"holds": "tong_so_luong <= 100", "message": "Chỉ được bán tối đa 100 món."}),
    ("quy-trinh/mau/", {"chain": "desk"}),
    (
        "them/buoc/1/lay-y-kien/",
        {
            "unit": "H49.62",
            "question": "Vị trí này có được bán hàng không?",
            "term_amount": "1",
            "term_unit": "working_day",
        },
    ),
    ("sua/buoc/1/", {"gates": "opinions"}),
    ("them/buoc/2/tra-lai/", {"to": "receive", "when": "supplement_count > 0"}),
    ("them/van-ban/", {"name": "Giấy phép", "kind": "result", "title": "GIẤY PHÉP BÁN HÀNG RONG"}),
    (
        "them/van-ban/0/khoi/?loai=text",
        {"text": "Cho phép {ho_va_ten_nguoi_ban} bán {tong_so_luong} món hàng."},
    ),
    ("them/van-ban/0/khoi/?loai=table", {"table": "mat_hang"}),
)
#: What a citizen answers on the one page of the form.
ANSWERS = {
    "ho_va_ten_nguoi_ban": "Trần Thị Bưởi",
    "mat_hang.0.ten_hang": "Bánh mì",
    "mat_hang.0.so_luong": "20",
}
#: Pages that are looked at once the procedure is there.
LOOKED_AT = (
    "", "thong-tin/", "phan/truong-hop/", "sua/truong-hop/0/", "sua/truong-hop/0/khoan-thu/0/", "phan/giay-to/",
    "them/giay-to/", "xoa/giay-to/0/", "phan/bieu-mau/", "bieu-mau/ten/", "sua/trang/0/", "them/trang/0/cau-hoi/",
    "sua/trang/0/cau-hoi/2/", "sua/trang/0/cau-hoi/3/", "phan/quy-trinh/", "quy-trinh/mau/", "quy-trinh/bpmn/",
    "mo-phong/", "sua/buoc/1/", "phan/van-ban/", "sua/van-ban/0/", "phan/bai-thu/", "sua/bai-thu/0/", "chay-thu/",
    "thu/", f"thu/khai/{PAGE}/", "thu/ket-qua/", "thu/giai-quyet/", "so-sanh/", "xin-cong-bo/", "nhan-ban/",
    "bo-ban-thao/",
)  # fmt: skip


def url(rest: str = "") -> str:
    """Return a page of the draft."""
    return f"{HOME}{CODE}/{rest}"


def begin(page: Page) -> None:
    """A procedure with nothing but its name."""
    page.goto(f"{HOME}moi/")
    page.get_by_label("Tên thủ tục").fill(NAME)
    page.get_by_label("Mã thủ tục").fill(CODE)
    page.locator("[name=domain]").select_option("HT")
    page.locator("[name=level]").select_option("commune")
    press(page, "Bắt đầu")
    at(page, NAME)


def write(page: Page, rest: str, typed: Mapping[str, str]) -> None:
    """Fill one form of the studio in and save it."""
    page.goto(url(rest))
    for folded in page.locator(".studio-work form details:not([open]) > summary").all():
        folded.click()
    for name, value in typed.items():
        _answer(page.locator(f".studio-work form.form [name='{name}']"), value)
    follow(page.locator(".studio-work form.form button.btn").first)
    assert not page.locator(".summary").count(), f"{rest}: {page.locator('.summary').inner_text()}"


def _answer(fields: Locator, value: str) -> None:
    first = fields.first
    kind = first.evaluate("it => it.tagName === 'SELECT' ? 'select' : it.type")
    if kind == "select":
        first.select_option(value)
    elif kind in {"radio", "checkbox"}:
        fields.and_(fields.page.locator(f"[value='{value}']")).check()
    else:
        first.fill(value)


def answer_form(page: Page, words: str) -> None:
    """Fill the one page of the form in, refused first; then the question that a condition asks for."""
    for name, value in ANSWERS.items():
        page.fill(f"[name='{name}']", value)
    page.locator("[name=co_ban_thuc_an_khong][value=yes]").check()
    press(page, words)
    page.fill("[name=so_giay_chung_nhan_an_toan_thuc_pham]", "ATTP-1")
    press(page, words)


def try_out(page: Page) -> None:
    """As the citizen, then as the clerk; what came out becomes a test, and it passes."""
    page.goto(url("thu/"))
    page.get_by_label("Nộp lúc").fill("08:00 02/03/2026")
    press(page, "Bắt đầu thử")
    press(page, "Tiếp tục")
    assert "Họ và tên người bán" in page.locator(".summary").inner_text()
    answer_form(page, "Tiếp tục")
    at(page, "Kết quả thử")
    told = page.locator(".studio-work").inner_text()
    for words in ("Tờ khai được nhận", "20.000 đồng", "09/03/2026", "Giấy khám sức khỏe"):
        assert words in told, told
    page.goto(url("thu/giai-quyet/"))
    for step in ("Thẩm định hồ sơ", "Phê duyệt kết quả", "Vào sổ, đóng dấu", "Trả kết quả"):
        press(page, step)
    assert "đã đến bước cuối" in page.locator(".studio-work").inner_text()
    page.goto(url("thu/ket-qua/"))
    press(page, "Lưu thành bài thử")
    page.goto(url("chay-thu/"))
    assert "đều đạt" in page.locator(".studio-work").inner_text()


def propose(page: Page) -> None:
    """Ask the second person."""
    page.goto(url("xin-cong-bo/"))
    page.fill("[name=note]", "Đã thử đủ các bước.")
    press(page, "Gửi người duyệt")
    assert "người khác duyệt" in page.locator(".studio-work").inner_text()


def approve(page: Page) -> None:
    """The second person looks and publishes."""
    page.goto(HOME)
    follow(page.get_by_role("link", name=re.compile(NAME)).first)
    follow(page.get_by_role("link", name="Xem thay đổi và duyệt"))
    press(page, "Công bố")
    assert "đã công bố số 1" in page.locator(".studio-work").inner_text()


def let_ward_take_it(page: Page, ward: str) -> None:
    """The ward takes dossiers of the procedure."""
    page.goto(f"/quan-tri/thu-tuc/{CODE}/tiep-nhan/")
    group = page.locator(f"[name=handling] optgroup[label*='{ward}'] option").first
    page.locator("[name=handling]").select_option(group.get_attribute("value"))
    press(page, "Đăng ký")
