"""Nobody is kept out of the pages that need a story: a visit, the fast lane, a register, a second factor."""

import base64
import hmac
import re
import time

from playwright.sync_api import Page

from motcua.dossiers.rules.verifying import paper_mark
from motcua.project.demo.accounts import DEMO_PASSWORD
from tests.e2e import citizen, officer
from tests.e2e.axe import faults
from tests.e2e.citizen import BIRTH, KNOWN, PHONE, SINGLE, press
from tests.e2e.people import House, follow, sign_in
from tests.e2e.tour import officer_beside, page_and_errors

_PERIOD, _DIGITS = 30, 6
#: A period of codes that was not used yet and has most of its time left.
_FRESH = "last => Math.floor(Date.now() / 30000) > last && Date.now() % 30000 < 15000"


def test_several_dossiers_of_one_visit(house: House) -> None:
    found = []
    with house.visitor("congdan") as page:
        first = citizen.hand_in(page, SINGLE)
    with house.visitor("tiepnhan", javascript=True) as page:
        officer.receive(page, first)
        page.goto(f"/mot-cua/ho-so/{first}/bien-nhan/")
        follow(page.get_by_role("link", name="Hồ sơ tiếp theo của cùng người"))
        found += faults(page, "intake-next")
        page.goto(f"/mot-cua/tiep-nhan/{BIRTH}/?tiep={first}")
        _fill_in(page)
        follow(page.get_by_role("link", name="Lượt nộp này, giấy tiếp nhận chung"))
        assert "2 hồ sơ" in page.locator("h1").inner_text()
        group = re.sub(r"\D", "", page.url.rpartition("luot-nop")[2])
        found += faults(page, "desk-group")
    with house.visitor("congdan", javascript=True) as page:
        page.goto(f"/luot-nop/{group}/")
        assert first in page.locator("main").inner_text()
        found += faults(page, "portal-group")
        page.goto("/du-lieu-cua-toi/")
        found += faults(page, "my-data")
    assert not found, "\n".join(found)


def test_whether_a_paper_is_genuine(house: House) -> None:
    with house.visitor("tiepnhan", javascript=True) as page:
        code = _take_in(page)
    with house.visitor(javascript=True) as page:
        page.goto("/tra-cuu/")
        page.get_by_label("Mã hồ sơ").fill(code)
        page.get_by_label("Số điện thoại").fill(PHONE)
        press(page, "Xem hồ sơ")
        secret = page.url.rstrip("/").rpartition("/")[2]
        page.goto(f"/xac-minh/{paper_mark(code, 'receipt', 1, secret=secret)}/")
        assert "bản mới nhất" in page.locator("main").inner_text()
        found = faults(page, "verify")
        page.goto(f"/xac-minh/{paper_mark(code, 'receipt', 1, secret='đoán')}/")
        assert "Không xác minh được" in page.locator("main").inner_text()
        found += faults(page, "verify-not")
    assert not found, "\n".join(found)


def test_copies_are_certified_in_the_fast_lane(house: House) -> None:
    with house.visitor("tiepnhan", javascript=True) as page:
        page.goto("/mot-cua/chung-thuc/")
        press(page, "Tiếp nhận, vào sổ")
        found = faults(page, "certified-loi")
        page.get_by_label("Họ tên người yêu cầu").fill(KNOWN["name"])
        page.get_by_label("Số định danh").fill(KNOWN["personal_id"])
        page.get_by_label("Số điện thoại").fill(PHONE)
        for name, value in (("name", "Bằng tốt nghiệp đại học"), ("pages", "2"), ("copies", "3")):
            page.fill(f"[name='rows.0.{name}']", value)
        press(page, "Tính phí")
        found += faults(page, "certified-fee")
        press(page, "Tiếp nhận, vào sổ")
        assert "Bằng tốt nghiệp đại học" in page.locator("main").inner_text()
        found += faults(page, "certified-done")
        follow(page.get_by_role("link", name="Người tiếp theo"))
    assert not found, "\n".join(found)


def test_a_register_is_written(house: House) -> None:
    with house.visitor("tiepnhan", javascript=True) as page:
        page.goto("/mot-cua/so-theo-doi/")
        press(page, "Tải bảng Excel")
        page.wait_for_url(re.compile(r"/so-theo-doi/\d+/"))
        assert "đã lập xong" in page.locator("main").inner_text()
        found = faults(page, "register-run")
    assert not found, "\n".join(found)


def test_handing_in_again_what_was_taken_back(house: House) -> None:
    with house.visitor("congdan", javascript=True) as page:
        code = citizen.hand_in(page, SINGLE)
        page.goto(f"/ho-so/{code}/rut/")
        page.get_by_label("Vì sao bạn rút hồ sơ?").fill("Tôi nộp nhầm nơi.")
        page.get_by_label("Tôi hiểu hồ sơ sẽ kết thúc").check()
        press(page, "Rút hồ sơ")
        page.goto(f"/ho-so/{code}/nop-lai/")
        found = faults(page, "renew")
        press(page, "Soạn hồ sơ mới")
        found += faults(page, "renewed")
        citizen.tidy(page)
    assert not found, "\n".join(found)


def test_an_application_that_makes_codes(house: House) -> None:
    found, who = [], officer_beside(house)
    with house.visitor(javascript=True) as page:
        sign_in(page, who)
        _open(page, "/tai-khoan/bao-mat/ung-dung/")
        found += page_and_errors(page, "mfa-totp")
        secret = page.locator("main code").inner_text()
        used = _say(page, secret, "Đặt")
        page.goto("/tai-khoan/bao-mat/")
        found += faults(page, "mfa-on")
        found += _recovery(page)
        _sign_out(page)
        page.goto("/tai-khoan/dang-nhap/")
        page.fill("[name=login]", who)
        page.fill("[name=password]", DEMO_PASSWORD)
        follow(page.locator("main button").first)
        found += faults(page, "mfa-authenticate")
        page.locator("main form:has([name=code])").evaluate("form => form.noValidate = true")
        press(page, "Đăng nhập")
        found += faults(page, "mfa-authenticate-loi")
        _say(page, secret, "Đăng nhập", after=used)
        page.goto("/tai-khoan/bao-mat/xac-nhan/?next=/tai-khoan/")
        found += page_and_errors(page, "mfa-reauthenticate")
        _open(page, "/tai-khoan/bao-mat/ung-dung/go/")
        found += faults(page, "mfa-off")
        press(page, "Gỡ")
        page.goto("/tai-khoan/bao-mat/")
        assert "Chưa đặt" in page.locator("main").inner_text()
    assert not found, "\n".join(found)


def _recovery(page: Page) -> list[str]:
    _open(page, "/tai-khoan/bao-mat/du-phong/")
    found = faults(page, "mfa-recovery-codes")
    _open(page, "/tai-khoan/bao-mat/du-phong/moi/")
    found += faults(page, "mfa-recovery-new")
    press(page, "Lấy mã")
    assert page.locator("main code").count() > 1
    return found


def _open(page: Page, path: str) -> None:
    """Open a page of the account, with the password once more where the house asks for it."""
    page.goto(path)
    if page.url.partition("?")[0].endswith("/xac-nhan/"):
        page.fill("[name=password]", DEMO_PASSWORD)
        press(page, "Xác nhận")
    assert path in page.url, page.url


def _say(page: Page, secret: str, button: str, *, after: int = 0) -> int:
    """Type the code that the application shows now; return its period. A code serves once, so `after` is over."""
    page.wait_for_function(_FRESH, arg=after, timeout=2 * _PERIOD * 1000)
    period = int(time.time()) // _PERIOD
    page.fill("main [name=code]", _code_of(secret, period))
    press(page, button)
    assert not page.locator("main .error").count(), page.locator("main").inner_text()
    return period


def _code_of(secret: str, period: int) -> str:
    """The code of a period (RFC 6238)."""
    mark = hmac.digest(base64.b32decode(secret), period.to_bytes(8, "big"), "sha1")
    place = mark[-1] & 0xF
    number = int.from_bytes(mark[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number:010d}"[-_DIGITS:]


def _sign_out(page: Page) -> None:
    page.goto("/tai-khoan/")
    follow(page.get_by_role("button", name="Đăng xuất"))


def _take_in(page: Page) -> str:
    """Take a dossier in at the counter; return its code, its receipt open."""
    page.goto(f"/mot-cua/tiep-nhan/{BIRTH}/")
    return _fill_in(page)


def _fill_in(page: Page) -> str:
    page.fill("[name='owner.name']", KNOWN["name"])
    page.fill("[name='owner.personal_id']", KNOWN["personal_id"])
    page.fill("[name='owner.phone']", PHONE)
    for box in page.locator(".component[data-required] > .choice > input").all():
        box.check()
    press(page, "Chỉ tiếp nhận")
    if page.locator("[name=confirmed_duplicate]").count():
        page.locator("[name=confirmed_duplicate]").check()
        press(page, "Chỉ tiếp nhận")
    code = page.locator(".stub .code")
    assert code.count(), page.locator("main").inner_text()[:800]
    return code.inner_text()
