"""Transfers by VietQR, the bank's statement, one row that fits nothing, and a day on which everything agrees."""

import io
import time
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import xlsxwriter
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page

from motcua.payments.tests.qr_reader import read_emv, read_picture
from tests.e2e import cashier, citizen, officer
from tests.e2e.axe import faults
from tests.e2e.cashier import DAILY, NOTHING, STATEMENTS, TILL, Day, act, figures, take_in, workbook
from tests.e2e.citizen import SINGLE, press
from tests.e2e.people import PHONE, House, follow
from tests.e2e.sheets import picture, words_of

SHOP = "1.001612"
BANK, BIN, ACCOUNT, OWNER = "BIDV", "970418", "2141000456789", "UBND PHUONG HONG GAI"
DIVISION = "phuong-hong-gai-kinhte"
PEOPLE = (("Lương Văn Tẩn", "022088003456"), ("Chu Thị Bưởi", "022191006543"))
SHOP_FEE, CHARGE, TOO_MUCH, RENT = 100_000, 3_000, 30_000, 500_000
HEADER = ("Ngày giao dịch", "Số bút toán", "Ghi nợ", "Ghi có", "Nội dung giao dịch")
TRANSFER = "Chuyển khoản"


def test_a_statement_with_a_wrong_row(house: House) -> None:
    found: list[str] = []
    handler, name = cashier.officer_at(house, DIVISION, "handle")
    with house.visitor("lanhdao", javascript=True) as page:
        _say_the_account(page, found)
    with house.visitor("congdan") as page:
        citizen.tidy(page)
        shop, single = citizen.hand_in(page, SHOP), citizen.hand_in(page, SINGLE)
    with house.visitor("tiepnhan", javascript=True) as page:
        _receive(page, shop, {"fees.1.unit_price": "100.000", "fees.1.reason": "Nghị quyết của Hội đồng nhân dân"})
        _receive(page, single, {"fees.0.unit_price": "3.000"})
        much, blank = (take_in(page, SINGLE, one, **{"fees.0.unit_price": "3.000"}) for one in PEOPLE)
    head, _name = cashier.officer_at(house, DIVISION, "lead_division")
    with house.visitor(head) as page:
        officer.assign(page, shop, name)
    with house.visitor(handler) as page:
        _may_not_go_on(page, shop)
    with house.visitor("congdan", javascript=True, viewport=PHONE) as page:
        to_shop = _scan(page, shop, SHOP_FEE)
        to_single = _scan(page, single, CHARGE)
        found += faults(page, "bank-to-pay")
        found += _payment_page(page, shop)
    file = _statement(to_shop, to_single, f"MC{_bare(much)}")
    with house.visitor("tiepnhan", javascript=True) as page:
        before = cashier.ledger(house, "transfer")
        assert _upload(page, file, found) == "Đã nhập 5 dòng mới; 1 dòng trùng, không ghi lại; 1 dòng không đọc được."
        _what_was_read(page, found)
        assert cashier.ledger(house, "transfer") == Day(before.came + SHOP_FEE + CHARGE, before.back)
        _differences(page, [f"Dòng {row} «" for row in (7, 8, 9)])
        _resolve(page, much, blank, found)
        came = SHOP_FEE + CHARGE + TOO_MUCH + CHARGE
        _give_back(page, much)
        assert _upload(page, file) == "Đã nhập 0 dòng mới; 6 dòng trùng, không ghi lại; 1 dòng không đọc được."
        _the_day_agrees(page, house, Day(before.came + came, before.back + TOO_MUCH - CHARGE))
        _nothing_left(page, [shop, single, much, blank])
    with house.visitor("congdan", javascript=True, viewport=PHONE) as page:
        _citizen_sees_it_is_paid(page, shop, single)
    with house.visitor(handler) as page:
        officer.choose(page, shop, "Thẩm định")
        assert "còn phải nộp" not in page.locator("main form").first.inner_text()
    assert not found, "\n".join(found)


def _say_the_account(page: Page, found: list[str]) -> None:
    """The leader says where transfers go; a wrong number is named."""
    page.goto(f"{TILL}tai-khoan/")
    found += faults(page, "bank-account")
    said = {"bank_name": BANK, "bank_bin": "BIDV", "account_number": ACCOUNT, "account_name": OWNER}
    cashier.fill(page, said)
    press(page, "Lưu tài khoản")
    assert "Mã ngân hàng (BIN) gồm 6 chữ số" in page.locator(".summary").inner_text()
    page.locator("[name=bank_bin]").fill(BIN)
    press(page, "Lưu tài khoản")
    assert "Đã lưu." in page.locator("main").inner_text()


def _receive(page: Page, code: str, fees: dict[str, str]) -> None:
    act(page, code, "Tiếp nhận", "Tiếp nhận và chuyển", fees, "Đã tiếp nhận và chuyển xử lý hồ sơ.")


def _may_not_go_on(page: Page, code: str) -> None:
    """The step of the handler has the gate «đã nộp»: before the money is there it cannot be left."""
    officer.open_dossier(page, code)
    assert not page.locator(".acts").get_by_role("link", name="Thẩm định").count()
    assert "còn phải nộp 100.000 đồng" in page.locator("main").inner_text()
    picture(page, "bank-gate-shut")


def _scan(page: Page, code: str, owed: int) -> str:
    """Read the code from the very screen of a telephone; it says what the page says. Returns the text of transfer."""
    page.goto(f"/ho-so/{code}/")
    told = page.locator("section[aria-labelledby=phai-nop]").inner_text()
    drawn = Image.open(io.BytesIO(page.locator(".vietqr svg").screenshot()))
    said = read_emv(read_picture(drawn))
    assert (said["38.00"], said["38.02"], said["53"], said["58"]) == ("A000000727", "QRIBFTTA", "704", "VN")
    assert (said["38.01.00"], said["38.01.01"]) == (BIN, ACCOUNT)
    assert int(said["54"]) == owed
    for words in (BANK, ACCOUNT, OWNER, said["62.08"], f"{owed:,}".replace(",", ".") + " đồng"):
        assert words in told
    assert said["62.08"] == f"MC{_bare(code)}"
    return said["62.08"]


def _payment_page(page: Page, code: str) -> list[str]:
    page.goto(f"/ho-so/{code}/thanh-toan/")
    assert page.locator(".vietqr svg").is_visible()
    return faults(page, "bank-pay")


def _bare(code: str) -> str:
    return "".join(one for one in code if one.isalnum())


def _statement(to_shop: str, to_single: str, to_much: str) -> FilePayload:
    """A workbook as banks make them: titles, debits, codes cut by spaces, a row twice, a row that is broken."""
    day = f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%d/%m/%Y}"
    stamp = f"FT{time.monotonic_ns()}"
    cut = f"{to_single[:9].lower()} {to_single[9:]}"
    first = (day, f"{stamp}1", "", "100,000.00", f"MBVCB.5512.{to_shop}.CT tu 0071000 NGUYEN THI HOA BAN")
    rows = [
        ("NGÂN HÀNG TMCP ĐẦU TƯ VÀ PHÁT TRIỂN VIỆT NAM", "", "", "", ""),
        ("SAO KÊ TÀI KHOẢN", "", "", "", f"Số tài khoản {ACCOUNT}"),
        HEADER,
        first,
        (day, f"{stamp}2", "", "3,000.00", f"IBFT {cut} nop le phi"),
        (day, f"{stamp}3", "55,000.00", "", "Phi quan ly tai khoan"),
        (day, f"{stamp}4", "", "30,000.00", f"LUONG VAN TAN {to_much}"),
        (day, f"{stamp}5", "", "3,000.00", "CHU THI BUOI nop tien lam giay"),
        (day, f"{stamp}6", "", "500,000.00", "TIEN THUE MAT BANG THANG 11"),
        first,
        (day, f"{stamp}7", "", "ba nghìn", "khong doc duoc"),
        ("", "", "55,000.00", "736,000.00", "Cộng phát sinh"),
    ]
    return {"name": "sao-ke-bidv.xlsx", "mimeType": "application/octet-stream", "buffer": _workbook(rows)}


def _workbook(rows: Sequence[Sequence[str]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return buffer.getvalue()


def _upload(page: Page, file: FilePayload, found: list[str] | None = None) -> str:
    """Upload, confirm the columns that were guessed; returns what the page says of it."""
    page.goto(STATEMENTS)
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Đọc tệp")
    assert page.locator("[name=header]").input_value() == "3"
    chosen = [page.locator(f"[name={name}]").input_value() for name in ("on", "credit", "text", "number")]
    assert chosen == ["0", "3", "4", "1"]
    if found is not None:
        found += faults(page, "bank-columns")
    press(page, "Nhập sao kê")
    return page.locator("main [role=status], main .notice.good, main .messages").first.inner_text().strip()


def _what_was_read(page: Page, found: list[str]) -> None:
    """Two rows booked by themselves, three wait with the reason, one could not be read."""
    found += faults(page, "bank-imported")
    rows = [one.inner_text() for one in page.locator("main table tbody tr").all()]
    assert [("Khớp" in row, "Nghi ngờ" in row, "Không khớp" in row) for row in rows] == [
        (True, False, False), (True, False, False), (False, True, False), (False, False, True), (False, False, True),
    ]  # fmt: skip
    assert "Đúng mã nhưng số tiền khác: chuyển 30.000 đồng, còn phải nộp 3.000 đồng." in rows[2]
    assert "Không thấy mã thanh toán" in rows[3]
    assert (
        "Dòng 11: Không đọc được số tiền «ba nghìn»."
        in page.locator(".notice.warn", has_text="Dòng không đọc được").inner_text()
    )


def _differences(page: Page, wanted: Sequence[str]) -> None:
    page.goto(DAILY)
    told = page.locator("main ul.list").inner_text()
    for words in wanted:
        assert words in told, told


def _resolve(page: Page, much: str, blank: str, found: list[str]) -> None:
    """The wrong sum is booked with a reason, the one without code to whom it belongs, the rent to nobody."""
    page.goto(STATEMENTS)
    found += faults(page, "bank-statements")
    line = _line(page, "30.000 đồng")
    assert line.locator("[name=code]").input_value() == much
    press_in(page, "30.000 đồng", "Ghi nhận cho hồ sơ này")
    assert "Hãy ghi vì sao dòng này là tiền của hồ sơ." in _line(page, "30.000 đồng").inner_text()
    _line(page, "30.000 đồng").locator("[name=note]").fill("Chuyển nhầm 30.000 thay vì 3.000, đã gọi điện xác nhận.")
    press_in(page, "30.000 đồng", "Ghi nhận cho hồ sơ này")
    _line(page, "CHU THI BUOI").locator("[name=note]").fill("Người nộp đưa ảnh giao dịch tại quầy.")
    _line(page, "CHU THI BUOI").locator("[name=code]").fill("H49.000-000000-0000")
    press_in(page, "CHU THI BUOI", "Ghi nhận cho hồ sơ này")
    assert "Không có khoản phải nộp của hồ sơ" in _line(page, "CHU THI BUOI").inner_text()
    assert _line(page, "CHU THI BUOI").locator("[name=note]").input_value().startswith("Người nộp đưa")
    picture(page, "bank-line-refused")
    _line(page, "CHU THI BUOI").locator("[name=code]").fill(blank)
    press_in(page, "CHU THI BUOI", "Ghi nhận cho hồ sơ này")
    assert f"Đã ghi nhận cho hồ sơ {blank}." in page.locator("main").inner_text()
    _line(page, "TIEN THUE MAT BANG").locator("[name=note]").fill("Tiền thuê mặt bằng của căng tin.")
    press_in(page, "TIEN THUE MAT BANG", "Không phải tiền hồ sơ")
    done = page.locator("main table").last.inner_text()
    for words in ("Chuyển nhầm 30.000", "Người nộp đưa ảnh", "Tiền thuê mặt bằng của căng tin", "Vũ Thu Hương"):
        assert words in done
    _differences(page, ["Lương Văn Tẩn nộp thừa 27.000 đồng."])


def _line(page: Page, words: str) -> Locator:
    return page.locator("main ul.list > li", has_text=words)


def press_in(page: Page, words: str, button: str) -> None:
    """Press the button of the line with these words."""
    follow(_line(page, words).get_by_role("button", name=button))


def _give_back(page: Page, code: str) -> None:
    """What was too much goes back to an account; the account is asked for."""
    officer.choose(page, code, "Hoàn phí, lệ phí")
    assert page.locator("[name=amount]").input_value() == "27.000"
    assert not page.locator("[name=cancel]").is_checked()
    cashier.fill(page, {"method": "transfer", "reason": "Người nộp chuyển thừa."})
    press(page, "Hoàn tiền")
    assert "Hãy ghi số tài khoản nhận tiền hoàn." in page.locator(".summary").inner_text()
    cashier.fill(page, {"account": "0071000123456", "bank": "Vietcombank"})
    press(page, "Hoàn tiền")
    officer.did(page, "Đã ghi việc hoàn tiền.")
    assert "Đã thanh toán" in page.locator("section.money").inner_text()


def _the_day_agrees(page: Page, house: House, wanted: Day) -> None:
    assert cashier.ledger(house, "transfer") == wanted
    shown = figures(page)
    assert shown.get(TRANSFER, NOTHING) == wanted
    rows = workbook(page)["Sổ thu"][1:-1]
    moved = [int(row[7]) for row in rows if row[5] == TRANSFER]
    assert Day(sum(one for one in moved if one > 0), -sum(one for one in moved if one < 0)) == wanted


def _nothing_left(page: Page, codes: Sequence[str]) -> None:
    """The page of the day names none of these dossiers any more."""
    page.goto(DAILY)
    differences = "".join(page.locator("main ul.list").all_inner_texts())
    for code in codes:
        assert code not in differences
    picture(page, "bank-daily")


def _citizen_sees_it_is_paid(page: Page, shop: str, single: str) -> None:
    """No code to pay any more, but the receipt; paying twice by mistake is not invited."""
    for code, words in ((shop, "Một trăm nghìn đồng"), (single, "Ba nghìn đồng")):
        page.goto(f"/ho-so/{code}/")
        told = page.locator("section[aria-labelledby=phai-nop]")
        assert "Đã thanh toán" in told.inner_text()
        assert not told.locator(".vietqr").count()
        receipt = words_of(page, told.locator("a[href*='/bien-lai/']").get_attribute("href") or "")
        assert receipt.count(words) == 3
        assert "Hình thức thanh toán: Chuyển khoản" in receipt
    picture(page, "bank-citizen-paid")
    page.goto(f"/ho-so/{shop}/thanh-toan/")
    assert "không còn khoản phải nộp" in page.locator("main").inner_text()
