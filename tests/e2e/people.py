"""People in front of the house: each with a browser window, a name and a password."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, StorageState, ViewportSize

from motcua.project.demo.accounts import DEMO_PASSWORD

DESKTOP: ViewportSize = {"width": 1366, "height": 900}
TABLET: ViewportSize = {"width": 768, "height": 1024}
PHONE: ViewportSize = {"width": 320, "height": 640}
PATIENCE = 10_000  # milliseconds
FRESH_SECONDS = 600


@dataclass
class House:
    """An open installation and the browser to visit it with."""

    url: str
    browser: Browser
    folder: Path
    cookies: dict[str, StorageState] = field(default_factory=dict)
    signed_in_at: dict[str, float] = field(default_factory=dict)

    def knows(self, account: str) -> bool:
        """Whether the account signed in so lately that it may still sign papers without proving who it is again."""
        return time.monotonic() - self.signed_in_at.get(account, -FRESH_SECONDS) < FRESH_SECONDS

    @contextmanager
    def visitor(
        self, account: str = "", *, javascript: bool = False, viewport: ViewportSize | None = None
    ) -> Iterator[Page]:
        """A window of one person; signed in when an account is named. Scripts are off unless asked for.

        With scripts the security policy of the pages is set aside, so that a test can bring its own script.
        """
        context = self.browser.new_context(
            base_url=self.url,
            java_script_enabled=javascript,
            bypass_csp=javascript,
            viewport=viewport or DESKTOP,
            locale="vi-VN",
            storage_state=self.cookies.get(account) if self.knows(account) else None,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        try:
            if account and not self.knows(account):
                sign_in(page, account)
                self.signed_in_at[account] = time.monotonic()
                self.cookies[account] = context.storage_state()
            yield page
        finally:
            context.close()


def follow(what: Locator) -> None:
    """Press a link or a button, and wait until the page it leads to is there."""
    with what.page.expect_navigation():
        what.click()


def sign_in(page: Page, account: str) -> None:
    """Sign in as a demo account."""
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("[name=login]", account)
    page.fill("[name=password]", DEMO_PASSWORD)
    follow(page.locator("main button").first)
    assert "dang-nhap" not in page.url, page.locator("main").inner_text()
