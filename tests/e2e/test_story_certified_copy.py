"""Electronic certified copies: two papers compared, certified at one gesture, sealed at one, kept by their owner.

Then their book: printed, corrected, closed and opened again; a certified signature entered beside them.
"""

import io
import re
import subprocess
import time
from pathlib import Path

from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from tests import scans
from tests.e2e.axe import faults
from tests.e2e.cashier import fill, take_in
from tests.e2e.citizen import KNOWN, press
from tests.e2e.people import House, follow
from tests.e2e.sheets import look_at_paper, words_of
from tests.pki import PIN

CLERK, SPECIALIST, LEADER, SEALER, CITIZEN = "tiepnhan", "chuyenvien", "lanhdao", "vanthu", "congdan"
COPIES = "2.000815"
PAPERS = ("Giấy chứng sinh số 0123/2026/CS", "Giấy ủy quyền ngày 20/11/2026")
SECONDS = 240


def test_electronic_copies_and_their_book(house: House, tmp_path: Path) -> None:
    found: list[str] = []
    person = (KNOWN["name"], KNOWN["personal_id"])
    with house.visitor(CLERK, javascript=True) as page:
        codes = [take_in(page, COPIES, person, case_key="electronic") for _ in PAPERS]
        found += _enter_a_signature(page, codes[0])
    with house.visitor(SPECIALIST, javascript=True) as page:
        for code, name in zip(codes, PAPERS, strict=True):
            found += _compare(page, code, name)
    with house.visitor(LEADER, javascript=True) as page:
        page.goto("/mot-cua/ky-so/")
        follow(page.get_by_role("link", name="Ký chứng thực bản sao điện tử"))
        found += _sign_all(page, "Ký chứng thực", "Đã ký 2/2 văn bản", "ban-sao-ky")
    with house.visitor(SEALER, javascript=True) as page:
        page.goto("/mot-cua/dong-dau/")
        follow(page.get_by_role("link", name="Đóng dấu bản sao điện tử"))
        found += _sign_all(page, "Đóng dấu", "Đã đóng dấu 2/2 văn bản", "ban-sao-dong-dau")
        page.goto(f"/mot-cua/chung-thuc/dien-tu/{codes[0]}/")
        assert "Lúc này bản sao không chờ việc nào của bạn." in page.locator("main").inner_text()
        found += faults(page, "ban-sao-xong")
    with house.visitor(LEADER, javascript=True) as page:
        found += _keep_the_book(page)
    found += _the_owner_has_it(house, tmp_path / "ban-sao.pdf")
    assert not found, "\n".join(found)


def _compare(page: Page, code: str, name: str) -> list[str]:
    page.goto(f"/mot-cua/chung-thuc/dien-tu/{code}/")
    found = faults(page, "ban-sao-dien-tu")
    sheet = scans.scanned(scans.drawn(scans.birth_certificate("NGUYỄN THỊ HOA")), skew=1)
    original = scans.stack([sheet, scans.back()])
    page.locator("[name=scan]").set_input_files({"name": "bang.pdf", "mimeType": "application/pdf", "buffer": original})
    press(page, "Đưa bản quét vào đối chiếu")
    _wait_for(page, "Đối chiếu bản quét với bản chính")
    page.locator("[name=paper_name]").fill(name)
    press(page, "Đúng với bản chính, lấy số, trình ký")  # nothing was ticked yet: nothing is certified
    assert "Chưa xác nhận" in page.locator(".summary").inner_text()
    found += faults(page, "ban-sao-doi-chieu")
    for box in page.locator("[name=checks]").all():
        box.check()
    assert page.locator("[name=paper_name]").input_value() == name
    press(page, "Đúng với bản chính, lấy số, trình ký")
    assert "trình ký chứng thực" in page.locator("body").inner_text()
    return found + faults(page, "ban-sao-da-trinh")


def _wait_for(page: Page, heading: str) -> None:
    until = time.monotonic() + SECONDS
    while not page.get_by_role("heading", name=heading).count():
        assert time.monotonic() < until, page.locator("main").inner_text()
        with page.expect_navigation():  # the page renews itself while the stack is read
            pass


def _enter_a_signature(page: Page, code: str) -> list[str]:
    page.goto(f"/mot-cua/chung-thuc/ghi-so/{code}/")
    found = faults(page, "ghi-so")
    press(page, "Ghi sổ, lấy số")
    found += faults(page, "ghi-so-loi")
    fill(page, {"kind": "signature", "paper_name": "Giấy ủy quyền nhận lương hưu", "copies": "2", "fee": "10000"})
    press(page, "Ghi sổ, lấy số")
    told = page.locator("main").inner_text()
    assert "Giấy ủy quyền nhận lương hưu" in told, told
    return found


def _sign_all(page: Page, button: str, done: str, name: str) -> list[str]:
    """One PIN, one press: only our two copies."""
    found = faults(page, name)
    for line in page.locator("ul.tosign li").all():
        if not any(paper in line.inner_text() for paper in PAPERS):
            line.locator("input[name=lam]").uncheck()
    page.get_by_label("PIN của khóa ký").fill("1")
    press(page, button)
    assert "PIN" in page.locator(".summary").inner_text()
    page.get_by_label("PIN của khóa ký").fill(PIN)
    press(page, button)
    until = time.monotonic() + SECONDS
    while done not in page.locator("h1").inner_text():
        assert time.monotonic() < until, page.locator("main").inner_text()[:800]
        page.wait_for_timeout(500)
        page.goto(page.url)
    return found + faults(page, f"{name}-xong")


def _keep_the_book(page: Page) -> list[str]:
    page.goto("/mot-cua/chung-thuc/so/")
    found = faults(page, "cac-so-chung-thuc")
    follow(page.locator("main table a", has_text="Bản sao từ bản chính").first)
    book = page.url
    page.locator("[name=tim]").fill(PAPERS[0])
    press(page, "Tìm trong sổ")
    line = page.locator("main tbody tr")
    assert line.count() == 1, page.locator("main").inner_text()
    assert PAPERS[0] in line.inner_text()
    follow(line.get_by_role("link", name=re.compile("Đính chính")))
    found += faults(page, "so-dinh-chinh")
    press(page, "Ghi đính chính")
    found += faults(page, "so-dinh-chinh-loi")
    fill(page, {"field": "paper_name", "value": f"{PAPERS[0]}, bản thứ hai", "reason": "Ghi thiếu lần cấp"})
    press(page, "Ghi đính chính")
    told = page.locator("main").inner_text()
    assert f"trước ghi «{PAPERS[0]}», Ghi thiếu lần cấp" in told
    found += faults(page, "so-chung-thuc")
    _print_the_book(page, book)
    return found + _close_and_open(page, book)


def _print_the_book(page: Page, book: str) -> None:
    printed = words_of(page, f"{book.rstrip('/')}.pdf", order="-raw")
    assert f"{PAPERS[0]}, bản thứ hai" in printed
    assert "Ghi thiếu lần cấp" in printed
    look_at_paper(page, f"{book.rstrip('/')}.pdf", "so-in")
    answer = page.context.request.get(f"{book.rstrip('/')}.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.body())).get_sheet_by_index(0).to_python()
    numbers = [int(row[0]) for row in rows if isinstance(row[0], float)]
    assert len(numbers) >= len(PAPERS)
    assert numbers == list(range(1, len(numbers) + 1))  # no gap
    assert [row[4] for row in rows].count(f"{PAPERS[0]}, bản thứ hai") == 1


def _close_and_open(page: Page, book: str) -> list[str]:
    page.goto(book)
    press(page, "Khóa sổ")
    assert "Sổ đã khóa lúc" in page.locator("main").inner_text()
    found = faults(page, "so-da-khoa")
    press(page, "Mở lại sổ")
    found += faults(page, "so-da-khoa-loi")
    assert page.locator(".summary").count()
    page.locator("[name=reason]").fill("Khóa nhầm trước hết năm")
    press(page, "Mở lại sổ")
    assert "Khóa sổ" in page.locator("main").inner_text()
    return found


def _the_owner_has_it(house: House, paper: Path) -> list[str]:
    until = time.monotonic() + SECONDS
    with house.visitor(CITIZEN, javascript=True) as page:
        while True:
            page.goto("/kho-giay-to/")
            mine = page.locator("main ul.list a", has_text="Bản sao chứng thực: ")
            if mine.count() == len(PAPERS):
                break
            assert time.monotonic() < until, page.locator("main").inner_text()
            page.wait_for_timeout(500)
        found = faults(page, "kho-ban-sao")
        follow(mine.first)
        found += faults(page, "kho-mot-ban-sao")
        look_at_paper(page, f"{page.url}tep/", "ban-sao")
        answer = page.context.request.get(f"{page.url}tep/")
        assert answer.status == 200
        paper.write_bytes(answer.body())
    told = subprocess.run(["pdfsig", "-nocert", str(paper)], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid") == 2, told
    with house.visitor(javascript=True) as page:
        page.goto("/kiem-tra/")
        page.locator("input[type=file]").set_input_files(paper)
        press(page, "Kiểm tra")
        told = page.locator("main").inner_text()
        assert re.search("còn nguyên vẹn|Đúng là tệp .* đã cấp, không bị sửa", told), told[:1500]
        found += faults(page, "kiem-tra-ban-sao")
    return found
