"""Digitising at the counter: sheets printed, ten pages dropped as one stack, read, looked through, signed, used."""

import re
import subprocess
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload, Page

from tests import scans
from tests.e2e import officer
from tests.e2e.axe import faults
from tests.e2e.cashier import take_in
from tests.e2e.citizen import BIRTH, press
from tests.e2e.people import House
from tests.e2e.sheets import words_of
from tests.pki import PIN

CLERK, SPECIALIST = "tiepnhan", "chuyenvien"
MOTHER = "NGUYỄN THỊ HOA"
PERSON = ("Phùng Thị Lựu", "022193004477")
SECONDS = 240


def test_a_clerk_digitises_ten_pages(house: House, tmp_path: Path) -> None:
    found: list[str] = []
    with house.visitor(CLERK, javascript=True) as page:
        code = take_in(page, BIRTH, PERSON)
        home = f"/mot-cua/so-hoa/ho-so/{code}/"
        page.goto(home)
        found += faults(page, "so-hoa-ho-so")
        page.locator("[name=scan]").set_input_files(_stack(page, home))
        press(page, "Đọc xấp giấy")
        _wait_until_read(page)
        found += faults(page, "so-hoa-xac-nhan")
        _arrange_and_confirm(page)
        page.goto("/mot-cua/so-hoa/")
        found += faults(page, "so-hoa")
    with house.visitor(SPECIALIST) as page:
        _the_officer_opens_it(page, code, tmp_path)
    assert not found, "\n".join(found)


def _stack(page: Page, home: str) -> FilePayload:
    """Two papers of ten pages in all behind their printed sheets, some upside down, aslant, with empty backs."""
    form, birth = scans.drawn(scans.proxy_paper(2)), scans.drawn(scans.birth_certificate(MOTHER))
    pages = [
        _sheet(page, home, "to-khai"),
        *(scans.scanned(form, skew=skew, turn=turn) for skew, turn in ((1.0, 0), (0.0, 180), (-2.0, 0), (0.5, 0))),
        scans.back(),
        _sheet(page, home, "giay-chung-sinh"),
        scans.scanned(birth, skew=-1.5),
        *(scans.scanned(form, skew=skew) for skew in (0.4, -0.8, 0.0, 1.2, -1.0)),
    ]
    return {"name": "quet.pdf", "mimeType": "application/pdf", "buffer": scans.stack(pages)}


def _sheet(page: Page, home: str, key: str) -> Image.Image:
    answer = page.context.request.get(f"{home}to-phan-cach.pdf?giay={key}")
    assert answer.status == 200
    return scans.scanned(scans.drawn(answer.body()), skew=2, turn=180)


def _wait_until_read(page: Page, heading: str = "Xem và xác nhận bản quét") -> None:
    until = time.monotonic() + SECONDS
    while not page.get_by_role("heading", name=heading).count():
        assert time.monotonic() < until, page.locator("main").inner_text()
        assert "Đang đọc" in page.locator("h1").inner_text(), page.locator("main").inner_text()
        with page.expect_navigation():  # the page renews itself while the stack is read
            pass


def _arrange_and_confirm(page: Page) -> None:
    text = page.locator("main").inner_text()
    assert "Tờ khai đăng ký khai sinh (4 trang)" in text
    assert "Giấy chứng sinh (6 trang)" in text
    mother = page.locator("[name='giay-chung-sinh.0.mother_name']")
    assert mother.input_value() == MOTHER
    assert page.locator("[name='giay-chung-sinh.0.child_born']").input_value() == "20/11/2026"
    assert page.locator("[name='giay-chung-sinh.0.mother_personal_id']").input_value() == "022196001234"
    mother.fill("Nguyễn Thị Hoa")
    page.locator("[name=pin]").fill("1")
    press(page, "Xác nhận, ký số 2 giấy tờ")
    assert "PIN" in page.locator(".summary").inner_text()
    assert mother.input_value() == "Nguyễn Thị Hoa"
    page.locator("[name=pin]").fill(PIN)
    press(page, "Xác nhận, ký số 2 giấy tờ")
    assert "Đã số hóa 2 giấy tờ, đã ký số." in page.locator("body").inner_text()


def _the_officer_opens_it(page: Page, code: str, folder: Path) -> None:
    officer.open_dossier(page, code)
    main = page.locator("main")
    assert main.inner_text().count("Được số hóa") == 2
    link = main.get_by_role("link", name=re.compile(r"giay-chung-sinh\.pdf")).first
    url = (link.get_attribute("href") or "").partition("?")[0]
    assert MOTHER in words_of(page, url)
    paper = folder / "paper.pdf"
    paper.write_bytes(page.context.request.get(url).body())
    told = subprocess.run(["pdfsig", "-nocert", str(paper)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in told
