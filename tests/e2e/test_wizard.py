"""Handing in survives what people and networks do: going back, pressing twice, losing the line."""

import socket
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Page

from tests.e2e import citizen
from tests.e2e.citizen import BIRTH, SINGLE, STEP, at, press
from tests.e2e.people import House, follow


def test_going_back_loses_nothing(house: House) -> None:
    with house.visitor("congdan") as page:
        citizen.tidy(page)
        page.goto(f"/thu-tuc/{BIRTH}/nop/")
        citizen.begin(page)
        citizen.say_where(page)
        citizen.say_who(page)
        page.fill("[name=owner-address]", "Số 5 phố Cây Tháp")
        citizen.say_about_me(page)
        citizen.declare(page)
        citizen.give_papers(page)
        at(page, "Nhận kết quả")
        _go_back_to(page, "thong-tin/")
        at(page, "Thông tin")
        page.reload()
        assert page.locator("[name=owner-address]").input_value() == "Số 5 phố Cây Tháp"
        press(page, STEP)
        assert page.locator("[name='requester.name']").input_value() == citizen.KNOWN["name"]
        citizen.declare(page)
        at(page, "Giấy tờ")
        assert page.get_by_role("link", name="to-khai.pdf").count() == 1
        assert page.get_by_role("link", name="trang-2.jpg").count() == 1
        press(page, STEP)
        citizen.say_how_to_get_it(page)
        at(page, "Xem lại và nộp")
        assert "Số 5 phố Cây Tháp" in page.locator("main").inner_text()


def test_what_is_wrong_is_kept_and_saved(house: House) -> None:
    with house.visitor("congdan") as page:
        citizen.tidy(page)
        page.goto(f"/thu-tuc/{BIRTH}/nop/")
        citizen.begin(page)
        citizen.say_where(page)
        citizen.say_who(page)
        page.fill("[name=owner-phone]", "12")
        press(page, STEP)
        assert page.title().startswith("Lỗi:")
        assert page.locator("[name=owner-phone]").input_value() == "12"
        page.goto("/")
        page.goto(f"/thu-tuc/{BIRTH}/nop/")
        citizen.begin(page)
        press(page, STEP)
        press(page, STEP)
        assert page.locator("[name=owner-phone]").input_value() == "12"


def test_pressing_twice_makes_one_dossier(house: House) -> None:
    with house.visitor("congdan") as page:
        _to_review(page)
        url, form, before = page.url, _posted(page), _codes(page)
        code = citizen.confirm(page)
        for _again in range(3):
            answer = page.context.request.post(url, form=form, headers={"Referer": url}, max_redirects=0)
            assert answer.status == 302
            assert answer.headers["location"] == f"/ho-so/{code}/da-nop/"
        assert len(_codes(page)) == len(before) + 1


def test_a_cut_line_can_be_tried_again(house: House) -> None:
    with house.visitor("congdan") as page:
        _to_review(page)
        url, form, before = page.url, _posted(page), _codes(page)
        _cut_while_sending(house, page, url, form)
        page.goto(url)
        if "Xem lại" in page.locator("h1").inner_text():
            citizen.confirm(page)
        answer = page.context.request.post(url, form=form, headers={"Referer": url}, max_redirects=0)
        assert answer.status == 302
        assert len(_codes(page)) == len(before) + 1


def _go_back_to(page: Page, end: str) -> None:
    """Press back until the page whose address ends so."""
    for _ in range(40):
        if page.url.endswith(end):
            return
        page.go_back()
    raise AssertionError(f"{page.url}: no way back to {end}")


def _to_review(page: Page) -> None:
    page.goto(f"/thu-tuc/{SINGLE}/nop/")
    citizen.answer_all(page)


def _posted(page: Page) -> dict[str, str | float | bool]:
    """What the last page would send, with everything agreed to."""
    names = ("csrfmiddlewaretoken", "key")
    said = {name: page.locator(f"main [name={name}]").first.input_value() for name in names}
    return {**said, "agreed": "on", "confirmed_duplicate": "on"}


def _codes(page: Page) -> list[str]:
    """The codes of all my dossiers."""
    here, found = page.url, []
    page.goto("/ho-so/")
    while True:
        found += page.locator("main ul.list .code").all_inner_texts()
        if not (onward := page.locator("a[rel=next]")).count():
            break
        follow(onward)
    page.goto(here)
    return found


def _cut_while_sending(house: House, page: Page, url: str, form: dict[str, str | float | bool]) -> None:
    """Send the form on a line that breaks right after the last byte, before any answer."""
    body = urlencode(form).encode()
    cookies = "; ".join(f"{one.get('name')}={one.get('value')}" for one in page.context.cookies())
    address = urlsplit(house.url)
    head = [
        f"POST {urlsplit(url).path} HTTP/1.1", f"Host: {address.netloc}", f"Cookie: {cookies}", f"Referer: {url}",
        f"Origin: {house.url}", "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
    ]  # fmt: skip
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall("\r\n".join([*head, "", ""]).encode() + body)
