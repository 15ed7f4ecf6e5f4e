"""A citizen gets a signed result, proves it, shares it, sees who looked, and hands it in again without a copy."""

import io
import re
import time
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page
from pyhanko.pdf_utils.generic import NameObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.e2e import citizen, officer
from tests.e2e.axe import faults
from tests.e2e.citizen import SINGLE, STEP, press
from tests.e2e.people import House, follow
from tests.e2e.sheets import photo, picture
from tests.e2e.test_weight import Scales

DRAFT = "Xác nhận bà Nguyễn Thị Hoa Ban chưa đăng ký kết hôn với ai."
NAME, NUMBER = "Nguyễn Thị Hoa Ban", "022190123456"
PIN = "12345678"
PATIENCE_SECONDS = 240


@pytest.fixture(scope="module")
def result(house: House) -> str:
    """The code of a dossier whose result was signed by the leader and sealed by the clerk of the agency."""
    return _signed_and_sealed(house)


def _signed_and_sealed(house: House) -> str:
    with house.visitor("congdan") as page:
        citizen.tidy(page)
        code = citizen.hand_in(page, SINGLE)
    with house.visitor("tiepnhan") as page:
        officer.receive(page, code)
    with house.visitor("chuyenvien") as page:
        officer.appraise(page, code, DRAFT)
    with house.visitor("lanhdao") as page:
        _sign(page, "/mot-cua/ky-so/", code, "Ký số", "Đã ký 1/1 văn bản")
    with house.visitor("vanthu") as page:
        _sign(page, "/mot-cua/dong-dau/", code, "Đóng dấu số, phát hành", "Đã đóng dấu 1/1 văn bản")
    return code


def _sign(page: Page, queue: str, code: str, button: str, done: str) -> None:
    """Sign this one paper of the queue."""
    page.goto(queue)
    for box in page.locator("input[name=lam]:checked").all():
        box.uncheck()
    page.locator("ul.tosign li").filter(has_text=code).locator("input[name=lam]").check()
    page.get_by_label("PIN của khóa ký").fill(PIN)
    press(page, button)
    until = time.monotonic() + PATIENCE_SECONDS
    while done not in page.locator("h1").inner_text():
        assert time.monotonic() < until, page.locator("main").inner_text()[:800]
        page.wait_for_timeout(500)
        page.goto(page.url)


def _stored(house: House) -> str:
    """The address of the newest paper in the citizen's store, once the house has put it there."""
    until = time.monotonic() + PATIENCE_SECONDS
    with house.visitor("congdan") as page:
        while True:
            page.goto("/kho-giay-to/")
            first = page.locator("main ul.list a", has_text="tình trạng hôn nhân")
            if first.count():
                return str(first.first.get_attribute("href"))
            assert time.monotonic() < until, page.locator("main").inner_text()
            page.wait_for_timeout(500)


def test_the_result_proves_itself(house: House, result: str, tmp_path: Path) -> None:
    found: list[str] = []
    address = _stored(house)
    with house.visitor("congdan", javascript=True) as page:
        page.goto("/kho-giay-to/")
        found += faults(page, "kho-giay-to")
        page.goto(address)
        found += faults(page, "kho-mot-giay")
        told = page.locator("main").inner_text()
        assert "Còn hiệu lực" in told
        assert result in page.content() or NAME in told
        text = _qr_on(page)
        paper = _fetched(page, f"{address}tep/", tmp_path / "ket-qua.pdf")
        slip = _fetched(page, f"{address}phieu-xac-thuc.pdf", tmp_path / "phieu.pdf")
    assert text in _codes_in(slip)
    with house.visitor(javascript=True) as page:
        page.goto(f"/K/{text.rpartition('/')[2]}")
        found += faults(page, "kiem-tra-ma-qr")
        told = page.locator("main").inner_text()
        assert "Giấy này có thật" in told
        assert "ba số cuối 456" in told
        assert NUMBER not in told
        found += _dropped(page, paper, "kiem-tra-tep", "còn nguyên vẹn|Đúng là tệp .* đã cấp, không bị sửa")
        found += _dropped(page, _tampered(paper, tmp_path / "sua.pdf"), "kiem-tra-tep-sua", "Không được tin giấy này")
        told = page.locator("main").inner_text()
        assert "Sau chữ ký này, tệp đã thay đổi" in told
        found += _without_a_network(page, text)
    assert not found, "\n".join(found)


def _qr_on(page: Page) -> str:
    """What a phone reads from the QR code on the screen."""
    shot = page.locator(".qr-box svg").screenshot()
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(shot)).resize((900, 900)))
    assert code.text.startswith("HTTP://LOCALHOST")
    return str(code.text)


def _codes_in(paper: Path) -> list[str]:
    page = pypdfium2.PdfDocument(paper)[0]
    return [str(one.text) for one in zxingcpp.read_barcodes(page.render(scale=3).to_pil())]


def _fetched(page: Page, address: str, to: Path) -> Path:
    answer = page.context.request.get(address)
    assert answer.status == 200, address
    to.write_bytes(answer.body())
    return to


def _dropped(page: Page, paper: Path, name: str, headline: str) -> list[str]:
    page.goto("/kiem-tra/")
    found = faults(page, "kiem-tra") if name == "kiem-tra-tep" else []
    page.locator("input[type=file]").set_input_files(paper)
    press(page, "Kiểm tra")
    assert re.search(headline, page.locator(".verdict h1").inner_text()), page.locator("main").inner_text()[:1500]
    return found + faults(page, name)


def _tampered(paper: Path, to: Path) -> Path:
    """The paper with other words laid over its first page, as a forger does it: added behind the signatures."""
    writer = IncrementalPdfFileWriter(io.BytesIO(paper.read_bytes()))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    more = StreamObject(stream_data=b"q 1 0 0 rg 100 500 300 60 re f Q")
    page[NameObject("/Contents")] = writer.add_object(more)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    to.write_bytes(out.getvalue())
    return to


def _without_a_network(page: Page, text: str) -> list[str]:
    page.goto("/kiem-tra/ngoai-tuyen/")
    found = faults(page, "kiem-tra-ngoai-tuyen")
    page.context.set_offline(True)
    page.get_by_label("Nội dung mã QR").fill(text)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    page.get_by_text("Mã QR này là thật").wait_for()
    found += faults(page, "kiem-tra-ngoai-tuyen-that")
    last = text[-9]
    page.get_by_label("Nội dung mã QR").fill(text[:-9] + ("A" if last != "A" else "B") + text[-8:])
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    page.get_by_text("Không được tin mã QR này.").wait_for()
    page.context.set_offline(False)
    return found


def test_the_holder_shares_and_sees_who_looked(house: House, result: str) -> None:
    assert result
    found: list[str] = []
    address = _stored(house)
    with house.visitor("congdan", javascript=True) as page:
        page.goto(address)
        follow(page.get_by_role("link", name="Chia sẻ giấy này"))
        found += faults(page, "kho-chia-se")
        page.get_by_label("Bất kỳ ai có đường dẫn").check()
        page.get_by_label("Để làm gì?").fill("Vay vốn ngân hàng")
        page.get_by_label("Họ tên đầy đủ của tôi").check()
        press(page, "Chia sẻ")
        link = page.get_by_label("Đường dẫn gửi cho người nhận").first.input_value()
        found += faults(page, "kho-da-chia-se")
    with house.visitor("diachinh", javascript=True) as page:
        page.goto("/chia-se/" + link.partition("/chia-se/")[2])
        told = page.locator("main").inner_text()
        assert NAME in told
        assert NUMBER not in told
        found += faults(page, "xem-chia-se")
        scales = Scales(page)
        scales.go(page.url)
        assert not scales.heavy
    with house.visitor("congdan") as page:
        scales = Scales(page)
        for path in (address, f"{address}chia-se/", "/kho-giay-to/"):
            scales.go(path)
        assert not scales.heavy
        page.goto(address)
        told = page.locator("main").inner_text()
        assert "Đinh Quốc Bảo" in told
        assert "Được chia sẻ: Vay vốn ngân hàng" in told
        picture(page, "kho-ai-da-xem")
        press(page, "Dừng chia sẻ Vay vốn ngân hàng")
    with house.visitor() as page:
        page.goto("/chia-se/" + link.partition("/chia-se/")[2])
        assert "đã dừng chia sẻ" in page.locator("main").inner_text()
    assert not found, "\n".join(found)


def test_the_next_dossier_needs_no_copy(house: House, result: str) -> None:
    assert result
    with house.visitor("congdan", javascript=True) as page:
        citizen.tidy(page)
        page.goto(f"/thu-tuc/{SINGLE}/nop/")
        citizen.begin(page)
        page.locator("[name=case][value=reissue]").check()
        citizen.say_where(page)
        citizen.say_who(page)
        citizen.say_about_me(page)
        citizen.declare(page, "reissue")
        button = page.get_by_role("button", name=re.compile("^Lấy từ kho giấy tờ"))
        found = faults(page, "nop-lay-tu-kho")
        follow(button.first)
        assert "lấy từ kho giấy tờ" in page.locator("main").inner_text()
        for chooser in page.locator("input[type=file]").all():
            if not chooser.locator("xpath=..").locator("ul.papers").count():
                chooser.set_input_files(photo())
        found += faults(page, "nop-da-lay-tu-kho")
        press(page, STEP)
        citizen.say_how_to_get_it(page)
        code = citizen.confirm(page)
    with house.visitor("tiepnhan", javascript=True) as page:
        officer.open_dossier(page, code)
        told = page.locator("main").inner_text()
        assert "Tái sử dụng kết quả" in told
        assert "Lấy từ kho giấy tờ" in told
        found += faults(page, "mot-cua-lay-tu-kho")
        page.goto("/mot-cua/ket-qua-dien-tu/")
        found += faults(page, "mot-cua-so-ket-qua")
        follow(page.locator("main table a").first)
        found += faults(page, "mot-cua-mot-ket-qua")
    assert not found, "\n".join(found)


def test_a_clerk_opens_the_store_of_an_organisation(house: House, result: str) -> None:
    assert result
    found: list[str] = []
    with house.visitor("tiepnhan", javascript=True) as page:
        page.goto("/mot-cua/dai-dien-to-chuc/")
        found += faults(page, "mot-cua-dai-dien")
        page.get_by_label("Mã số thuế").fill("0100109106")
        page.get_by_label("Tên tổ chức").fill("Công ty TNHH Hạ Long Xanh")
        page.get_by_label("Số định danh của người đại diện").fill(NUMBER)
        page.get_by_label("Người đại diện theo pháp luật").check()
        page.get_by_label("Giấy tờ đã xem").fill("Giấy chứng nhận đăng ký doanh nghiệp 0100109106")
        press(page, "Xác nhận")
        assert "từ nay mở được kho" in page.locator("body").inner_text()
        found += faults(page, "mot-cua-dai-dien-da-ghi")
    with house.visitor("congdan", javascript=True) as page:
        page.goto("/kho-giay-to/")
        follow(page.get_by_role("link", name="Công ty TNHH Hạ Long Xanh"))
        assert "Kho giấy tờ của Công ty TNHH Hạ Long Xanh" in page.locator("h1").inner_text()
        found += faults(page, "kho-to-chuc")
    assert not found, "\n".join(found)


def test_a_revoked_result_is_told_to_its_holder(house: House, result: str) -> None:
    address = _stored(house)
    with house.visitor("lanhdao", javascript=True) as page:
        page.goto(f"/mot-cua/ket-qua-dien-tu/?q={result}")
        follow(page.locator("main table a").first)
        issued_on = page.locator("dl.kv div", has_text="Ngày cấp").locator("dd").inner_text()
        page.get_by_label("Số quyết định thu hồi").fill("9/QĐ-UBND")
        page.get_by_label("Ngày quyết định").fill(issued_on)
        page.get_by_label("Lý do").fill("Cấp nhầm người")
        press(page, "Thu hồi")
        found = faults(page, "mot-cua-ket-qua-thu-hoi")
    until = time.monotonic() + PATIENCE_SECONDS
    with house.visitor("congdan", javascript=True) as page:
        page.goto(address)
        assert "Lý do: Cấp nhầm người" in page.locator("main").inner_text()
        found += faults(page, "kho-giay-bi-thu-hoi")
        while "Giấy tờ bị thu hồi" not in page.locator("main").inner_text():
            assert time.monotonic() < until
            page.wait_for_timeout(500)
            page.goto("/thong-bao/")
    assert not found, "\n".join(found)
