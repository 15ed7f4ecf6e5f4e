"""A citizen pays for at most 14 KB on a first visit, with everything a browser fetches for the page."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e import citizen
from tests.e2e.citizen import ADOPTION, BIRTH, PHONE, press
from tests.e2e.people import House

MOST = 14 * 1024
PACKED = {"br", "zstd"}
REDIRECTS = range(300, 400)

OPEN = (
    "/", "/thu-tuc/", "/thu-tuc/?q=giay+khai+sinh", "/thu-tuc/?q=khong+co+gi+het", "/thu-tuc/?cap=commune",
    f"/thu-tuc/{BIRTH}/", f"/thu-tuc/{ADOPTION}/", "/tra-cuu/", "/so-lieu/",
    "/khong-co-trang-nay/", "/tra-cuu/H49.1/sai/", "/kiem-tra/", "/kiem-tra/ngoai-tuyen/", "/K/MC1AAAA",
    "/kiem-tra/0000-0000-0000/", "/chia-se/1/sai/", "/bang-chung/",
    "/tai-khoan/dang-nhap/", "/tai-khoan/dang-ky/", "/tai-khoan/mat-khau/quen/", "/tai-khoan/mat-khau/quen/da-gui/",
)  # fmt: skip
OWN = (
    "/ho-so/", "/thong-bao/", "/tai-khoan/", "/tai-khoan/mat-khau/doi/", "/tai-khoan/phien/", "/tai-khoan/dang-xuat/",
    "/kho-giay-to/",
    f"/thu-tuc/{BIRTH}/nop/", f"/thu-tuc/{BIRTH}/", "/ho-so/khong-co/",
)  # fmt: skip


class Scales:
    """Weighs what goes over the wire for a page: headers and compressed bodies, with an empty cache."""

    def __init__(self, page: Page) -> None:
        self.page, self._bytes = page, 0
        self.heavy: list[str] = []
        self._wire = page.context.new_cdp_session(page)
        self._wire.send("Network.enable")
        self._wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self._wire.on("Network.responseReceived", self._came)
        self._wire.on("Network.loadingFinished", self._ended)

    def weigh(self, name: str, visit: Callable[[], object]) -> None:
        """Weigh what `visit` fetches, once everything before it has come."""
        self.page.wait_for_load_state("networkidle")
        self._bytes = 0
        visit()
        self.page.wait_for_load_state("networkidle")
        if self._bytes > MOST:
            self.heavy.append(f"{name}: {self._bytes} B")
        assert self._bytes > 0, name

    def go(self, path: str) -> None:
        """Weigh a first visit of an address."""
        self.weigh(path, lambda: self.page.goto(path))

    def _came(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        if answer["url"].startswith("http"):
            packed = {name.lower(): value for name, value in answer["headers"].items()}.get("content-encoding", "")
            if packed not in PACKED and answer["status"] not in REDIRECTS:
                self.heavy.append(f"{answer['url']}: not packed")

    def _ended(self, event: dict[str, Any]) -> None:
        self._bytes += int(event["encodedDataLength"])


def test_a_first_visit_costs_little(house: House) -> None:
    with house.visitor() as page:
        scales = Scales(page)
        for path in OPEN:
            scales.go(path)
        page.goto("/tra-cuu/")
        scales.weigh("/tra-cuu/ with errors", lambda: press(page, "Xem hồ sơ"))
    assert not scales.heavy


@pytest.mark.parametrize("code", [BIRTH, ADOPTION])
def test_handing_in_costs_little(house: House, code: str) -> None:
    with house.visitor("congdan") as page:
        scales = Scales(page)
        citizen.tidy(page)
        page.goto(f"/thu-tuc/{code}/nop/")
        citizen.begin(page)
        answers = (citizen.say_where, citizen.say_who, citizen.say_about_me, citizen.declare, citizen.give_papers)
        for answer in (*answers, citizen.say_how_to_get_it):
            scales.go(page.url)
            answer(page)
        scales.go(page.url)
        scales.weigh("review with errors", lambda: press(page, "Nộp hồ sơ"))
        made = citizen.confirm(page)
        for path in (*OWN, f"/ho-so/{made}/da-nop/", f"/ho-so/{made}/", f"/ho-so/{made}/rut/"):
            scales.go(path)
        scales.weigh("withdraw with errors", lambda: press(page, "Rút hồ sơ"))
    with house.visitor() as page:
        stranger = Scales(page)
        page.goto(f"/tra-cuu/?ma={made}")
        page.get_by_label("Số điện thoại").fill(PHONE)
        stranger.weigh("tracked", lambda: press(page, "Xem hồ sơ"))
    assert not scales.heavy + stranger.heavy


def test_a_long_story_costs_little(house: House) -> None:
    with house.visitor("congdan") as page:
        page.goto("/ho-so/")
        paths = [one.get_attribute("href") or "" for one in page.locator("main ul.list h3 a").all()]
        scales = Scales(page)
        for path in [one for one in paths if one.startswith("/ho-so/")][:12]:
            scales.go(path)
    assert not scales.heavy
