"""The counter: a whole receipt by keyboard, the screen that locks, a file over a line that is cut."""

import io
import random
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from motcua.project.demo.accounts import DEMO_PASSWORD
from tests.e2e.axe import faults
from tests.e2e.people import House
from tests.runtime.machine import Up

CARD = "022090001234|012345678|Trần Văn Đức|05091990|Nam|Tổ 3, Hồng Gai, Quảng Ninh|01012022"
OTHER = "022190005678||Lê Thị Mai|09091990|Nữ|Tổ 9, Hồng Gai, Quảng Ninh|01012022"
BIRTH = "/mot-cua/tiep-nhan/1.001193/"
SECONDS_IDLE = 6.0
#: Keys beside the letters that are typed; the same receipt without scripts takes more than five times as many.
MOST_KEYS = 12


@pytest.fixture(scope="module")
def wakeful(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    """An installation of its own, in which screens lock after a few seconds."""
    folder = tmp_path_factory.mktemp("counter") / "data"
    shutil.copytree(demo_folder, folder)
    with Up(folder, "--port", "18600", MOTCUA_IDLE_MINUTES=str(SECONDS_IDLE / 60)) as up:
        up.wait_until_open()
        yield House(f"http://localhost:{up.port}", browser, folder)


class Keys:
    """A keyboard that counts: each key that is not a letter of a word."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def go(self, key: str) -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.press(key)

    def tab_to(self, what: str) -> None:
        for _step in range(120):
            if self.page.evaluate("what => document.activeElement.matches(what)", what):
                return
            self.press("Tab")
        raise AssertionError(f"{self.page.url}: no way to {what} by Tab")

    def scan(self, text: str) -> None:
        """Type as a scanner does: all at once, with Enter at the end."""
        script = """text => { const to = document.activeElement || document.body;
          for (const key of [...text, "Enter"]) {
            const event = new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true});
            if (to.dispatchEvent(event) && key.length === 1 && "value" in to) to.value += key; } }"""
        self.page.evaluate(script, text)


def by_script(page: Page, name: str) -> int:
    keys = Keys(page)
    page.goto("/mot-cua/")
    keys.go("n")
    page.keyboard.type("dkks")
    expect(page.locator("[data-pick] .first").first).to_be_visible()
    keys.go("Enter")
    keys.scan(CARD.replace("Trần Văn Đức", name))
    expect(page.locator("[name='owner.name']")).to_have_value(name)
    expect(page.locator("[name='owner.phone']")).to_be_focused()
    page.keyboard.type("0912345678")
    keys.press("F8")
    keys.go("F9")
    if "confirmed_duplicate" in page.content():
        page.locator("[name=confirmed_duplicate]").focus()
        keys.press("Space")
        keys.go("F9")
    return keys.pressed


def by_tab(page: Page, name: str) -> int:
    keys = Keys(page)
    page.goto("/mot-cua/")
    keys.tab_to("a[href='/mot-cua/tiep-nhan/']")
    keys.go("Enter")
    keys.tab_to("a[href='/mot-cua/tiep-nhan/1.001193/']")
    keys.go("Enter")
    keys.tab_to("[name='owner.qr']")
    page.keyboard.type(CARD.replace("Trần Văn Đức", name))
    keys.go("Enter")
    keys.tab_to("[name='owner.phone']")
    page.keyboard.type("0912345678")
    for box in page.locator(".component[data-required] > .choice > input").all():
        keys.tab_to(f"#{(box.get_attribute('id') or '').replace('.', chr(92) + '.')}")
        keys.press("Space")
    keys.tab_to("button[value=forward]")
    keys.go("Enter")
    if "confirmed_duplicate" in page.content():
        keys.tab_to("[name=confirmed_duplicate]")
        keys.press("Space")
        keys.tab_to("button[value=forward]")
        keys.go("Enter")
    return keys.pressed


def test_a_whole_receipt_by_keyboard(house: House) -> None:
    with house.visitor("tiepnhan", javascript=True) as page:
        pressed = by_script(page, "Trần Văn Đức")
        assert page.url.endswith("/bien-nhan/"), page.locator("main").inner_text()[:800]
        assert pressed <= MOST_KEYS
        assert page.evaluate("document.activeElement.matches('[data-print]')")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("n")
        assert page.url.endswith("/mot-cua/tiep-nhan/")
        expect(page.locator("#thu-tuc")).to_be_focused()
    with house.visitor("tiepnhan") as page:
        plain = by_tab(page, "Phạm Văn An")
        assert page.url.endswith("/bien-nhan/"), page.locator("main").inner_text()[:800]
    assert plain > pressed * 5, (plain, pressed)


def test_the_scanner_is_heard_anywhere_and_letters_stay_letters(house: House) -> None:
    with house.visitor("tiepnhan", javascript=True) as page:
        keys = Keys(page)
        page.goto(BIRTH)
        note = page.locator("[name=abstract]")
        note.focus()
        page.keyboard.type("Nhận n, v, x? 1 bộ")
        assert note.input_value() == "Nhận n, v, x? 1 bộ"
        assert page.url.endswith(BIRTH)
        keys.scan(CARD)
        expect(page.locator("[name='owner.personal_id']")).to_have_value("022090001234")
        assert note.input_value() == "Nhận n, v, x? 1 bộ"
        keys.scan(CARD)
        expect(page.locator("#quet")).to_contain_text("đã được điền")
        keys.scan(OTHER)
        page.get_by_role("button", name="Điền vào người nộp").click()
        expect(page.locator("[name='submitter.name']")).to_have_value("Lê Thị Mai")
        expect(page.locator("[name='owner.name']")).to_have_value("Trần Văn Đức")
        keys.scan("022090001234|012|Tra6n Va8n|05091990|Nam|To 3|01012022")
        expect(page.locator("#quet")).to_contain_text("Bộ gõ tiếng Việt")
        page.locator("[name='owner.email']").focus()
        keys.press("Enter")
        assert page.url.endswith(BIRTH)
        assert page.locator(".summary").count() == 0
        keys.press("F1")
        expect(page.locator("#phim-tat")).to_be_visible()


def test_the_screen_locks_and_nothing_is_lost(wakeful: House) -> None:
    with wakeful.visitor("tiepnhan", javascript=True) as page:
        page.goto(BIRTH)
        page.locator("[name=abstract]").fill("Đang gõ dở")
        expect(page.locator("#khoa")).to_be_visible(timeout=20_000)
        assert not page.locator("[name=abstract]").is_visible()
        assert faults(page, "khoa-man-hinh") == []
        page.keyboard.type("sai bét")
        page.keyboard.press("Enter")
        expect(page.locator("#khoa-loi")).to_contain_text("chưa đúng")
        page.keyboard.type(DEMO_PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("#khoa")).to_have_count(0)
        assert page.locator("[name=abstract]").input_value() == "Đang gõ dở"
    with wakeful.visitor("tiepnhan") as page:
        page.goto(BIRTH)
        page.locator("[name='owner.name']").fill("Người đang khai")
        page.wait_for_timeout(SECONDS_IDLE * 1000 + 2000)
        page.get_by_role("button", name="Tiếp nhận và chuyển").click()
        page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Mở khóa").click()
        assert page.locator("[name='owner.name']").input_value() == "Người đang khai"
    with wakeful.visitor("tiepnhan", javascript=True) as page:
        page.goto(BIRTH)
        expect(page.locator("#khoa")).to_be_visible(timeout=20_000)
        page.reload()
        assert "Màn hình" in page.locator("main").inner_text()
        assert faults(page, "khoa-trang") == []


def test_a_file_goes_on_where_the_line_was_cut(house: House) -> None:
    noise, out = Image.frombytes("RGB", (400, 400), random.Random(7).randbytes(480_000)), io.BytesIO()
    noise.save(out, "PNG")
    content: FilePayload = {"name": "giay-chung-sinh.png", "mimeType": "image/png", "buffer": out.getvalue()}
    sent: list[int] = []
    with house.visitor("tiepnhan", javascript=True) as page:
        page.goto(BIRTH)

        def line(route: Route) -> None:
            if route.request.method == "PUT":
                offset = int(re.findall(r"tu=(\d+)", route.request.url)[0])
                sent.append(offset)
                if len(sent) in {2, 3}:
                    route.abort("connectionreset")
                    return
            route.continue_()

        page.route("**/tep/**", line)
        page.locator("input[type=file][data-tep][name]").first.set_input_files(content)
        expect(page.locator(".kept")).to_contain_text("đã tải lên", timeout=40_000)
        assert (page.locator(".kept input").first.get_attribute("name") or "").endswith("__tai")
    assert sent[0] == 0
    assert len(sent) > 3
    assert all(later >= earlier for earlier, later in pairwise(sent))
