"""The citizen's whole way with the keyboard alone, without a script."""

from playwright.sync_api import Page

from motcua.project.demo.accounts import DEMO_PASSWORD
from tests.e2e import citizen
from tests.e2e.citizen import ADOPTION, WARD, at
from tests.e2e.people import House
from tests.e2e.sheets import photo

MOST_TABS = 90
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const label = one.labels && one.labels.length ? one.labels[0].innerText : "";
  const on = {outlineStyle: style.outlineStyle, outlineWidth: style.outlineWidth};
  const seen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight;
  return {words: (label || one.innerText || "").trim(), name: one.name || "", kind: one.type || one.tagName,
          marked: on.outlineStyle !== "none" && parseFloat(on.outlineWidth) >= 2, seen};
}"""


def test_a_dossier_is_handed_in_by_keyboard(house: House) -> None:
    with house.visitor("congdan") as page:
        citizen.tidy(page)
    with house.visitor() as page:
        page.goto("/")
        _skip_link_works(page)
        _tab_to(page, name="q")
        page.keyboard.type("nhan con nuoi trong nuoc")
        _enter(page)
        _press(page, "Đăng ký việc nuôi con nuôi trong nước")
        _press(page, "Nộp hồ sơ")
        _tab_to(page, name="login")
        page.keyboard.type("congdan")
        _tab_to(page, name="password")
        page.keyboard.type(DEMO_PASSWORD)
        _enter(page)
        assert page.url.endswith(f"/thu-tuc/{ADOPTION}/nop/")
        _press(page, "Bắt đầu")
        _answer(page)
        at(page, "Đã nộp hồ sơ")
        code = page.locator(".stub .code").inner_text()
        _press(page, "Xem hồ sơ")
        _press(page, "Rút hồ sơ")
        _tab_to(page, name="reason")
        page.keyboard.type("Tôi đổi ý.")
        _tab_to(page, name="sure")
        page.keyboard.press("Space")
        _press(page, "Rút hồ sơ")
        assert code in page.locator("main").inner_text()
        assert "Tôi đổi ý." in page.locator("main").inner_text()


def _answer(page: Page) -> None:
    at(page, "Nơi giải quyết")
    _choose(page, "agency", WARD)
    _press(page, "Lưu và tiếp tục")
    _choose(page, "source", "Cho chính tôi")
    _press(page, "Lưu và tiếp tục")
    _tab_to(page, name="owner-phone")
    page.keyboard.press("Control+a")
    page.keyboard.type("12")
    _press(page, "Lưu và tiếp tục")
    focus = page.evaluate(FOCUS)
    assert "chỗ cần sửa" in focus["words"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _tab_to(page, name="owner-phone")
    page.keyboard.press("Control+a")
    page.keyboard.type("0912345678")
    _press(page, "Lưu và tiếp tục")
    for chooser in page.locator("input[type=file]").all():
        chooser.set_input_files(photo())
    _press(page, "Lưu và tiếp tục")
    _choose(page, "result_channel", "Qua bưu chính")
    _tab_to(page, name="result_place")
    page.keyboard.press("Control+a")
    page.keyboard.type("Số 5 phố Cây Tháp")
    _press(page, "Lưu và tiếp tục")
    _tab_to(page, name="agreed")
    page.keyboard.press("Space")
    _press(page, "Nộp hồ sơ")
    if "Tôi vẫn muốn nộp thêm" in page.locator("main").inner_text():
        for name in ("confirmed_duplicate", "agreed"):
            _tab_to(page, name=name)
            if not page.locator(f"[name={name}]").is_checked():
                page.keyboard.press("Space")
        _press(page, "Nộp hồ sơ")


def _skip_link_works(page: Page) -> None:
    page.keyboard.press("Tab")
    focus = page.evaluate(FOCUS)
    assert focus["words"] == "Tới nội dung chính"
    assert focus["seen"]
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "noi-dung"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")
    page.reload()


def _tab_to(page: Page, *, name: str = "", words: str = "") -> None:
    """Press Tab until the focus is there; on the way every stop must be seen."""
    for _step in range(MOST_TABS):
        focus = page.evaluate(FOCUS)
        if focus["kind"] != "BODY" and (
            (name and focus["name"] == name) or (words and focus["words"].startswith(words))
        ):
            return
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["kind"] not in {"BODY", "MAIN"}:
            assert focus["seen"], focus
            assert focus["marked"], focus
    raise AssertionError(f"{page.url}: no way to {name or words} by Tab")


def _press(page: Page, words: str) -> None:
    _tab_to(page, words=words)
    _enter(page)


def _enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _choose(page: Page, name: str, words: str) -> None:
    """Choose a radio button with the arrow keys."""
    _tab_to(page, name=name)
    page.keyboard.press("Space")
    for _step in range(20):
        if words in page.evaluate(FOCUS)["words"]:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{page.url}: no {words}")
