"""What the citizen does, page by page, the way a person does it: by the words on the page."""

import re

from playwright.sync_api import Page

from tests.e2e.declaration import fill_in_declaration
from tests.e2e.people import follow
from tests.e2e.sheets import photo, picture, scan

BIRTH, ADOPTION, SINGLE = "1.001193", "2.001263", "1.004873"
WARD = "phường Hồng Gai"
PHONE = "0912345678"
KNOWN = {"name": "Nguyễn Thị Hoa Ban", "personal_id": "022190123456"}
STEP = "Lưu và tiếp tục"


def press(page: Page, words: str) -> None:
    """Press the button with exactly these words."""
    follow(page.get_by_role("button", name=words, exact=True))


def at(page: Page, heading: str) -> None:
    """Check that the page with this heading is open."""
    found = page.locator("h1").inner_text()
    assert heading in found, f"{page.url}: {found}"


def find(page: Page, words: str, code: str) -> None:
    """Find a procedure by one's own words and open its hand-in."""
    page.goto("/")
    page.get_by_role("searchbox").fill(words)
    press(page, "Tìm")
    picture(page, f"cong-dan-tim-{code}")
    first = page.locator("main ul.list a").first
    assert code in (first.get_attribute("href") or ""), first.inner_text()
    follow(first)
    follow(page.get_by_role("link", name="Nộp hồ sơ", exact=True))


def open_draft(page: Page, code: str) -> str:
    """Open the draft of a procedure; return the address of its folder."""
    page.goto(f"/thu-tuc/{code}/nop/")
    begin(page)
    return page.url.removesuffix("noi-nop/")


def tidy(page: Page) -> None:
    """Throw every unfinished dossier away."""
    page.goto("/ho-so/")
    while (old := page.locator("main form[action$='/xoa/'] button")).count():
        follow(old.first)


def begin(page: Page) -> None:
    """Press the one button of the first page, whether it begins or goes on."""
    follow(page.locator("main form button.big"))


def say_where(page: Page) -> None:
    """The agency, and the first case when there are several."""
    at(page, "Nơi giải quyết")
    agency = page.locator("[name=agency]")
    if agency.first.evaluate("it => it.tagName") == "SELECT":
        agency.select_option(label=next(one for one in agency.locator("option").all_inner_texts() if WARD in one))
    elif agency.first.get_attribute("type") == "radio":
        page.get_by_label(re.compile(WARD)).check()
    chosen = page.locator("[name=case]:checked")
    if page.locator("[name=case][type=radio]").count() and not chosen.count():
        page.locator("[name=case]").first.check()
    press(page, STEP)


def say_who(page: Page) -> None:
    """For oneself."""
    at(page, "Nộp cho ai")
    page.get_by_label("Cho chính tôi").check()
    press(page, STEP)


def say_about_me(page: Page) -> None:
    """Name and number are known from the account, unless they were wiped out; the telephone is typed."""
    at(page, "Thông tin")
    for name, value in KNOWN.items():
        if not page.locator(f"[name=owner-{name}]").input_value():
            page.fill(f"[name=owner-{name}]", value)
    if not page.locator("[name=owner-address]").input_value():
        page.fill("[name=owner-address]", "Tổ 3, khu 2")
    page.fill("[name=owner-phone]", PHONE)
    press(page, STEP)


def declare(page: Page, case: str = "") -> None:
    """The e-form, where the procedure has one."""
    fill_in_declaration(page, case)


def give_papers(page: Page) -> None:
    """A scan for the first paper, photos for all others."""
    at(page, "Giấy tờ")
    for number, chooser in enumerate(page.locator("input[type=file]").all()):
        chooser.set_input_files([scan("to-khai.pdf"), photo("trang-2.jpg")] if number == 0 else photo())
    press(page, STEP)


def say_how_to_get_it(page: Page) -> None:
    """At the desk."""
    at(page, "Nhận kết quả")
    page.get_by_role("radio", name=re.compile("^Tại Bộ phận Một cửa")).check()
    press(page, STEP)


def answer_all(page: Page) -> None:
    """Everything up to the last page."""
    begin(page)
    for answer in (say_where, say_who, say_about_me, declare, give_papers, say_how_to_get_it):
        picture(page, f"cong-dan-{answer.__name__}")
        answer(page)
    at(page, "Xem lại và nộp")


def confirm(page: Page) -> str:
    """Hand in; return the code of the new dossier. A second dossier of the same kind is confirmed once more."""
    page.get_by_label("Tôi đã xem lại").check()
    press(page, "Nộp hồ sơ")
    if page.get_by_label("Tôi vẫn muốn nộp thêm").count():
        page.get_by_label("Tôi vẫn muốn nộp thêm").check()
        page.get_by_label("Tôi đã xem lại").check()
        press(page, "Nộp hồ sơ")
    at(page, "Đã nộp hồ sơ")
    return page.locator(".stub .code").inner_text()


def hand_in(page: Page, code: str) -> str:
    """A whole dossier by the shortest way; return its code."""
    page.goto(f"/thu-tuc/{code}/nop/")
    answer_all(page)
    return confirm(page)
