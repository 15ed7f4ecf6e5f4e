"""People in front of the house: each with a browser window, a name and a password."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from motcua.project.demo.accounts import DEMO_PASSWORD

DESKTOP = {"width": 1366, "height": 900}
TABLET = {"width": 768, "height": 1024}
PHONE = {"width": 320, "height": 640}


@dataclass
class House:
    """An open installation and the browser to visit it with."""

    url: str
    browser: Browser
    folder: Path

    @contextmanager
    def visitor(
        self, account: str = "", *, javascript: bool = False, viewport: dict[str, int] | None = None
    ) -> Iterator[Page]:
        """A window of one person; signed in when an account is named. Scripts are off unless asked for."""
        context = self.browser.new_context(
            base_url=self.url, java_script_enabled=javascript, viewport=viewport or DESKTOP, locale="vi-VN"
        )
        page = context.new_page()
        try:
            if account:
                sign_in(page, account)
            yield page
        finally:
            context.close()


def sign_in(page: Page, account: str) -> None:
    """Sign in as a demo account."""
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("[name=login]", account)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("main button")
    page.wait_for_url(lambda url: "dang-nhap" not in url)
