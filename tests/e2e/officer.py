"""What officers do with a dossier, by the words on their buttons."""

from playwright.sync_api import Page

from tests.e2e.citizen import press
from tests.e2e.people import follow
from tests.e2e.sheets import photo, picture, scan


def open_dossier(page: Page, code: str) -> None:
    """Find the dossier by its code from the list of one's work."""
    page.goto("/mot-cua/")
    page.get_by_role("searchbox").fill(code)
    press(page, "Tìm")
    if page.url.partition("?")[0].endswith("/tim/"):
        follow(page.get_by_role("link", name=code))
    assert page.url.endswith(f"/mot-cua/ho-so/{code}/"), page.url


def choose(page: Page, code: str, act: str) -> None:
    """Open the form of an act."""
    open_dossier(page, code)
    picture(page, f"can-bo-truoc-{act}")
    follow(page.locator(".acts").get_by_role("link", name=act).first)


def did(page: Page, words: str) -> None:
    """Check that the act was done: the dossier is shown again with these words."""
    told = page.locator("main").inner_text()
    assert words in told, f"{page.url}: {told[:600]}"


def receive(page: Page, code: str) -> None:
    """Receive and pass on in one go."""
    choose(page, code, "Tiếp nhận")
    press(page, "Tiếp nhận và chuyển")
    did(page, "Đã tiếp nhận và chuyển xử lý hồ sơ.")


def assign(page: Page, code: str, name: str) -> None:
    """Give the dossier to one handler."""
    choose(page, code, "Phân công")
    page.get_by_label(name).check()
    page.get_by_label("Ý kiến chỉ đạo").fill("Xem kỹ lý lịch.")
    press(page, "Phân công")
    did(page, "Đã phân công thụ lý.")


def appraise(page: Page, code: str, text: str) -> None:
    """Write an opinion and a draft of the result, and submit both."""
    choose(page, code, "Thẩm định")
    page.get_by_label("Ý kiến thẩm định").fill("Hồ sơ đủ và hợp lệ.")
    press(page, "Điền mẫu dự thảo từ hồ sơ")
    draft = page.locator("[name=text]")
    assert code in draft.input_value() or "Căn cứ" in draft.input_value()
    draft.fill(text)
    page.locator("input[type=file]").first.set_input_files(scan("du-thao.pdf"))
    press(page, "Trình kết quả")
    did(page, "Đã trình dự thảo kết quả.")


def forward(page: Page, code: str) -> None:
    """Pass the dossier on to the next step."""
    choose(page, code, "Chuyển đến")
    press(page, "Chuyển")
    did(page, "Đã chuyển hồ sơ đến bước")


def approve(page: Page, code: str, text: str) -> None:
    """Read the very draft and approve it."""
    choose(page, code, "Phê duyệt")
    assert text in page.locator("main").inner_text()
    follow(page.locator("main form button", has_text="Phê duyệt"))
    did(page, "Đã phê duyệt kết quả.")


def seal(page: Page, code: str, number: str) -> None:
    """Give the number and the scan of the sealed result."""
    choose(page, code, "đóng dấu")
    page.get_by_label("Số", exact=True).fill(number)
    page.locator("input[type=file]").first.set_input_files(photo("ket-qua.jpg"))
    press(page, "Cấp số, đóng dấu")
    did(page, "Đã cấp số, đóng dấu")


def collect(page: Page, code: str) -> None:
    """Take what is owed, if anything is."""
    open_dossier(page, code)
    if page.locator(".acts").get_by_role("link", name="Thu phí, lệ phí").count():
        choose(page, code, "Thu phí, lệ phí")
        press(page, "Đã thu tiền, lập biên lai")


def deliver(page: Page, code: str) -> None:
    """Give the result to the owner, who has paid what was owed, and signs."""
    choose(page, code, "Trả kết quả")
    page.get_by_label("Người nhận đã ký nhận bằng tay").check()
    press(page, "Trả kết quả, lập giấy biên nhận")
    did(page, "Đã trả kết quả")


def ask(page: Page, code: str) -> None:
    """Ask for the first thing that can lack."""
    choose(page, code, "Yêu cầu bổ sung")
    page.locator("[name='grounds.0.code']").select_option(index=1)
    press(page, "Gửi yêu cầu bổ sung (Mẫu 02)")


def play(page: Page, code: str, slug: str, **typed: str) -> None:
    """Do any act by its address: type what is said (`owner__name` for `owner.name`), press its button."""
    page.goto(f"/mot-cua/ho-so/{code}/{slug}/")
    for name, value in typed.items():
        field = page.locator(f"main form [name='{name.replace('__', '.')}']")
        kind = field.first.evaluate("it => it.type")
        if kind in {"radio", "checkbox"}:
            page.locator(f"main form [name='{name.replace('__', '.')}'][value='{value}']").check()
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)
    follow(page.locator("main form:has([name=revision]) .row button").first)
    assert page.url.endswith(f"/ho-so/{code}/"), page.locator("main").inner_text()[:900]


def say_why(page: Page, purpose: str) -> None:
    """Say what a dossier is looked at for, where the house asks."""
    page.get_by_label("Mục đích xem").fill(purpose)
    press(page, "Mở hồ sơ")
